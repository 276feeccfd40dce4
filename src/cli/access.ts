/** How commands that look into backups get to them: by the configuration, or by a URL and a key alone. */
import { join, resolve } from 'node:path'
import type { Options } from 'yargs'
import type { DubaConfig } from '../config/config.generated.ts'
import { splitPassword } from '../config/secrets.ts'
import { UserError } from '../lib/errors.ts'
import { once } from '../lib/once.ts'
import { expand, type Expansion, nothingStored } from '../plan/expand.ts'
import type { Job } from '../plan/job.ts'
import { nestedJobs, type Place, placesOf } from '../plan/place.ts'
import { realTree } from '../plan/source-tree.ts'
import { type StoredExpansion, withStored } from '../plan/stored.ts'
import { placeInUrl } from '../plan/url-place.ts'
import { createMasking, type Masking } from '../report/log-redact.ts'
import { consoleFormat } from '../report/console.ts'
import type { StatusDocument } from '../report/status-document.ts'
import type { RunContext } from '../run/context.ts'
import { SecretValues } from '../run/secret-values.ts'
import { storedEntries } from '../run/stored-entries.ts'
import { text, texts } from './commands/command.ts'
import { openConsole } from './console.ts'
import type { Shell } from './io.ts'
import { cacheIn, PrivateCache } from './private-cache.ts'
import { forReading, hostOption, openSession, passphrasesOf, variablesOf } from './session.ts'

type Args = Readonly<Record<string, unknown>>

/** Options of every command that looks into backups. */
export const accessOptions: Readonly<Record<string, Options>> = {
  dest: { type: 'string', describe: 'Of several destinations, the one of this name' },
  host: hostOption,
  tempdir: { type: 'string', describe: 'Existing directory for temporary files' },
  url: { type: 'string', describe: 'Use the repository at this URL, without any configuration' },
  key: {
    type: 'string',
    requiresArg: true,
    describe: 'With --url: file with an OpenPGP key, as gpg --export-secret-keys makes it',
  },
  'gpg-home': { type: 'string', describe: 'With --url: GnuPG home directory that has the key' },
  'sign-key': { type: 'string', describe: 'With --url: the key that must have signed the backup' },
  encryption: { type: 'boolean', describe: 'With --url, --no-encryption: the backup is not encrypted' },
}

export interface Access {
  readonly context: RunContext
  /** Whether the jobs are those of this machine, so that what is done with them is recorded. */
  readonly own: boolean
  /** Where a path is. Throws JOB_UNKNOWN and USAGE. */
  readonly find: (word: string) => Promise<Place[]>
  /** Every job, also of sources that are switched off, and of divided entries that only the destination has. */
  readonly jobs: () => Promise<readonly Job[]>
  /** A job with its secrets, and with the passphrases of our own environment. Throws SECRET_MISSING. */
  readonly ready: (job: Job) => Promise<Job>
  /** For engines that read: they go on where the cache of a job is locked. */
  readonly privateCache: Pick<PrivateCache, 'read'>
  /** What to know about a place that is restored together with others. */
  readonly notes: (place: Place, others: readonly Place[]) => Promise<string[]>
  /** Removes what was made for this command alone. */
  readonly close: () => Promise<void>
}

export interface AccessSettings {
  /** Whether it is shown how far the work has come. */
  readonly progress?: boolean | 'terminal'
}

const shown = (progress: boolean | 'terminal'): boolean | undefined =>
  progress === 'terminal' ? undefined : progress

/** Opens the access that the options ask for. Throws what `openSession` does, and USAGE. */
export async function openAccess(
  args: Args,
  shell: Shell,
  { progress = false }: AccessSettings = {},
): Promise<Access> {
  const url = text(args['url'])
  if (url !== undefined) return openUrl(url, args, shell, progress)
  for (const option of ['key', 'gpgHome', 'signKey', 'encryption']) {
    if (args[option] !== undefined)
      throw new UserError('USAGE', `--${dashed(option)} belongs to --url`, {
        hint: 'With a configuration, the keys stand there.',
      })
  }
  const host = text(args['host'])
  const { plan, context, known, warn } = await openSession(
    { config: text(args['config']), host, progress: shown(progress) },
    shell,
  )
  const tempDir = tempDirOf(args, shell)
  const privateCache = new PrivateCache(shell)
  const prepare = (job: Job): Job => (tempDir === undefined ? job : { ...job, tempDir })
  const prepared: Expansion = {
    jobs: plan.jobs.map(prepare),
    absent: plan.absent.map(prepare),
    divided: plan.divided.map((source) => ({
      ...source,
      whole: prepare(source.whole),
      jobOf: (entry) => prepare(source.jobOf(entry)),
    })),
  }
  // What this machine remembers is of its own jobs.
  const all = once(async () => withEntries(prepared, host === undefined ? await known() : undefined, warn))
  return {
    context,
    own: host === undefined,
    find: async (word) => {
      const known = await all()
      return placesOf(known, isName(word, known) ? word : resolve(shell.cwd, word), text(args['dest']))
    },
    jobs: async () => {
      const { jobs, absent } = await all()
      return [...jobs, ...absent]
    },
    ready: async (job) => forReading(await context.secrets.open(job), shell),
    privateCache,
    notes: async (place, others) =>
      nestedJobs(await all(), place)
        .filter((path) => !others.some((other) => other.path === path))
        .map((path) => `${path} has a job of its own: what that has backed up is not part of this restore`),
    close: () => closeAll(context, privateCache),
  }
}

