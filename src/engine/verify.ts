/**
 * `verify`: reads every needed volume of a backup and, with `compareData`, compares each path with the local tree
 * (archive format §14.1). Without it only the archive is proven: the volumes, as with duplicity, and content against
 * recorded checksums.
 */
import { comparePaths } from '../format/path-order.ts'
import type { TarEntry } from '../format/tar/header.ts'
import { formatPeople } from '../format/time.ts'
import { parseRecords } from '../format/records.ts'
import { type ByteString, toText } from '../lib/bytestring.ts'
import { hasCode, isErrno, reasonOf } from '../lib/errors.ts'
import { lastFullTime } from './chain/collection.ts'
import { sameTime, localId } from './diff/compare.ts'
import { recordDifference } from './diff/record-difference.ts'
import { fullPath } from './select/full-path.ts'
import { BLOCK_SIZE, FileReader } from './pack/file-reader.ts'
import type { EngineContext, VerifyRequest } from './request.ts'
import { relativeTo } from './restore/restoration.ts'
import { readContent } from './restore/content.ts'
import { type PathHistory, readHistory } from './restore/history.ts'
import { countVolumes, planRestore } from './restore/plan.ts'
import { type SetItem, SetReader } from './restore/set-reader.ts'
import type { SourceEntry } from './select/entry.ts'
import type { OwnerTable } from './select/owner.ts'
import { walk, type WalkItem } from './select/walk.ts'
import { loadCollection, synchronize } from './session/sync.ts'

export interface VerifyResult {
  readonly compared: number
  readonly differences: number
}

/** Throws what damaged volumes cause; differences are told and counted. */
export async function verify(request: VerifyRequest, context: EngineContext): Promise<VerifyResult> {
  const loaded = await loadCollection(context)
  const sync = { mode: request.metadataSync, time: request.time, dryRun: false, reading: true }
  const collection = await synchronize(context, sync, loaded)
  context.emit({ type: 'last-full', time: lastFullTime(collection) })
  const planned = await planRestore(context, collection, request.time)
  const total = countVolumes(planned)
  let done = 0
  const onVolume = (): void => {
    done += 1
    context.emit({ type: 'restore-volume', done, total })
  }
  let troubles = 0
  const counting: EngineContext = {
    ...context,
    emit: (event) => {
      if (event.type === 'restore-trouble') troubles += 1
      context.emit(event)
    },
  }
  const readers = planned.map(
    ({ set, manifest }) =>
      new SetReader(set, manifest, {
        context: counting,
        wanted: request.path,
        onVolume,
      }),
  )
  const comparison = new Comparison(request, context, context.owners)
  const local = walk({
    source: request.directory,
    rules: request.rules,
    copyLinks: request.copyLinks,
    uid: context.uid,
  })
  try {
    await mergeBoth(local, readHistory(readers), request.path, comparison, (item) => {
      const trouble = item.item === 'blocked' ? item.reason : item.trouble
      const { path, detail } = item
      context.emit({ type: 'trouble', trouble, path, fullPath: fullPath(request.directory, path), detail })
    })
  } finally {
    local.return()
    for (const reader of readers) await reader.close()
  }
  const { compared } = comparison
  // A member that cannot be restored as it stands is no good backup of anything.
  const differences = comparison.differences + troubles
  context.emit({ type: 'verify-done', compared, differences, compareData: request.compareData })
  return { compared, differences }
}

type Tell = (item: Exclude<WalkItem, { item: 'entry' }>) => void

async function mergeBoth(
  local: Generator<WalkItem>,
  archive: AsyncGenerator<PathHistory>,
  root: ByteString,
  comparison: Comparison,
  tell: Tell,
): Promise<void> {
  let here = nextLocal(local, tell)
  for await (const history of archive) {
    const path = relativeTo(history.path, root)
    while (here !== undefined && comparePaths(here.path, path) < 0) {
      comparison.onlyLocal(here)
      here = nextLocal(local, tell)
    }
    const same = here?.path === path ? here : undefined
    await comparison.both(path, same, history)
    if (same !== undefined) here = nextLocal(local, tell)
  }
  for (; here !== undefined; here = nextLocal(local, tell)) comparison.onlyLocal(here)
}

function nextLocal(local: Generator<WalkItem>, tell: Tell): SourceEntry | undefined {
  for (;;) {
    const step = local.next()
    if (step.done === true) return undefined
    if (step.value.item === 'entry') return step.value.entry
    tell(step.value)
  }
}

class Comparison {
  compared = 0
  differences = 0
  readonly #request: VerifyRequest
  readonly #context: EngineContext
  readonly #owners: OwnerTable
  /** What is read of local files: one for all of them. */
  #local = Buffer.allocUnsafeSlow(BLOCK_SIZE)

  constructor(request: VerifyRequest, context: EngineContext, owners: OwnerTable) {
    this.#request = request
    this.#context = context
    this.#owners = owners
  }

