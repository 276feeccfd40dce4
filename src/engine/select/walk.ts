/**
 * The source walk: every selected entry of a tree, in archive order.
 *
 * Depth first, the names of a directory sorted by bytes (archive format §4.6), one directory's names in memory for
 * each level. Directories are held open while the walk is in them, files are not opened. Command line facts §3.1.
 */
import { accessSync, constants } from 'node:fs'
import { fsPath, type ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import type { EntryTrouble } from '../events.ts'
import { lookAt, setbackOf, type Setback, type SourceEntry } from './entry.ts'
import { type HeldDirectory, holdDirectory } from './held-directory.ts'
import { decodePath } from '../../lib/path-text.ts'
import { canonicalSource } from './source-path.ts'
import type { SelectionRule } from './rules.ts'
import { makeSelector } from './selector.ts'

export interface WalkOptions {
  /** Source path; relative ones are taken from the working directory. */
  readonly source: ByteString
  readonly rules: readonly SelectionRule[]
  /** Take symbolic links for what they point to. */
  readonly copyLinks: boolean
  /** User who walks. The super-user is not asked whether a file can be read. */
  readonly uid: number
}

/**
 * What the walk meets. `entry` and `blocked` come in archive order, the directories above them first.
 *
 * `blocked`: this path, and what may be below it, exists or may exist but cannot be read. The caller warns, counts
 * an error and keeps what older backups hold: it must not be recorded as deleted. `trouble`: an entry that is not
 * there for the backup, and that is right: the caller only tells.
 */
export type WalkItem =
  | { readonly item: 'entry'; readonly entry: SourceEntry }
  | {
      readonly item: 'blocked'
      readonly path: ByteString
      readonly reason: 'unreadable' | 'io-error'
      readonly detail: string
    }
  | {
      readonly item: 'trouble'
      readonly path: ByteString
      readonly trouble: Exclude<EntryTrouble, 'unreadable' | 'io-error'>
      readonly detail: string
    }

/** PATH_MAX. What lies deeper can be reached here, but by nobody who opens it by its path, nor restored by duplicity. */
const LONGEST = 4096
const TOO_LONG: Setback = {
  trouble: 'io-error',
  detail: 'ENAMETOOLONG: the path is longer than the system takes',
}

/** A directory that is being walked. */
interface Level {
  readonly held: HeldDirectory
  next: number
  readonly directory: SourceEntry
  /** The directory was only scanned, and nothing in it has been selected yet. */
  waiting: boolean
  /** What goes before a name: relative path, and text for patterns. */
  readonly path: ByteString
  readonly text: string
}

/**
 * Walks a source. The source itself comes first whatever the rules say; if it is no directory, it is all.
 * Throws SOURCE_MISSING or SOURCE_UNREADABLE when the source itself cannot be had.
 */
export function* walk(options: WalkOptions): Generator<WalkItem, void, void> {
  const source = canonicalSource(options.source)
  const root = lookAt(source, '', options.copyLinks)
  if ('trouble' in root) throw sourceError(source, root)
  const closed = accessSetback(root, options.uid)
  if (closed) throw sourceError(source, closed)
  const held = root.kind === 'dir' ? hold(root, options.copyLinks) : undefined
  if (held !== undefined && 'trouble' in held) throw sourceError(source, held)
  if (held === undefined) {
    yield { item: 'entry', entry: root }
    return
  }
  const text = decodePath(source === '/' ? '/' : source + '/')
  const top = { held, next: 0, directory: root, waiting: false, path: '', text }
  const levels: Level[] = [top]
  try {
    yield { item: 'entry', entry: root }
    yield* walkBelow(options, levels, root.dev)
  } finally {
    for (const level of levels) level.held.close()
  }
}

/** Takes the levels away that it has walked. */
function* walkBelow(options: WalkOptions, levels: Level[], device: number): Generator<WalkItem, void, void> {
  const room = LONGEST - canonicalSource(options.source).length - 1
  const choose = options.rules.length > 0 ? makeSelector(options.rules, device) : undefined
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const name = level.held.names[level.next++]
    if (name === undefined) {
      levels.pop()?.held.close()
      continue
    }
    const path = level.path + name
    const text = level.text + decodePath(name)
    const place = level.held.below + name
    const seen = path.length < room ? lookAt(place, path, options.copyLinks) : TOO_LONG
    const entry = 'trouble' in seen ? undefined : seen
    const choice = choose === undefined ? 'include' : choose({ text, place, entry })
    if (choice === 'exclude') continue

    if (entry?.kind === 'dir') {
      const held = enter(entry, levels, options)
      if ('trouble' in held) {
        yield* report(path, held, levels)
        continue
      }
      if (choice === 'include') {
        yield* guarded(held, selectWaiting(levels))
        yield* guarded(held, [{ item: 'entry', entry }])
      }
      if (held.names.length === 0) held.close()
      else {
        const waiting = choice === 'scan'
        levels.push({
          held,
          next: 0,
          directory: entry,
          waiting,
          path: path + '/',
          text: text + '/',
        })
      }
    } else if ('trouble' in seen) {
      // On the way to an include there may have been a directory, but a socket is none.
      if (choice === 'include' || seen.trouble !== 'socket') yield* report(path, seen, levels)
    } else if (choice === 'include') {
      const closed = accessSetback(seen, options.uid)
      if (closed) {
        yield* report(path, closed, levels)
      } else {
        if (level.waiting) yield* selectWaiting(levels)
        yield { item: 'entry', entry: seen }
      }
    }
  }
}

