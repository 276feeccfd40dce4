/** Command lines and variables for working by hand with a job's destination, with our engine or with stock duplicity. */
import { UserError } from '../lib/errors.ts'
import { encryptionOptions, value } from './engine-argv.ts'
import { type Environment, engineEnvironment } from './environment.ts'
import type { Job } from './job.ts'

/** Commands that take the URL first and a local path behind it. */
const urlFirst: ReadonlySet<string> = new Set(['restore', 'verify', 'rb', 'vb'])

/**
 * What was typed with the options of the job behind the command, and its URL: for `{url}`, or where no URL was typed in the
 * place where the command takes it. `{source}` is the source. Throws USAGE, and NOT_SUPPORTED for what stock duplicity lacks.
 */
export function byHandArgv(job: Job, typed: readonly string[], { stock }: { stock: boolean }): string[] {
  const [command, ...rest] = typed.map((word) =>
    word.replaceAll('{url}', job.destination).replaceAll('{source}', job.path),
  )
  if (command === undefined) {
    throw new UserError('USAGE', 'The command for duplicity is missing', {
      hint: 'For example: duba exec /etc -- collection-status',
    })
  }
  const options = [
    ...value('--archive-dir', job.archiveDir),
    ...value('--name', job.cacheName),
    ...encryptionOptions(job),
    ...value('--sign-key', job.signKey),
    ...value('--tempdir', job.tempDir),
    ...(stock ? [] : engineOnly(job)),
  ]
  const hasUrl = [command, ...rest].some((word) => word.includes('://'))
  const [before, behind] = urlFirst.has(command) ? [[job.destination], []] : [[], [job.destination]]
  return [command, ...options, ...(hasUrl ? [] : before), ...rest, ...(hasUrl ? [] : behind)]
}

function engineOnly(job: Job): string[] {
  return [
    ...job.keyFiles.flatMap((file) => ['--key-file', file]),
    ...(job.crypto === 'gpg' ? ['--crypto', 'gpg'] : []),
  ]
}

/** Why stock duplicity may not do what the engine does for this job; undefined: nothing is known. */
export function stockObstacle(job: Job): string | undefined {
  if (job.keyFiles.length === 0) return undefined
  return `stock duplicity knows no key files: import ${job.keyFiles.join(', ')} with gpg --import`
}

/** The variables of a job that its configuration gives, beside those that every program has. */
export function configuredEnvironment(job: Job, ours: Environment): Record<string, string> {
  const inherited = engineEnvironment(ours)
  const own = Object.entries(job.env).filter(([name, text]) => inherited[name] !== text)
  const keys = job.encryption.kind === 'keys' ? [...job.encryption.keys, ...job.encryption.hidden] : []
  return {
    BACKUP_SOURCE: job.path,
    BACKUP_URL: job.destination,
    ...(keys[0] !== undefined && { GPG_KEY: keys[0] }),
    ...Object.fromEntries(own),
  }
}

/** A line for a POSIX shell. It holds no control character but line ends: the shell makes the others with printf(1). */
export function exportLine(name: string, text: string): string {
  const quoted = text
    .replaceAll("'", String.raw`'\''`)
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, madeByShell)
  return `export ${name}='${quoted}'`
}

function madeByShell(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  return `'"$(printf '${bytes.join('')}')"'`
}