async function closeAll({ progress, log }: RunContext, privateCache: PrivateCache): Promise<void> {
  progress.close()
  await log.close()
  await privateCache.remove()
}

/** The plan with what the destinations of divided sources hold. */
async function withEntries(
  plan: Expansion,
  known: StatusDocument | undefined,
  warn: (text: string) => void,
): Promise<StoredExpansion> {
  const others = [...plan.jobs, ...plan.absent]
  const divided = plan.divided.map(async (source) => {
    const stored = await storedEntries(source, others, known)
    for (const text of stored.troubles) warn(text)
    return { ...source, stored }
  })
  return withStored(plan, await Promise.all(divided))
}

/** A word that is no name of a job is a path, also a relative one. */
function isName(word: string, { jobs, absent, divided }: StoredExpansion): boolean {
  return [...jobs, ...absent, ...divided.map(({ whole }) => whole)].some(({ name }) => name === word)
}

async function openUrl(
  url: string,
  args: Args,
  shell: Shell,
  progress: boolean | 'terminal',
): Promise<Access> {
  for (const option of ['config', 'host', 'dest']) {
    if (args[option] !== undefined) throw new UserError('USAGE', `--${option} cannot go together with --url`)
  }
  const tempDir = tempDirOf(args, shell)
  const privateCache = new PrivateCache(shell)
  const home = await privateCache.home(tempDir)
  try {
    const config = configOf(url, args, { shell, home, tempDir })
    const masking = createMasking(passphrasesOf(shell))
    shell.masking.redact = masking.redact
    const { jobs } = await expand(config, {
      tree: realTree,
      env: shell.env,
      home: shell.home,
      stored: nothingStored,
    })
    const [job] = jobs
    if (job === undefined) throw new TypeError('a configuration with one source has one job')
    const context = contextIn(home, { shell, masking, progress: shown(progress) })
    // The credentials of the destination come from the shell that duba is called from.
    const own = { ...job, env: { ...job.env, ...variablesOf(shell.env) }, obstacle: undefined }
    return {
      context,
      own: false,
      find: (word) => Promise.resolve([placeInUrl(gpgHomeIn(own, args, shell), word)]),
      jobs: () => Promise.resolve([gpgHomeIn(own, args, shell)]),
      ready: (each) => Promise.resolve(each),
      privateCache,
      notes: () => Promise.resolve([]),
      close: () => closeAll(context, privateCache),
    }
  } catch (error) {
    await privateCache.remove()
    throw error
  }
}

/** Nothing is kept: logs and state are in the private directory too. */
function contextIn(
  home: string,
  { shell, masking, progress }: { shell: Shell; masking: Masking; progress: boolean | undefined },
): RunContext {
  const { redact } = shell.masking
  const { now, hostname, version, engineCommand, signal, killAfter, onHangup } = shell
  const runId = shell.newRunId()
  const format = consoleFormat('auto', shell.stderrId, shell.env)
  const { log, progress: view } = openConsole({ format, level: 'notice', runId, progress }, shell)
  const warn = (words: string): void => {
    log.write('warning', words)
  }
  return {
    places: { logDir: join(home, 'log'), stateDir: join(home, 'state') },
    status: { host: hostname, version, history: 1, group: undefined, metricsFile: undefined },
    expected: [],
    engineCommand,
    signal,
    killAfter,
    parallel: 1,
    limits: { parallel: 1, threads: undefined, memory: undefined },
    machine: { cores: shell.cores, memory: Math.floor(shell.totalMemory / 2 ** 20) },
    env: shell.env,
    writer: { host: hostname, machine: shell.machineId },
    hooks: {},
    verdicts: {},
    secrets: new SecretValues(shell.env, masking, { uid: shell.uid, signal, warn }),
    nice: 0,
    now,
    redact,
    log,
    progress: view,
    runId,
    logFormat: 'text',
    onHangup,
  }
}

function configOf(
  url: string,
  args: Args,
  { shell, home, tempDir }: { shell: Shell; home: string; tempDir: string | undefined },
): DubaConfig {
  const files = texts(args['key']).map((file) => resolve(shell.cwd, file))
  const signKey = text(args['signKey'])
  return {
    // The name is shown, and the URL may hold a password.
    backup_sources: [{ path: '/', name: splitPassword(url)?.withoutPassword ?? url, dest: url }],
    encryption: args['encryption'] === false ? 'none' : 'symmetric',
    cache_dir: cacheIn(home),
    key_files: files,
    ...(signKey !== undefined && { sign_key: signKey }),
    ...(tempDir !== undefined && { tempdir: tempDir }),
  }
}

function gpgHomeIn(job: Job, args: Args, shell: Shell): Job {
  const home = text(args['gpgHome'])
  return home === undefined ? job : { ...job, env: { ...job.env, GNUPGHOME: resolve(shell.cwd, home) } }
}

function tempDirOf(args: Args, shell: Shell): string | undefined {
  const directory = text(args['tempdir'])
  return directory === undefined ? undefined : resolve(shell.cwd, directory)
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
