/** What differs between two moments of a backup, from signature archives alone. */
import { comparePaths, isInside } from '../format/path-order.ts'
import { recordedCtime } from '../format/records.ts'
import type { TarEntry } from '../format/tar/header.ts'
import type { SignatureChain } from './chain/chains.ts'
import { refuseEarlier } from './chain/choose.ts'
import { loadDescribed, refuseUndescribed, signaturesFor } from './described.ts'
import type { StateEntry, StateReader } from './diff/state.ts'
import type { StoredFacts } from './events-restore.ts'
import type { CompareRequest, EngineContext } from './request.ts'
import { openState } from './signatures.ts'
import { sizeOf } from './versions.ts'

/** Tells `state-difference` events, in order. Throws NO_BACKUPS, TOO_EARLY and, behind them, SIGNATURES_LOST. */
export async function compareStates(
  request: CompareRequest,
  context: EngineContext,
): Promise<{ readonly differences: number }> {
  const { before, after, path } = request
  const described = await loadDescribed(context, { mode: 'full', time: after })
  const chainOf = (time: number): SignatureChain => {
    const chain = signaturesFor(described, time, context)
    refuseEarlier(chain, time, context.backend.label)
    return chain
  }
  const chains = { before: chainOf(before), after: chainOf(after) }
  const old = await openState(context, chains.before, before)
  try {
    const current = await openState(context, chains.after, after)
    try {
      const differences = await tellDifferences({ old, current, path }, context)
      refuseUndescribed(described.backups, chains.after, after)
      refuseUndescribed(described.backups, chains.before, before)
      return { differences }
    } finally {
      await current.close()
    }
  } finally {
    await old.close()
  }
}

async function tellDifferences(
  { old, current, path }: { readonly old: StateReader; readonly current: StateReader; readonly path: string },
  { emit, signal }: EngineContext,
): Promise<number> {
  let differences = 0
  let [a, b] = [await old.next(), await current.next()]
  while (a !== undefined || b !== undefined) {
    signal.throwIfAborted()
    const order = a === undefined ? 1 : b === undefined ? -1 : comparePaths(a.path, b.path)
    const here = (order <= 0 ? a : b)?.path ?? ''
    const [before, after] = [order <= 0 ? a : undefined, order >= 0 ? b : undefined]
    if (isInside(here, path)) {
      const what = before && after ? await whatDiffers(before, after) : []
      if (before === undefined || after === undefined || what.length > 0) {
        const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
        const sides = { before: before && factsOf(before.header), after: after && factsOf(after.header) }
        emit({ type: 'state-difference', path: here, change, what, ...sides })
        differences += 1
      }
    }
    if (order <= 0) a = await old.next()
    if (order >= 0) b = await current.next()
  }
  return differences
}

const factsOf = (header: TarEntry): StoredFacts => {
  const { type: kind, mtime } = header
  const size = sizeOf(header)
  return { kind, mtime, ...(size !== undefined && { size }) }
}

/** In words: `type`, `size`, `content`, `time`, `mode`, `owner`, `link`, `device`. */
async function whatDiffers(before: StateEntry, after: StateEntry): Promise<string[]> {
  const [a, b] = [before.header, after.header]
  if (a.type !== b.type) return ['type']
  const found: string[] = []
  if (sizeOf(a) !== sizeOf(b)) found.push('size')
  if (a.mtime !== b.mtime && a.type !== 'sym') found.push('time')
  if (a.mode !== b.mode && a.type !== 'sym') found.push('mode')
  if (a.uid !== b.uid || a.gid !== b.gid || a.uname !== b.uname || a.gname !== b.gname) found.push('owner')
  if (a.link !== b.link) found.push('link')
  if (a.major !== b.major || a.minor !== b.minor) found.push('device')
  const touched = found.length > 0 || recordedCtime(a.records) !== recordedCtime(b.records)
  if (touched && before.hasSignature && after.hasSignature && !(await sameSignature(before, after)))
    found.push('content')
  return found
}

/** Compares what signatures say of the content; they are read to their ends. */
async function sameSignature(before: StateEntry, after: StateEntry): Promise<boolean> {
  const pull = async (entry: StateEntry, rest: Buffer): Promise<Buffer | undefined> => {
    if (rest.length > 0) return rest
    const piece = await entry.readSignature()
    return piece === undefined ? undefined : Buffer.from(piece)
  }
  let [a, b]: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)]
  for (;;) {
    const [one, other] = [await pull(before, a), await pull(after, b)]
    if (one === undefined || other === undefined) return one === other
    const length = Math.min(one.length, other.length)
    if (!one.subarray(0, length).equals(other.subarray(0, length))) return false
    a = one.subarray(length)
    b = other.subarray(length)
  }
}