/** Selects the directories above that were only scanned so far; they are the last of the levels, if there are any. */
function* selectWaiting(levels: readonly Level[]): Generator<WalkItem, void, void> {
  for (const level of levels) {
    if (!level.waiting) continue
    level.waiting = false
    yield { item: 'entry', entry: level.directory }
  }
}

/** Directories above something blocked are selected: with them deleted, what is kept below would hang in the air. */
function* report(
  path: ByteString,
  setback: Setback,
  levels: readonly Level[],
): Generator<WalkItem, void, void> {
  const { trouble, detail } = setback
  if (trouble === 'unreadable' || trouble === 'io-error') {
    yield* selectWaiting(levels)
    yield { item: 'blocked', path, reason: trouble, detail }
  } else {
    yield { item: 'trouble', path, trouble, detail }
  }
}

/** Yields on; closes the directory, which stands on no level yet, if the walk is ended here. */
function* guarded(held: HeldDirectory, items: Iterable<WalkItem>): Generator<WalkItem, void, void> {
  let ended = true
  try {
    yield* items
    ended = false
  } finally {
    if (ended) held.close()
  }
}

/** Opens a selected or scanned directory. */
function enter(
  directory: SourceEntry,
  levels: readonly Level[],
  options: WalkOptions,
): HeldDirectory | Setback {
  const above = options.copyLinks ? levels.find((level) => isSame(level.directory, directory)) : undefined
  if (above) return { trouble: 'cannot-iterate', detail: 'is a symbolic link to a directory above it' }
  return accessSetback(directory, options.uid) ?? hold(directory, options.copyLinks)
}

function isSame(one: SourceEntry, other: SourceEntry): boolean {
  return one.ino === other.ino && one.dev === other.dev
}

function hold(directory: SourceEntry, followLinks: boolean): HeldDirectory | Setback {
  try {
    return holdDirectory(directory.place, followLinks)
  } catch (error) {
    return setbackOf(error)
  }
}

/** Why a user may not read a regular file or directory; the super-user may. */
function accessSetback(entry: SourceEntry, uid: number): Setback | undefined {
  if (uid === 0 || (entry.kind !== 'reg' && entry.kind !== 'dir')) return undefined
  try {
    accessSync(fsPath(entry.place), entry.kind === 'dir' ? constants.R_OK | constants.X_OK : constants.R_OK)
    return undefined
  } catch (error) {
    return setbackOf(error)
  }
}

function sourceError(source: ByteString, setback: Setback): UserError {
  const name = decodePath(source)
  return setback.trouble === 'vanished'
    ? new UserError('SOURCE_MISSING', `The source ${name} does not exist`, {
        hint: `Check the path: ${setback.detail}.`,
      })
    : new UserError('SOURCE_UNREADABLE', `The source ${name} cannot be read: ${setback.detail}`, {
        hint: 'Run as a user who may read it.',
      })
}
