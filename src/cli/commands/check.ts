/** `duba check`: a plugin for Nagios, Icinga and their kin. Reads names of the configuration and the status document alone. */
import { access, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DubaConfig } from '../../config/config.generated.ts'
import { defaultConfigFile, loadConfig } from '../../config/load.ts'
import { hasCode, UserError } from '../../lib/errors.ts'
import {
  checkJob,
  type CheckLimits,
  type Finding,
  pluginStates,
  type WatchedJob,
} from '../../report/check-jobs.ts'
import { checkOutput, type Checked, stateOf, unknownOutput } from '../../report/check-output.ts'
import { isoTime, printable } from '../../report/printable.ts'
import { emptyStatus, type StatusDocument } from '../../report/status-document.ts'
import { parseThreshold, type Threshold } from '../../report/threshold.ts'
import { watchedOfConfig } from '../../report/watched.ts'
import { placesOf } from '../../run/places.ts'
import { readStatusFile, statusFileName } from '../../run/status-file.ts'
import { type Shell, writeLines } from '../io.ts'
import { configSilence } from '../read-config.ts'
import { type Command, isOn, text, texts } from './command.ts'

/** Where the status document of root is, for those who cannot read the configuration. */
const systemStateDir = '/var/lib/duba'

const range = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const

export const checkCommand: Command = {
  command: 'check [job..]',
  describe: 'Monitoring plugin: are all backups there and young enough? Exit status 0 to 3',
  positionals: {
    job: { type: 'string', array: true, describe: 'Name of a job, or its source path; default: all jobs' },
  },
  options: {
    warning: range(
      'Range for the age of the last good backup, in seconds or as 26h (default: max_age, or 26h)',
    ),
    critical: range('The same for the critical state (default: twice max_age, or 52h)'),
    'warning-chain': range('Range for the number of backup sets in the newest chain'),
    'critical-chain': range('The same for the critical state'),
    'warning-full-age': range('Range for the age of the full backup that the newest chain begins with'),
    'critical-full-age': range('The same for the critical state'),
    'warning-verify-age': range('Range for the age of the last good verify'),
    'critical-verify-age': range('The same for the critical state'),
    status: range(
      `Status document (default: that of the configuration, or ${systemStateDir}/${statusFileName})`,
    ),
    brief: { type: 'boolean', describe: 'One line only' },
    lengthy: { type: 'boolean', describe: 'All jobs below the first line, not only the bad ones' },
    'always-ok': { type: 'boolean', describe: 'End with exit status 0 whatever was found' },
  },
  async run(args, shell) {
    const limits = limitsOf((name) => {
      const word = text(args[name])
      return word === undefined ? undefined : parseThreshold(word, `--${name}`)
    })
    const names = texts(args['job'])
    const findings: Finding[] = []
    const config = await readConfig(text(args['config']), shell, findings)
    const found = await readDocument(text(args['status']), config, findings, shell)
    const document = found ?? emptyStatus(shell.hostname, shell.version, isoTime(0))
    const { jobs, remark } = watched(config, document)
    const written =
      found === undefined
        ? 'There is no status document: nothing was ever run here.'
        : `Status document of ${found.host}, written ${found.updated}.`
    const checked: Checked = {
      jobs: chosen(jobs, document, names).map((job) => checkJob(job, document, limits, shell.now())),
      findings,
      remarks: [remark, written],
    }
    const details = isOn(args['brief']) ? 'none' : isOn(args['lengthy']) ? 'all' : 'bad'
    writeLines(shell.stdout, checkOutput(checked, limits, details).map(shell.masking.redact))
    return isOn(args['alwaysOk']) ? 0 : pluginStates[stateOf(checked)]
  },
}

/** Whether a command line is a plugin's: its first word is the command. */
export function isPlugin(argv: readonly string[]): boolean {
  const word = argv.find((candidate, index) => !candidate.startsWith('-') && argv[index - 1] !== '--config')
  return word === 'check'
}

/** Says why a plugin could not do its work, where plugins are listened to; gives the exit status, UNKNOWN. */
export function pluginFailure(error: unknown, shell: Shell): number {
  const { redact } = shell.masking
  if (error instanceof UserError) {
    const hint = error.dubaHint === undefined ? [] : [error.dubaHint]
    writeLines(shell.stdout, [
      unknownOutput(redact(error.message)),
      ...hint.map((line) => printable(redact(line))),
    ])
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    writeLines(shell.stdout, [
      unknownOutput('this is a defect of duba; please report it with these lines'),
      ...redact(stack).split('\n').map(printable),
    ])
  }
  return pluginStates.unknown
}

