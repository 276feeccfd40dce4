/** Which backup sets stored or deleted a path, from signature archives alone. */
import { parseSignatureMember } from '../format/member.ts'
import { comparePaths, isInside } from '../format/path-order.ts'
import { recordedSize } from '../format/records.ts'
import type { TarEntry } from '../format/tar/header.ts'
import { TarReader } from '../format/tar/reader.ts'
import type { ByteString } from '../lib/bytestring.ts'
import type { SignatureChain } from './chain/chains.ts'
import { loadDescribed, refuseSets, signaturesFor } from './described.ts'
import type { EngineContext, VersionsRequest } from './request.ts'
import { findMatcher } from './select/find-glob.ts'
import { openSources } from './signatures.ts'

interface Cursor {
  readonly reader: TarReader
  /** End of the set. */
  readonly end: number
  path: ByteString
  action: 'signature' | 'snapshot' | 'deleted'
  header: TarEntry
}

/** Tells `version` events: chain after chain, in each path after path, of each path its sets in time order. Throws NO_BACKUPS and, behind them, SIGNATURES_LOST. */
export async function versions(
  request: VersionsRequest,
  context: EngineContext,
): Promise<{ readonly entries: number }> {
  const time = Math.floor(context.now())
  const described = await loadDescribed(context, { mode: 'full', time })
  // Throws where there is none.
  signaturesFor(described, time, context)
  const chains = chainsOf(described.signatures)
  const fits = request.find === undefined ? () => true : findMatcher(request.find)
  let entries = 0
  for (const chain of chains) {
    for await (const { path, end, action, header } of walk(context, chain)) {
      if (!(request.exact ? path === request.path : isInside(path, request.path)) || !fits(path)) continue
      entries += 1
      const deleted = action === 'deleted'
      const size = deleted ? undefined : sizeOf(header)
      context.emit({
        type: 'version',
        path,
        end,
        chain: chain.start,
        action: deleted ? 'deleted' : 'stored',
        mtime: header.mtime,
        kind: header.type,
        ...(size !== undefined && { size }),
      })
    }
  }
  refuseSets(
    described.backups.flatMap(({ sets }) => sets),
    chains.flatMap(({ files }) => files),
  )
  return { entries }
}

/** One chain for each start, where both sides have it the cached one. */
function chainsOf(signatures: readonly SignatureChain[]): SignatureChain[] {
  const byStart = new Map<number, SignatureChain>()
  for (const chain of signatures) {
    const other = byStart.get(chain.start)
    const better = other === undefined || chain.files.length > other.files.length
    if (better || (chain.where === 'local' && chain.files.length === other.files.length))
      byStart.set(chain.start, chain)
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start)
}

async function* walk(context: EngineContext, chain: SignatureChain): AsyncGenerator<Cursor> {
  const sources = await openSources(context, chain.files, chain.where)
  const readers = sources.map(({ bytes }) => new TarReader(bytes))
  try {
    const cursors: Cursor[] = []
    for (const [index, reader] of readers.entries()) {
      const header = await reader.next()
      const end = chain.files[index]?.parsed.end ?? chain.end
      if (header !== undefined) cursors.push({ reader, end, header, ...parseSignatureMember(header.name) })
    }
    while (cursors.length > 0) {
      context.signal.throwIfAborted()
      let path = cursors[0]?.path ?? ''
      for (const cursor of cursors) if (comparePaths(cursor.path, path) < 0) path = cursor.path
      for (const cursor of cursors.filter((each) => each.path === path)) {
        yield cursor
        if (!(await advance(cursor))) cursors.splice(cursors.indexOf(cursor), 1)
      }
    }
  } finally {
    for (const reader of readers) await reader.close()
  }
}

/** Entries that stand twice or out of order are passed over. */
async function advance(cursor: Cursor): Promise<boolean> {
  for (;;) {
    const header = await cursor.reader.next()
    if (header === undefined) return false
    const { path, action } = parseSignatureMember(header.name)
    if (comparePaths(cursor.path, path) >= 0) continue
    cursor.header = header
    cursor.path = path
    cursor.action = action
    return true
  }
}

/** Bytes of the file, where they are recorded. */
export function sizeOf(header: TarEntry): number | undefined {
  if (header.type !== 'reg') return undefined
  const size = recordedSize(header.records)
  return size === undefined || Number.isNaN(size) ? undefined : size
}
