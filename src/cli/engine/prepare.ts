/** The steps before a verb runs: destination, local path, selection, lock. Command line facts §0, nos. 5 to 7. */
import { lstatSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend } from '../../backend/backend.ts'
import type { BackendTrace } from '../../backend/wrap/trace.ts'
import { parseUrl } from '../../backend/url.ts'
import { checkTarget } from '../../engine/restore/target.ts'
import { canonicalSource } from '../../engine/select/source-path.ts'
import { buildRules, type SelectionRule } from '../../engine/select/rules.ts'
import { type ByteString, fromText, fsPath, toText } from '../../lib/bytestring.ts'
import { type ErrorCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { RepositoryCommand } from './command.ts'
import { notice, warning } from './messages.ts'
import type { Performance } from './performance.ts'
import { commandLineError } from './usage-error.ts'

/** Seconds between two events about bytes sent and received. */
const TRANSFER_INTERVAL = 1

/** The backend with its wrappers. Throws BAD_URL and UNSUPPORTED_SCHEME. */
export function openBackend({ line, io, parts, emit }: Performance, typed: string): Backend {
  const { values } = line
  const transfer = { up: 0, down: 0 }
  let told = io.monotonic()
  const url = values.has('gio') && !typed.startsWith('gio+') ? `gio+${typed}` : typed
  return parts.openBackend(parseUrl(url), {
    cwd: io.cwd,
    now: io.now,
    retry: {
      attempts: values.number('num-retries') ?? 5,
      delay: values.number('backend-retry-delay') ?? 30,
      sleep: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }),
      onRetry: ({ operation, attempt, error }) => {
        emit({ type: 'retry', operation, attempt, detail: `BackendException: ${messageOf(error)}` })
      },
    },
    trace: {
      monotonic: io.monotonic,
      onBytes: (direction, length) => {
        transfer[direction] += length
        if (io.monotonic() - told < TRANSFER_INTERVAL) return
        told = io.monotonic()
        emit({ type: 'transfer', ...transfer })
      },
      onCall: (call) => {
        emit({ type: 'note', level: 'debug', text: traceText(call) })
      },
    },
    ...(values.has('dry-run') ? { dryRun: { onPlanned: () => undefined } } : {}),
  })
}

/** Source and destination of a replication must not be one place, also by way of links. Throws USAGE. */
export function refuseSamePlace(source: Backend, destination: Backend): void {
  if (placeOf(source) !== placeOf(destination)) return
  throw commandLineError(`Source and destination of replicate are the same: ${destination.label}`)
}

function placeOf(backend: Backend): string {
  const path = backend.localPath('x')
  if (path === undefined) return backend.label
  try {
    return realpathSync(dirname(path))
  } catch (error) {
    // A destination that is not there yet is no other one.
    if (isErrno(error)) return backend.label
    throw error
  }
}

function traceText({ operation, name, bytes, seconds, error }: BackendTrace): string {
  const what = name === undefined ? operation : `${operation} ${toText(name)}`
  const ending = error === undefined ? '' : `, failed: ${error}`
  return `Destination: ${what}, ${bytes} bytes, ${seconds.toFixed(3)} s${ending}`
}

/** The local side must be there, or must not. Throws TARGET_EXISTS, VERIFY_DIR_MISSING, SOURCE_MISSING. */
export function checkLocalPath(command: RepositoryCommand, force: boolean, uid: number): void {
  switch (command.command) {
    case 'backup':
      mustExist(command.source, 'SOURCE_MISSING', (path) => `Backup source directory ${path} does not exist.`)
      return
    case 'verify':
      mustExist(command.directory, 'VERIFY_DIR_MISSING', (path) => `Verify directory ${path} does not exist`)
      return
    case 'restore':
      checkTarget(canonicalSource(command.target), force, uid)
      return
    case 'check':
    case 'versions':
    case 'compare':
    case 'collection-status':
    case 'list-current-files':
    case 'cleanup':
    case 'remove':
    case 'replicate':
  }
}

function mustExist(path: ByteString, code: ErrorCode, words: (path: string) => string): void {
  const canonical = canonicalSource(path)
  try {
    lstatSync(fsPath(canonical))
  } catch (cause) {
    if (isErrno(cause, 'ENOENT', 'ENOTDIR')) throw new UserError(code, words(toText(canonical)))
    const text = `Cannot look at ${toText(canonical)}: ${messageOf(cause)}`
    throw new UserError('SOURCE_UNREADABLE', text, { cause })
  }
}

/** The rules of a backup or a verification; a restore only warns that it has none. Throws what `buildRules` does. */
export function selectionRules({ line, say }: Performance, command: RepositoryCommand): SelectionRule[] {
  const { selection, lists, values } = line
  if (command.command === 'restore' && selection.length > 0) {
    const text = 'Selection options --exclude/--include\ncurrently work only when backing up,not restoring.'
    say(warning(`Command line warning: ${text}`))
  }
  if (command.command !== 'backup' && command.command !== 'verify') return []
  const readFile = (path: ByteString): Uint8Array => {
    say(notice(`Reading globbing filelist ${path}`))
    return lists.get(path) ?? new Uint8Array()
  }
  const source = command.command === 'backup' ? command.source : command.directory
  const nullSeparator = values.has('null-separator')
  return buildRules(selection, canonicalSource(source), { readFile, nullSeparator })
}

/** Takes the lock; gives the way to release it. Throws LOCKED. */
export function takeLock({ parts, say }: Performance, archiveDir: string): () => void {
  const taken = parts.lockArchiveDir(fromText(archiveDir))
  if (taken.held) {
    return () => {
      taken.release()
    }
  }
  say(warning(`Warning, the archive directory is not locked: ${fromText(taken.reason)}`))
  return () => undefined
}