function limitsOf(given: (name: string) => Threshold | undefined): CheckLimits {
  const pair = (what: string) => ({ warning: given(`warning${what}`), critical: given(`critical${what}`) })
  return {
    age: pair(''),
    chain: pair('-chain'),
    fullAge: pair('-full-age'),
    verifyAge: pair('-verify-age'),
  }
}

/** Undefined where it cannot be read: it may hold secrets, and is for root alone. What is wrong in it is a finding. */
async function readConfig(
  given: string | undefined,
  shell: Shell,
  findings: Finding[],
): Promise<DubaConfig | undefined> {
  const file = given === undefined ? defaultConfigFile : resolve(shell.cwd, given)
  try {
    // Only names are taken from it: whoever owns it may have written it.
    if ((await configSilence(file)) !== undefined) return undefined
    const { uid } = await stat(file).catch(() => shell)
    return (await loadConfig(file, { uid })).config
  } catch (error) {
    if (hasCode(error, 'CONFIG_INVALID')) {
      findings.push({ state: 'warning', text: error.message.split('\n').slice(0, 2).join(' ') })
    } else if (!hasCode(error, 'CONFIG_UNREADABLE')) throw error
    return undefined
  }
}

const remedies = {
  unusable: 'The next run of "duba backup" sets it aside and begins a new one; look why it was damaged.',
  unreadable:
    'Name a group of this user as "status_group" in the configuration: the next run gives the file to it.',
}

/** Undefined where nothing was ever run here: with a configuration, each of its jobs says so. */
async function readDocument(
  given: string | undefined,
  config: DubaConfig | undefined,
  findings: readonly Finding[],
  shell: Shell,
): Promise<StatusDocument | undefined> {
  const path = given === undefined ? await standardPath(config, shell) : resolve(shell.cwd, given)
  const found = await readStatusFile(path)
  if (found.state === 'good') return found.document
  if (found.state === 'unusable' || found.state === 'unreadable')
    throw new UserError('STATUS_UNREADABLE', found.text, { hint: remedies[found.state] })
  if (config !== undefined) return undefined
  const why = findings.map(({ text: fault }) => `: ${fault}`).join('')
  throw new UserError(
    'STATUS_UNREADABLE',
    `There is no status document ${path}, and no configuration to compare with${why}`,
    {
      hint: 'Run "duba backup" first, or name the document with --status.',
    },
  )
}

async function standardPath(config: DubaConfig | undefined, shell: Shell): Promise<string> {
  const own = join(placesOf(config ?? { backup_sources: [] }, shell).stateDir, statusFileName)
  if (config?.state_dir !== undefined) return own
  try {
    await access(own)
    return own
  } catch {
    return join(systemStateDir, statusFileName) // What this user has of their own is not there, or not for them.
  }
}

function watched(
  config: DubaConfig | undefined,
  document: StatusDocument,
): { jobs: readonly WatchedJob[]; remark: string } {
  if (config !== undefined) {
    return { jobs: watchedOfConfig(config, document), remark: 'Jobs as the configuration names them.' }
  }
  if (document.expected === null) {
    const jobs = Object.keys(document.jobs).map((job) => ({ job, max_age: null }))
    return {
      jobs,
      remark: 'The configuration cannot be read; jobs are those of which anything is remembered.',
    }
  }
  const remark = `The configuration cannot be read; jobs are those that the run of ${document.expected.updated} found in it.`
  return { jobs: document.expected.jobs, remark }
}

function chosen(
  jobs: readonly WatchedJob[],
  document: StatusDocument,
  names: readonly string[],
): readonly WatchedJob[] {
  if (names.length === 0) return jobs
  return names.flatMap((name) => {
    const found = jobs.filter(({ job }) => {
      const source = Object.hasOwn(document.jobs, job) ? document.jobs[job]?.source : undefined
      return job === name || source === name || job.startsWith(`${name}/`) || job.startsWith(`${name}@`)
    })
    if (found.length > 0) return found
    throw new UserError('JOB_UNKNOWN', `No job "${name}" is expected here`, {
      hint: 'Leave the name out to see all jobs with --lengthy.',
    })
  })
}
