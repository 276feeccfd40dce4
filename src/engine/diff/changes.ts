/**
 * What has to go into a backup: the selected source merged with the last state, path by path
 * (archive format §7). An incremental against nothing is a full.
 */
import { comparePaths, isInside } from '../../format/path-order.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { SourceEntry } from '../select/entry.ts'
import type { OwnerTable } from '../select/owner.ts'
import type { WalkItem } from '../select/walk.ts'
import { fitsSignature, isUnchanged } from './compare.ts'
import type { StateEntry, StateReader } from './state.ts'

export type Change =
  | { readonly change: 'new'; readonly entry: SourceEntry }
  /** A regular file that was one before: stored as a delta against `state`'s signature. */
  | { readonly change: 'changed'; readonly entry: SourceEntry; readonly state: StateEntry }
  | { readonly change: 'deleted'; readonly path: ByteString; readonly kind: TarEntry['type'] }
  | { readonly change: 'unchanged'; readonly entry: SourceEntry }
  /** The source could not be read here; what is stored of it and below stays as it is. */
  | { readonly change: 'blocked'; readonly item: Extract<WalkItem, { item: 'blocked' }> }
  /** Something that is rightly absent from the backup: only to be told. */
  | { readonly change: 'none'; readonly item: Extract<WalkItem, { item: 'trouble' }> }

export interface ChangeOptions {
  readonly owners: OwnerTable
  readonly numericOwner: boolean
}

/** Changes in path order. Each must be dealt with before the next is asked for: signatures are read in place. */
export async function* findChanges(
  source: Iterable<WalkItem>,
  state: StateReader | undefined,
  { owners, numericOwner }: ChangeOptions,
): AsyncGenerator<Change> {
  let stored = await state?.next()
  let blocked: ByteString | undefined
  const keep = (path: ByteString): boolean => blocked !== undefined && isInside(path, blocked)

  for (const item of source) {
    if (item.item === 'trouble') {
      yield { change: 'none', item }
      continue
    }
    const path = item.item === 'entry' ? item.entry.path : item.path
    while (stored !== undefined && comparePaths(stored.path, path) < 0) {
      if (!keep(stored.path)) yield { change: 'deleted', path: stored.path, kind: stored.header.type }
      stored = await state?.next()
    }
    if (item.item === 'blocked') {
      blocked = item.path
      yield { change: 'blocked', item }
      continue
    }
    const { entry } = item
    const same = stored?.path === path ? stored : undefined
    if (same === undefined) yield { change: 'new', entry }
    else if (isUnchanged(entry, same.header, owners, numericOwner) && (await fitsSignature(entry, same)))
      yield { change: 'unchanged', entry }
    else if (entry.kind === 'reg' && same.hasSignature) yield { change: 'changed', entry, state: same }
    else yield { change: 'new', entry }
    if (same !== undefined) stored = await state?.next()
  }
  while (stored !== undefined) {
    // The root is never recorded as deleted.
    if (!keep(stored.path) && stored.path !== '')
      yield { change: 'deleted', path: stored.path, kind: stored.header.type }
    stored = await state?.next()
  }
}
