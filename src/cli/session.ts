/** What every command does first: read the configuration, plan its jobs, set up log and masking. */
import { resolve } from 'node:path'
import type { DubaConfig } from '../config/config.generated.ts'
import { checkFiles } from '../config/check-files.ts'
import { configError, showFault } from '../config/fault.ts'
import { defaultConfigFile } from '../config/load.ts'
import { secretsOfEnvironment, secretValues } from '../config/secrets.ts'
import { once } from '../lib/once.ts'
import { ofForeignHost, ofHost } from '../plan/foreign-host.ts'
import { idlePatterns } from '../plan/idle-patterns.ts'
import { planJobs } from '../plan/plan.ts'
import type { Expansion } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { elsewhere, realTree } from '../plan/source-tree.ts'
import { createMasking } from '../report/log-redact.ts'
import { consoleFormat } from '../report/console.ts'
import { parseLevel } from '../report/log.ts'
import type { StatusDocument } from '../report/status-document.ts'
import { answering, answeringTree } from '../run/answering.ts'
import { expectedJobs } from '../run/expected.ts'
import { defaultParallel, type RunContext } from '../run/context.ts'
import { missedJobs } from '../run/orphans.ts'
import { placesOf } from '../run/places.ts'
import { SecretValues } from '../run/secret-values.ts'
import { readStatus } from '../run/status-file.ts'
import { storedEntries } from '../run/stored-entries.ts'
import { openConsole } from './console.ts'
import type { Io, Shell } from './io.ts'
import { readConfig } from './read-config.ts'

export interface Session {
  readonly config: DubaConfig
  readonly plan: Expansion
  readonly context: RunContext
  /** What this machine remembers of its jobs, read once. */
  readonly known: () => Promise<StatusDocument>
  /** Tells people of something that does not end the command. */
  readonly warn: (text: string) => void
}

/** The option of commands that can work on the backups of another host. */
export const hostOption = {
  type: 'string',
  describe: 'Backups of another host that shares the configuration ({host} in its URLs)',
} as const

export interface SessionOptions {
  readonly config?: string | undefined
  /** Another host that shares the configuration. */
  readonly host?: string | undefined
  /** File for metrics, in place of the configured one. */
  readonly metrics?: string | undefined
  /** Whether it is shown how far jobs have come; undefined: on a terminal. */
  readonly progress?: boolean | undefined
  /** Whether hooks and patterns will be used, so that nobody else may have written their files. */
  readonly trustsFiles?: boolean
}

/** Opens a session; from then on, secrets are masked. Throws CONFIG_UNREADABLE and CONFIG_INVALID. */
export async function openSession(options: SessionOptions, shell: Shell): Promise<Session> {
  const file = options.config === undefined ? defaultConfigFile : resolve(shell.cwd, options.config)
  const read = await readConfig(file, shell)
  const { host } = options
  const { hostname } = shell
  const own =
    host === undefined ? ofHost(read.config, read.config.host ?? hostname) : ofForeignHost(read.config, host)
  const loaded = { ...read, config: own }
  const { config } = loaded
  const masking = createMasking([...secretValues(config), ...passphrasesOf(shell)])
  const { redact } = masking
  shell.masking.redact = redact
  if (options.trustsFiles === true) {
    const faults = await checkFiles(config, loaded.locate, {
      uid: shell.uid,
      absent: 'ignored',
      silence: (path) => answering.silence(path),
    })
    if (faults.length > 0) throw configError(loaded.files, faults)
  }
  const runId = shell.newRunId()
  const { log, progress } = openConsole(
    {
      format: consoleFormat(config.console_format ?? 'auto', shell.stderrId, shell.env),
      level: parseLevel(config.loglevel ?? 'notice'),
      runId,
      progress: options.progress,
    },
    shell,
  )
  const warn = (text: string): void => {
    log.write('warning', text)
  }
  for (const warning of [...loaded.warnings, ...idlePatterns(loaded)]) warn(showFault(warning))
  const places = placesOf(config, shell)
  const status = {
    host: config.host ?? shell.hostname,
    version: shell.version,
    history: config.history ?? 30,
    group: config.status_group,
    metricsFile: options.metrics === undefined ? config.metrics_file : resolve(shell.cwd, options.metrics),
  }
  const known = once(() => readStatus(places.stateDir, status, warn))
  const plan = await planJobs(loaded, {
    tree: answeringTree(host === undefined ? realTree : elsewhere),
    env: shell.env,
    home: shell.home,
    stored: async (source, others) => storedEntries(source, others, await known()),
  })
  const missed = plan.divided.length === 0 ? [] : missedJobs(plan, await known(), shell.now())
  const context: RunContext = {
    places,
    status,
    expected: expectedJobs(config, plan.jobs, missed),
    engineCommand: shell.engineCommand,
    signal: shell.signal,
    killAfter: shell.killAfter,
    parallel: config.parallel ?? defaultParallel(shell.cores),
    limits: {
      parallel: config.parallel ?? defaultParallel(shell.cores),
      threads: config.threads,
      memory: config.memory,
    },
    machine: { cores: shell.cores, memory: Math.floor(shell.totalMemory / 2 ** 20) },
    env: shell.env,
    writer: { host: config.host ?? shell.hostname, machine: shell.machineId },
    hooks: config.hooks ?? {},
    verdicts: config.verdicts ?? {},
    secrets: new SecretValues(shell.env, masking, { uid: shell.uid, signal: shell.signal, warn }),
    nice: config.nice ?? 19,
    now: shell.now,
    redact,
    log,
    runId,
    progress,
    logFormat: config.log_format ?? 'text',
    onHangup: shell.onHangup,
  }
  return { config, plan, context, known, warn }
}

const passphraseNames = ['PASSPHRASE', 'SIGN_PASSPHRASE']

/**
 * A job for reading backups by hand: passphrases of our own environment are handed on where the configuration gives
 * none, or an empty one, as it does for the key of a host. Backups never take them from there, as a run by a timer would not have them.
 */
export function forReading(job: Job, io: Io): Job {
  const given = passphraseNames.flatMap((name) => {
    const value = io.env[name]
    return value === undefined || (job.env[name] ?? '') !== '' ? [] : [[name, value] as const]
  })
  return { ...job, env: { ...job.env, ...Object.fromEntries(given) } }
}

/** The passphrases of our own environment. */
export function passphrasesOf(io: Io): string[] {
  return secretsOfEnvironment(Object.fromEntries(passphraseNames.map((name) => [name, io.env[name]])))
}

/** All variables of our own environment. */
export function variablesOf(env: Io['env']): Record<string, string> {
  const set = Object.entries(env).filter((each): each is [string, string] => each[1] !== undefined)
  return Object.fromEntries(set)
}
