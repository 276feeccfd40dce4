/** Restores what was foreseen, and records it. */
import { errorCodes, type ErrorCode, messageOf } from '../lib/errors.ts'
import { dubaExit, type DubaStatus, exitOfSignal, exitOfVerdicts } from '../report/exit-code.ts'
import type { RestoreReport } from '../report/restore-report.ts'
import { signalName } from '../run/engine-process.ts'
import { type RestoreListeners, type RestoreResult, runRestore } from '../run/restore.ts'
import { recordRuns } from '../run/status-file.ts'
import type { Access } from './access.ts'
import type { Shell } from './io.ts'
import type { ForeseenErrand } from './restore-foresight.ts'

/** Restores what was foreseen, one after the other, and records it. */
export async function restoreAll(
  foreseen: readonly ForeseenErrand[],
  access: Access,
  shell: Shell,
): Promise<{ reports: RestoreReport[]; runId: string; status: DubaStatus }> {
  const { runId } = access.context
  const reports: RestoreReport[] = []
  let status: DubaStatus | undefined
  for (const each of foreseen) {
    const start = shell.now()
    const { report, errorCode } = await restoreOne(each, access)
    reports.push(report)
    if (errorCode !== undefined && isErrorCode(errorCode)) status ??= dubaExit[errorCode]
    if (access.own) await record(report, { start, runId, each }, access, shell)
    if (shell.signal.aborted) return { reports, runId, status: exitOfSignal(signalName(shell.signal)) }
  }
  return { reports, runId, status: status ?? exitOfVerdicts(reports.map(({ verdict }) => verdict)) }
}

const NAMED = 100

async function restoreOne(
  { job, what, plan }: ForeseenErrand,
  { context, privateCache }: Access,
): Promise<{ report: RestoreReport; errorCode: string | undefined }> {
  const troubles: { path: string; detail: string }[] = []
  const say = (level: 'warning' | 'notice', words: string): void => {
    context.log.write(level, words)
  }
  const listeners: RestoreListeners = {
    entries: plan.outlook.entries,
    onTrouble: (path, detail) => {
      if (troubles.length < NAMED) troubles.push({ path, detail })
      say('warning', `${path === '' ? plan.target : path}: ${detail}`)
    },
    onStripped: (path, privilege) => {
      say('warning', `${path === '' ? plan.target : path}: ${strippedWords[privilege]}`)
    },
    onNote: (note) => {
      say('warning', note)
    },
  }
  const result = await privateCache.read(job, (reader) => runRestore(reader, what, context, listeners))
  const { job: name, path, target, strip } = plan
  const report = { ...result, job: name, path, target, strip, ...verdictOf(result), troubles }
  return { report, errorCode: result.errorCode }
}

const strippedWords = {
  'set-id': 'restored without its set-user-id or set-group-id bit',
  capabilities: 'restored without its file capabilities',
  device: 'is a device file and was left out',
} as const

function verdictOf({
  failure,
  troubleCount: troubles,
  stripped,
}: RestoreResult): Pick<RestoreReport, 'verdict' | 'reason'> {
  if (failure !== undefined) return { verdict: 'failed', reason: failure }
  if (troubles > 0) {
    const text = `${troubles} ${troubles === 1 ? 'object was' : 'objects were'} not restored completely`
    return { verdict: 'warning', reason: { code: 'not-restored', text } }
  }
  if (stripped > 0) {
    const text = `${stripped} ${stripped === 1 ? 'object' : 'objects'} lost what could give power`
    return { verdict: 'warning', reason: { code: 'stripped', text } }
  }
  return { verdict: 'ok', reason: undefined }
}

/** That it cannot be recorded does not change what was restored. */
async function record(
  { verdict, reason }: RestoreReport,
  { start, runId, each }: { start: number; runId: string; each: ForeseenErrand },
  { context }: Access,
  shell: Shell,
): Promise<void> {
  const warn = (words: string): void => {
    context.log.write('warning', words)
  }
  const { name, path, destination } = each.job
  const end = shell.now()
  const run = {
    operation: 'restore',
    job: name,
    source: path,
    destination,
    verdict,
    reason,
    start,
    end,
  } as const
  try {
    const recording = { runId, now: end, redact: context.redact }
    await recordRuns(context.places.stateDir, [run], context.status, recording, warn)
  } catch (error) {
    warn(messageOf(error))
  }
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
