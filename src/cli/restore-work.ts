/** A restore of several paths: all are foreseen before any is touched. */
import { errorCodes, type ErrorCode, messageOf, UserError } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import type { RestoreArguments } from '../plan/reading-argv.ts'
import { dubaExit, type DubaStatus, exitOfSignal, exitOfVerdicts } from '../report/exit-code.ts'
import { printable } from '../report/printable.ts'
import type { RestorePlan } from '../report/restore-plan.ts'
import type { RestoreReport } from '../report/restore-report.ts'
import type { Reason } from '../report/verdict.ts'
import { signalName } from '../run/engine-process.ts'
import { type Foreseen, foreseeRestore, type RestoreResult, runRestore } from '../run/restore.ts'
import { recordRuns } from '../run/status-file.ts'
import type { Access } from './access.ts'
import { isOn, text } from './commands/command.ts'
import type { Shell } from './io.ts'
import { PassphraseAsker } from './passphrase.ts'
import { ProgressLine } from './progress-line.ts'
import {
  argumentsFor,
  conflictOf,
  type Errand,
  errandsFor,
  ownerOf,
  refuseSameTargets,
  stripsPrivileges,
} from './restore-options.ts'

type Args = Readonly<Record<string, unknown>>

/** One path that can be restored, and what that would come to. */
export interface ForeseenErrand {
  readonly errand: Errand
  readonly job: Job
  readonly what: RestoreArguments
  readonly plan: RestorePlan
}

/** Foresees every path. Throws the error of the first that cannot be restored at all; nothing was touched then. */
export async function foreseeAll(
  words: readonly string[],
  args: Args,
  access: Access,
  shell: Shell,
): Promise<ForeseenErrand[]> {
  const owner = await ownerOf(args, shell)
  const trust = isOn(args['trustUnsigned'])
  const options = {
    time: text(args['time']),
    conflict: conflictOf(args),
    owner,
    strips: (job: Job) => stripsPrivileges(job, owner, trust, shell),
  }
  const errands = words.flatMap((word) => {
    const places = access.find(word)
    return errandsFor(wordPlace(places, word, shell), places, args, shell)
  })
  refuseSameTargets(errands)
  const asker = new PassphraseAsker(shell, access)
  const found: ForeseenErrand[] = []
  for (const errand of errands) {
    found.push(await foresee(errand, { trust, options, access, asker }))
  }
  return found
}

/** What the word stands for: the place itself, or the directory above several. */
function wordPlace(places: readonly Errand['place'][], word: string, shell: Shell): Errand['place'] {
  const [first, second] = places
  if (first === undefined) throw new TypeError('a word has at least one place')
  if (second === undefined) return first
  const path = word.startsWith('/') ? word : `${shell.cwd}/${word}`
  return { ...first, path: path.replace(/\/+$/, '') }
}

interface Means {
  readonly trust: boolean
  readonly options: Parameters<typeof argumentsFor>[2]
  readonly access: Access
  readonly asker: PassphraseAsker
}

/** Tries the destinations that have it in their order, until one can be reached. */
async function foresee(errand: Errand, { trust, options, access, asker }: Means): Promise<ForeseenErrand> {
  const { place, target } = errand
  const notes = access.notes(place)
  let failed: Reason | undefined
  let failedCode: string | undefined
  for (const each of place.jobs) {
    const job = trust ? { ...each, signKey: undefined } : each
    const what = argumentsFor(errand, job, options)
    const { outlook, conflicts, failure, errorCode } = await asker.attempt(job, async (own) =>
      withProblem(await foreseeRestore(own, what, access.context)),
    )
    if (outlook !== undefined) {
      const { name, destination } = job
      const { conflict } = options
      const plan = { job: name, destination, path: place.path, target, conflict, strip: what.strip, outlook }
      return { errand, job: await asker.prepare(job), what, plan: { ...plan, conflicts, notes } }
    }
    failed ??= failure
    failedCode ??= errorCode
    if (errorCode?.startsWith('BACKEND_') !== true) break
    notes.push(`${job.destination} cannot be reached: ${failure?.text ?? ''}`)
  }
  throw asError(place.path, failed, failedCode)
}

/** That no secret opens the backup is told in the outlook, and is a reason to ask for a passphrase. */
function withProblem(foreseen: Foreseen): Foreseen {
  const problem = foreseen.outlook?.secrets.problem
  return problem === undefined ? foreseen : { ...foreseen, errorCode: problem.code }
}

/** Why nothing may be restored although everything was foreseen; undefined: it may. */
export function refusal(foreseen: readonly ForeseenErrand[]): UserError | undefined {
  for (const { plan } of foreseen) {
    const { problem } = plan.outlook.secrets
    if (problem !== undefined) {
      const hint = problem.hint === undefined ? {} : { hint: problem.hint }
      return new UserError(isErrorCode(problem.code) ? problem.code : 'KEY_MISSING', problem.message, hint)
    }
  }
  const inTheWay = foreseen.filter(({ plan }) => plan.conflict === 'fail' && plan.outlook.conflicts > 0)
  const count = inTheWay.reduce((sum, { plan }) => sum + plan.outlook.conflicts, 0)
  if (count === 0) return undefined
  const what = count === 1 ? 'One object exists' : `${count} objects exist`
  return new UserError(
    'TARGET_EXISTS',
    `${what} already where they would be restored, so nothing was touched`,
    {
      hint: 'Restore to another directory, or choose with --conflict: skip, overwrite, newer or rename.',
    },
  )
}

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
    const { report, errorCode } = await restoreOne(each, access, shell)
    reports.push(report)
    if (errorCode !== undefined && isErrorCode(errorCode)) status ??= dubaExit[errorCode]
    if (access.configured) await record(report, { start, runId, each }, access, shell)
    if (shell.signal.aborted) return { reports, runId, status: exitOfSignal(signalName(shell.signal)) }
  }
  return { reports, runId, status: status ?? exitOfVerdicts(reports.map(({ verdict }) => verdict)) }
}

const NAMED = 100

async function restoreOne(
  { job, what, plan }: ForeseenErrand,
  { context }: Access,
  shell: Shell,
): Promise<{ report: RestoreReport; errorCode: string | undefined }> {
  const line = new ProgressLine(shell)
  const troubles: { path: string; detail: string }[] = []
  const say = (level: 'warning' | 'notice', words: string): void => {
    line.clear()
    context.log.write(level, words)
  }
  const result = await runRestore(job, what, context, {
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
    onProgress: ({ entries, volumes: { done, total } }) => {
      line.show(
        () =>
          `Restoring ${plan.path}: ${entries} of ${plan.outlook.entries} entries, volume ${done + 1} of ${total}`,
      )
    },
  })
  line.clear()
  const { job: name, path, target } = plan
  const report = {
    ...result,
    job: name,
    path,
    target,
    ...verdictOf(result),
    troubles,
    troubleCount: result.troubles,
  }
  return { report, errorCode: result.errorCode }
}

const strippedWords = {
  'set-id': 'restored without its set-user-id or set-group-id bit',
  capabilities: 'restored without its file capabilities',
  device: 'is a device file and was left out',
} as const

function verdictOf({
  failure,
  troubles,
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

function asError(path: string, failure: Reason | undefined, code: string | undefined): UserError {
  const words = `${printable(path)} cannot be restored: ${failure?.text ?? 'the engine told nothing of it'}`
  return new UserError(code !== undefined && isErrorCode(code) ? code : 'JOB_FAILED', words)
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
