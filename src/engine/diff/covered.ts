/**
 * What an interrupted session had stored already, seen from the one that goes on: left out of the changes, but watched,
 * since the source may have changed in between.
 */
import { parseSignatureMember } from '../../format/member.ts'
import { comparePaths } from '../../format/path-order.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { FileStatus } from '../../format/manifest.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { Change } from './changes.ts'
import type { SignatureSource, StateReader } from './state.ts'

/** How far the stored part goes: to the end of a path, or into it. */
export interface CoveredRange {
  readonly path: ByteString
  readonly inside: boolean
}

/**
 * The changes without those of paths that are stored already; `outdated` is called for each of them. The state that
 * `changes` come from must include what the interrupted session stored. What is unchanged or cannot be read passes.
 */
export async function* behindCovered(
  changes: AsyncIterable<Change>,
  range: CoveredRange,
  outdated: () => void,
): AsyncGenerator<Change> {
  for await (const change of changes) {
    if (isStored(change) && isCovered(pathOf(change), range)) outdated()
    else yield change
  }
}

function isStored({ change }: Change): boolean {
  return change === 'new' || change === 'changed' || change === 'deleted'
}

function pathOf(change: Change): ByteString {
  if ('entry' in change) return change.entry.path
  return 'path' in change ? change.path : change.item.path
}

function isCovered(path: ByteString, range: CoveredRange): boolean {
  const order = comparePaths(path, range.path)
  return order < 0 || (order === 0 && !range.inside)
}

/**
 * Names the regular files that the stored part made new, changed or deleted, in order: the beginning of the set's list
 * of files. `base`: the state before the set.
 */
export async function listCovered(
  kept: SignatureSource,
  base: StateReader | undefined,
  list: (status: FileStatus, path: ByteString) => void,
): Promise<void> {
  const reader = new TarReader(kept.bytes)
  let before = await base?.next()
  try {
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      const { path, action } = parseSignatureMember(entry.name)
      while (before !== undefined && comparePaths(before.path, path) < 0) before = await base?.next()
      const old = before?.path === path ? before : undefined
      if (action === 'signature') list(old?.hasSignature === true ? 'changed' : 'new', path)
      else if (action === 'deleted' && old?.header.type === 'reg') list('deleted', path)
    }
  } finally {
    await reader.close()
  }
}