  onlyLocal(entry: SourceEntry): void {
    this.compared += 1
    if (this.#request.compareData) this.#differs(entry.path, `New file ${show(entry.path)}`)
  }

  /** A path of the archive and, where it exists, its local counterpart. */
  async both(
    path: ByteString,
    entry: SourceEntry | undefined,
    { items, obstacle }: PathHistory,
  ): Promise<void> {
    const newest = items.at(-1)
    if (newest === undefined || newest.action === 'deleted') {
      if (entry !== undefined) this.onlyLocal(entry)
      return
    }
    this.compared += 1
    if (obstacle !== undefined) {
      this.#differs(path, `File ${show(path)} lies below ${show(obstacle)}, which is no directory`)
      return
    }
    const difference = await this.#difference(path, entry, newest, items)
    if (difference !== undefined) this.#differs(path, difference)
  }

  async #difference(
    path: ByteString,
    entry: SourceEntry | undefined,
    newest: SetItem,
    items: readonly SetItem[],
  ): Promise<string | undefined> {
    const { compareData } = this.#request
    if (compareData && entry === undefined) return `File ${show(path)} is missing`
    const compared = compareData ? entry : undefined
    const metadata = compared && this.#metadataDifference(compared, newest.header)
    if (metadata !== undefined) return metadata
    try {
      if (compared === undefined) await this.#prove(newest, items)
      else if (compared.kind === 'reg' && !(await this.#sameContent(compared, items)))
        return `Data for file ${show(path)} is different`
    } catch (error) {
      if (!hasCode(error, 'CONTENT_MISMATCH', 'DELTA_INVALID')) throw error
      return `File ${show(path)} in the archive is damaged: ${error.message}`
    }
    return compared && this.#recordDifference(compared, newest)
  }

  /** What duplicity does not compare: only where it is recorded. */
  #recordDifference(entry: SourceEntry, { records, header }: SetItem): string | undefined {
    if (records === undefined) return undefined
    const onTrouble = (detail: string): void => {
      this.#context.emit({ type: 'note', level: 'warning', text: `${show(entry.path)}: ${detail}` })
    }
    const options = { ...this.#request, owners: this.#owners, onTrouble }
    try {
      const found = recordDifference(entry, parseRecords(records, onTrouble), header.mtime, options)
      return found === undefined ? undefined : `File ${show(entry.path)} ${found}`
    } catch (error) {
      if (!isErrno(error)) throw error
      return `File ${show(entry.path)} cannot be looked at: ${reasonOf(error)}`
    }
  }

  #differs(path: ByteString, text: string): void {
    this.differences += 1
    this.#context.emit({ type: 'difference', path, text: `Difference found: ${text}` })
  }

  #metadataDifference(entry: SourceEntry, header: TarEntry): string | undefined {
    const name = show(entry.path)
    if (entry.kind !== header.type) return `File ${name} has type ${entry.kind}, expected ${header.type}`
    if (entry.kind === 'sym') {
      if (entry.link === header.link || entry.link === `${header.link}/`) return undefined
      return `Symlink ${name} points to ${toText(entry.link)}, expected ${toText(header.link)}`
    }
    const uid = localId('user', header, this.#owners, this.#request.numericOwner)
    const gid = localId('group', header, this.#owners, this.#request.numericOwner)
    if (entry.mode !== header.mode || entry.uid !== uid || entry.gid !== gid) {
      const permissions = (u: number, g: number, mode: number): string => `${u}:${g} ${mode.toString(8)}`
      return `File ${name} has permissions ${permissions(entry.uid, entry.gid, entry.mode)}, expected ${permissions(uid, gid, header.mode)}`
    }
    if (entry.kind === 'chr' || entry.kind === 'blk') {
      if (entry.major === header.major && entry.minor === header.minor) return undefined
      return `Device file ${name} has numbers (${entry.major}, ${entry.minor}), expected (${header.major}, ${header.minor})`
    }
    if (sameTime(entry.mtime, header.mtime)) return undefined
    return `File ${name} has mtime ${asTime(entry.mtime)}, expected ${asTime(header.mtime)}`
  }

  async #sameContent(entry: SourceEntry, items: readonly SetItem[]): Promise<boolean> {
    const reader = FileReader.open(entry.place, this.#request.copyLinks)
    if (!(reader instanceof FileReader)) return false
    try {
      const same = await readContent(items, this.#context.tempDir, (piece) => {
        if (this.#local.length < piece.length) this.#local = Buffer.allocUnsafeSlow(piece.length)
        const local = this.#local.subarray(0, piece.length)
        return reader.fill(local) === piece.length && local.equals(piece)
      })
      return same && reader.fill(this.#local.subarray(0, 1)) === 0
    } finally {
      reader.close()
    }
  }

  /** Reads content to its end, where its checksum is compared, if one is or may be recorded. */
  async #prove(newest: SetItem, items: readonly SetItem[]): Promise<void> {
    if (newest.header.type !== 'reg' || (newest.whole && newest.records === undefined)) return
    await readContent(items, this.#context.tempDir, () => true)
  }
}

function show(path: ByteString): string {
  return path === '' ? '.' : toText(path)
}

function asTime(seconds: number): string {
  return formatPeople(Math.max(0, Math.floor(seconds)))
}
