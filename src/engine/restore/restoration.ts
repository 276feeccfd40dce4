/** Brings what a source yields to its target, object after object, and keeps account of it. */
import { comparePaths, isInside } from '../../format/path-order.ts'
import { type FileRecords, isSparse, parseRecords } from '../../format/records.ts'
import { showName } from '../../format/show-name.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { toText } from '../../lib/bytestring.ts'
import { isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { Privilege } from '../events-restore.ts'
import type { EngineContext, RestoreRequest } from '../request.ts'
import { readContent } from './content.ts'
import type { PathHistory } from './history.ts'
import { Keeper } from './keeper.ts'
import { Losses } from './losses.ts'
import type { RestoredObject } from './object.ts'
import { privilegesOf, withoutCapabilities, withoutSetIds } from './privileges.ts'
import type { SetItem } from './set-reader.ts'
import { openStagedTarget } from './staged-target.ts'
import { openTarget, type RestoreTarget } from './target.ts'
import { unwritable } from './target-path.ts'
import type { TreeWriterOptions } from './tree-writer.ts'

export interface RestoreResult {
  /** Objects written. */
  readonly entries: number
  readonly bytes: number
  /** Objects that could not be restored completely; each was told as an event. */
  readonly troubles: number
  /** Whether a salvage left something out or took an older version of it; told as events. */
  readonly salvaged: boolean
}

/** Where the paths to restore come from. */
export interface Source {
  /** How many there are: for progress. */
  readonly volumes: number
  /** End of the newest set. */
  readonly setTime: number
  readonly open: (
    context: EngineContext,
    onVolume: () => void,
  ) => { readonly histories: AsyncIterable<PathHistory>; readonly close: () => Promise<void> }
}

export class Restoration {
  readonly #request: RestoreRequest
  readonly #context: EngineContext
  #target: RestoreTarget | undefined
  #entries = 0
  #bytes = 0
  #troubles = 0
  #stripped = 0
  /** Objects that were not even read, because what is there stays. */
  #kept = 0
  #placed = { kept: 0, replaced: 0, renamed: 0 }
  readonly #losses = new Losses()
  readonly #keeper: Keeper

  constructor(request: RestoreRequest, context: EngineContext) {
    this.#request = request
    this.#keeper = new Keeper(request, context.uid)
    this.#context = {
      ...context,
      emit: (event) => {
        if (event.type === 'restore-trouble') this.#troubles += 1
        context.emit(event)
      },
    }
  }

  async run(source: Source): Promise<RestoreResult> {
    const context = this.#context
    let done = 0
    const { histories, close } = source.open(context, () => {
      done += 1
      context.emit({ type: 'restore-volume', done, total: source.volumes })
    })
    try {
      for await (const history of histories) {
        context.signal.throwIfAborted()
        await this.#restoreOne(history)
      }
      this.#target?.finish()
      if (this.#target !== undefined) this.#placed = await this.#target.place()
    } finally {
      await close()
      this.#keeper.close()
      this.#target?.close()
    }
    if (this.#entries + this.#kept === 0) throw nothingFound(this.#request.path)
    this.#losses.tell(context.emit)
    if (this.#request.conflict !== undefined) {
      const kept = this.#kept + this.#placed.kept
      context.emit({ type: 'restore-placed', ...this.#placed, kept, stripped: this.#stripped })
    }
    const entries = this.#entries - this.#placed.kept
    const result = { entries, bytes: this.#bytes, troubles: this.#troubles }
    context.emit({ type: 'restore-done', ...result, setTime: source.setTime })
    return { ...result, salvaged: false }
  }

  async #restoreOne({ path, items, obstacle, onFailure }: PathHistory): Promise<void> {
    const newest = items.at(-1)
    if (newest === undefined || newest.action === 'deleted') return
    const { emit } = this.#context
    const below = this.#renamed(relativeTo(path, this.#request.path))
    if (obstacle !== undefined) {
      const detail = `lies below ${showName(obstacle)}, which is no directory, and is left out`
      emit({ type: 'restore-trouble', path: below, detail })
      return
    }
    try {
      if (this.#keeper.keeps(below, newest.header, emit)) {
        this.#kept += 1
        return
      }
      if (this.#isRefused(below, newest)) return
      // A file is written under another name, and its content tells when it is proven; all else is made at once.
      if (newest.header.type !== 'reg') await newest.proven()
      const object = this.#object(below, newest, items)
      this.#target ??= this.#open(below, object)
      if (below !== '') emit({ type: 'writing', path: below, kind: newest.header.type })
      await this.#target.write(below, object)
      this.#entries += 1
    } catch (error) {
      if (isErrno(error, 'ENOSPC', 'EDQUOT', 'EROFS')) throw unwritable(this.#request.target, error)
      if (isFatal(error)) throw error
      onFailure?.(error)
      emit({ type: 'restore-trouble', path: below, detail: messageOf(error) })
    }
  }

  /** Tells what is left out of an object; true: all of it. */
  #isRefused(path: ByteString, { header }: SetItem): boolean {
    if (this.#request.stripPrivileges !== true) return false
    const privileges = privilegesOf(header)
    for (const what of privileges) this.#strip(path, what)
    return privileges.includes('device')
  }

  #strip(path: ByteString, what: Privilege): void {
    this.#stripped += 1
    this.#context.emit({ type: 'restore-stripped', path, what })
  }

  #records(path: ByteString, records: FileRecords): FileRecords {
    if (this.#request.stripPrivileges !== true) return records
    const harmless = withoutCapabilities(records)
    if (harmless !== records) this.#strip(path, 'capabilities')
    return harmless
  }

  #object(path: ByteString, newest: SetItem, items: readonly SetItem[]): RestoredObject {
    const onProblem = (detail: string): void => {
      this.#context.emit({ type: 'restore-trouble', path, detail })
    }
    return {
      header: this.#request.stripPrivileges === true ? withoutSetIds(newest.header) : newest.header,
      sparse: isSparse(newest.header.records),
      content: async (take) => {
        await readContent(items, this.#context.tempDir, (piece) => {
          this.#bytes += piece.length
          take(piece)
          return true
        })
      },
      records: () => this.#records(path, parseRecords(newest.records, onProblem)),
    }
  }

  #open(first: ByteString, object: RestoredObject): RestoreTarget {
    const { target, force, numericOwner, restoreOwner, ownerRules, conflict } = this.#request
    const { uid, emit, signal, now } = this.#context
    const onTrouble = (path: ByteString, detail: string): void => {
      emit({ type: 'restore-trouble', path, detail })
    }
    const options: TreeWriterOptions = {
      owners: this.#context.owners,
      numericOwner,
      restoreOwner,
      ownerRules,
      force,
      onTrouble,
      // To set owners is nobody's business but the super-user's: told once, and no failure.
      onOwnerRefused: (path, detail) => {
        if (uid === 0) onTrouble(path, detail)
        else this.#losses.owner()
      },
      onUnsettable: (path, what, detail) => {
        this.#losses.add(path, what, detail)
      },
    }
    if (conflict === undefined) return openTarget(target, first === '' ? object : undefined, options, uid)
    const setsOwner = uid === 0 && restoreOwner
    return openStagedTarget(target, options, { conflict, uid, setsOwner, emit, signal, now: now() })
  }

  /** The longest renamed leading path decides. */
  #renamed(path: ByteString): ByteString {
    const matches = this.#request.renames.filter(({ from }) => isInside(path, from))
    const [best] = matches.sort((a, b) => comparePaths(b.from, a.from))
    return best === undefined ? path : best.to + path.slice(best.from.length)
  }
}

/** What it means that no object at all was found. */
export function nothingFound(path: ByteString): UserError {
  if (path === '') {
    return new UserError('NOTHING_RESTORED', 'No files found in archive - nothing restored.', {
      hint: 'Every path of the backup failed or was deleted at that time; the messages above say which.',
    })
  }
  return new UserError('PATH_NOT_FOUND', `${toText(path)} not found in archive - no files restored.`, {
    hint: {
      engine:
        'Paths are relative to the source directory. list-current-files shows what there is, also with --time.',
      duba: '"duba ls" shows what there is, also with --time; "duba versions" tells when a path was backed up.',
    },
  })
}

/** A path relative to the restored one; the restored one itself is ''. */
export function relativeTo(path: ByteString, root: ByteString): ByteString {
  if (root === '') return path
  return path === root ? '' : path.slice(root.length + 1)
}

/** Errors that end the restore: damage of the repository, an interruption. */
function isFatal(error: unknown): boolean {
  if (error instanceof UserError)
    return !['DELTA_INVALID', 'ARCHIVE_INVALID', 'CONTENT_MISMATCH'].includes(error.code)
  return !isErrno(error)
}
