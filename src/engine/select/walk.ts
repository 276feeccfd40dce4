/**
 * The source walk: every selected entry of a tree, in archive order.
 *
 * Depth first, the names of a directory sorted by bytes (archive format §4.6), one directory's names in memory for
 * each level. Nothing is opened. Command line facts §3.1.
 */
import { accessSync, constants, readdirSync } from 'node:fs'
import { fsPath, isAscii, type ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import type { EntryTrouble } from '../events.ts'
import { lookAt, setbackOf, type Setback, type SourceEntry } from './entry.ts'
import { canonicalSource, decodePath } from './path-text.ts'
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

/** A directory that is being walked. */
interface Level {
  readonly names: readonly ByteString[]
  next: number
  readonly directory: SourceEntry
  /** The directory was only scanned, and nothing in it has been selected yet. */
  waiting: boolean
  /** What goes before a name: relative path, full path, text for patterns. */
  readonly path: ByteString
  readonly full: ByteString
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
  const closed = accessSetback(root, source, options.uid)
  if (closed) throw sourceError(source, closed)
  const names = root.kind === 'dir' ? namesIn(source) : []
  if ('trouble' in names) throw sourceError(source, names)
  yield { item: 'entry', entry: root }
  const full = source === '/' ? '/' : source + '/'
  yield* walkBelow(options, {
    names,
    next: 0,
    directory: root,
    waiting: false,
    path: '',
    full,
    text: decodePath(full),
  })
}

function* walkBelow(options: WalkOptions, top: Level): Generator<WalkItem, void, void> {
  const choose = options.rules.length > 0 ? makeSelector(options.rules, top.directory.dev) : undefined
  const levels = [top]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const name = level.names[level.next++]
    if (name === undefined) {
      levels.pop()
      continue
    }
    const path = level.path + name
    const full = level.full + name
    const text = level.text === level.full && isAscii(name) ? full : level.text + decodePath(name)
    const seen = lookAt(full, path, options.copyLinks)
    const entry = 'trouble' in seen ? undefined : seen
    const choice = choose === undefined ? 'include' : choose({ text, full, entry })
    if (choice === 'exclude') continue

    if (entry?.kind === 'dir') {
      const names = enter(entry, full, levels, options)
      if ('trouble' in names) {
        yield* report(path, names, levels)
        continue
      }
      if (choice === 'include') {
        yield* selectWaiting(levels)
        yield { item: 'entry', entry }
      }
      if (names.length > 0) {
        const waiting = choice === 'scan'
        const below = full + '/'
        levels.push({
          names,
          next: 0,
          directory: entry,
          waiting,
          path: path + '/',
          full: below,
          text: text === full ? below : text + '/',
        })
      }
    } else if ('trouble' in seen) {
      // On the way to an include there may have been a directory, but a socket is none.
      if (choice === 'include' || seen.trouble !== 'socket') yield* report(path, seen, levels)
    } else if (choice === 'include') {
      const closed = accessSetback(seen, full, options.uid)
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

/** The names in a selected or scanned directory. */
function enter(
  directory: SourceEntry,
  full: ByteString,
  levels: readonly Level[],
  options: WalkOptions,
): ByteString[] | Setback {
  const above = options.copyLinks ? levels.find((level) => isSame(level.directory, directory)) : undefined
  if (above) return { trouble: 'cannot-iterate', detail: 'is a symbolic link to a directory above it' }
  return accessSetback(directory, full, options.uid) ?? namesIn(full)
}

function isSame(one: SourceEntry, other: SourceEntry): boolean {
  return one.ino === other.ino && one.dev === other.dev
}

function namesIn(directory: ByteString): ByteString[] | Setback {
  try {
    return readdirSync(fsPath(directory), 'latin1').sort()
  } catch (error) {
    return setbackOf(error)
  }
}

/** Why a user may not read a regular file or directory; the super-user may. */
function accessSetback(entry: SourceEntry, full: ByteString, uid: number): Setback | undefined {
  if (uid === 0 || (entry.kind !== 'reg' && entry.kind !== 'dir')) return undefined
  try {
    accessSync(fsPath(full), entry.kind === 'dir' ? constants.R_OK | constants.X_OK : constants.R_OK)
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
