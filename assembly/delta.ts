/**
 * The search of a delta: new bytes come in at the end of a buffer, commands go out. One delta at a time per instance.
 *
 * Offsets are file offsets of the old file (the basis); a block is numbered from the start of the basis, an entry from
 * the start of the window of the signature that is loaded.
 */
import { closeOutput, emitCopy, emitLiteral, hasRoom, openOutput, takeOutput } from './emit'
import { laneDigest, md4Lanes } from './md4-lanes'
import { heap, reserve } from './memory'
import { rabinkarpLighter, rabinkarpShrink, rabinkarpWeight } from './rabinkarp'
import { rollsumShrink } from './rollsum'
import { scanned, scannedSum, scanRabinkarp, scanRollsum } from './scan'
import { same, strongSum, weakSum } from './sums'
import { entryOf, fillTable, findEntry, hasWeak, placeTable, tableBytes, tableCount } from './table'

/** Literals are written at the latest when there are so many. */
const LITERAL: usize = 32768
/** How much the buffer takes beyond what the search must keep. */
const STEP: usize = 262144
const OUTPUT: usize = 131072
const DIGEST: usize = memory.data(32, 16)
/** The entry of the last block of the basis, which may be short. */
const LAST: usize = memory.data(68, 16)

let blockLength: usize = 0
let strongLength: usize = 0
let weakKind: i32 = 0
let strongKind: i32 = 0
let weight: u32 = 0
/** Blocks of the basis; the first of the loaded window. */
let blocks: u32 = 0
let first: u32 = 0
let entries: usize = 0

let buffer: usize = 0
let bufferEnd: usize = 0
let output: usize = 0
/** literal ≤ position ≤ end: bytes not yet written, not yet searched, not yet received. */
let literal: usize = 0
let position: usize = 0
let end: usize = 0
/** Whether `sum` is the sum at `position` and was found not to match. */
let tested: bool = false
let sum: u32 = 0
let more: bool = false
let finishing: bool = false
/** Bytes at the end of the new file that are the last block of the basis. */
let shortLength: usize = 0
/** Where the next block is expected: block `nextBlock` at `nextPosition` (of the new file, whose buffer began at `base`). */
let nextBlock: u32 = 0
let nextPosition: u64 = 0
let base: u64 = 0

/**
 * Begins a delta and makes room for a window of `window` entries; `block` is 0 for a delta of literals only.
 * False if there is not enough memory.
 */
export function deltaStart(
  block: u32,
  strong: u32,
  weakOf: i32,
  strongOf: i32,
  count: u32,
  window: u32,
): bool {
  blockLength = block
  strongLength = strong
  weakKind = weakOf
  strongKind = strongOf
  blocks = count
  first = 0
  weight = rabinkarpWeight(block)
  const size = LITERAL + 4 * blockLength + STEP
  const table = tableBytes(window, 4 + strongLength)
  if (!reserve(size + OUTPUT + table + 64)) return false
  buffer = heap()
  bufferEnd = buffer + size
  output = bufferEnd
  entries = placeTable((output + OUTPUT + 63) & ~63, window, 4 + strongLength)
  fillTable(0)
  literal = buffer
  position = buffer
  end = buffer
  tested = false
  more = false
  finishing = false
  shortLength = 0
  nextBlock = 0
  nextPosition = 0
  base = 0
  openOutput(output, OUTPUT)
  return true
}

/** Where the entries of a window are put before `deltaLoad`. */
export function deltaEntries(): usize {
  return entries
}

/** Where the entry of the last block of the basis is put after `deltaStart`, as it is in the signature. */
export function deltaLast(): usize {
  return LAST
}

/** Takes over the window of `count` entries that starts with block `block`. */
export function deltaLoad(block: u32, count: u32): void {
  first = block
  fillTable(count)
  tested = false
}

/** Block of the basis that would come next if the new file went on as it did; a hint where to load the window. */
export function deltaExpected(): f64 {
  if (blockLength == 0) return 0
  return <f64>nextBlock + <f64>(base + <u64>(position - buffer) - nextPosition) / <f64>blockLength
}

/** Makes room for new bytes; returns how many fit at `deltaInput()`. */
export function deltaRoom(): usize {
  if (bufferEnd - end < STEP / 2) {
    const shift = literal - buffer
    memory.copy(buffer, literal, end - literal)
    base += <u64>shift
    literal -= shift
    position -= shift
    end -= shift
  }
  return bufferEnd - end
}

export function deltaInput(): usize {
  return end
}

export function deltaOutput(): usize {
  return output
}

/** Whether the last `deltaFeed` stopped because the output area was full: take the output, then feed 0 bytes. */
export function deltaMore(): bool {
  return more
}

/**
 * Searches `length` more bytes, which are at `deltaInput()`; `last` says that they are the last of the new file.
 * Returns how many bytes of delta are at `deltaOutput()`.
 */
export function deltaFeed(length: usize, last: bool): usize {
  end += length
  more = !(finishing || search(last)) || (last && !finish())
  return takeOutput()
}

/** False if the output area is full. */
function search(last: bool): bool {
  if (tableCount() == 0) position = end
  while (true) {
    while (position - literal >= LITERAL) {
      if (!hasRoom(LITERAL)) return false
      emitLiteral(literal, LITERAL)
      literal += LITERAL
    }
    if (!hasRoom(LITERAL)) return false
    if (end - position < blockLength || tableCount() == 0) return true
    if (!tested) {
      sum = weakSum(weakKind, position, blockLength)
      tested = true
      if (hasWeak(sum) && !match(last)) return true
    } else {
      const limit = min<usize>(end - blockLength, literal + LITERAL)
      if (position >= limit) return true
      const found =
        weakKind == 0
          ? scanRollsum(position, sum, limit, <u32>blockLength)
          : scanRabinkarp(position, sum, limit, <u32>blockLength, weight)
      position = scanned
      sum = scannedSum
      if (found && !match(last)) return true
    }
  }
}

/** Looks for the block at `position`, whose weak sum an entry has. False if more bytes must come first. */
function match(last: bool): bool {
  const taken = matchExpected(last)
  if (taken == 0) matchAny()
  else if (taken < 0) tested = false
  return taken >= 0
}

/** Takes `count` blocks from `block` on as copied. */
function take(block: u32, count: u32): void {
  const length = <usize>count * blockLength
  emitLiteral(literal, position - literal)
  emitCopy(<u64>block * <u64>blockLength, <u64>length)
  position += length
  literal = position
  tested = false
  nextBlock = block + count
  nextPosition = base + <u64>(position - buffer)
}

/** Looks the block at `position` up; its weak sum is `sum`. */
function matchAny(): void {
  strongSum(strongKind, position, blockLength, DIGEST)
  const entry = findEntry(sum, DIGEST)
  if (entry >= 0) take(first + <u32>entry, 1)
}

/** Tries the blocks that follow the last match. Returns how many were taken, or −1 to wait for more bytes. */
function matchExpected(last: bool): i32 {
  if (nextBlock < first || nextBlock - first >= tableCount()) return 0
  const entry = nextBlock - first
  if (load<u32>(entryOf(entry)) != sum) return 0
  if (ASC_FEATURE_SIMD) {
    if (strongKind == 0 && tableCount() - entry >= 4) {
      if (end - position >= 4 * blockLength) return matchFour(entry)
      if (!last) return -1
    }
  }
  strongSum(strongKind, position, blockLength, DIGEST)
  if (!same(entryOf(entry) + 4, DIGEST, strongLength)) return 0
  take(nextBlock, 1)
  return 1
}

function matchFour(entry: u32): i32 {
  const p1 = position + blockLength
  const p2 = p1 + blockLength
  md4Lanes(position, p1, p2, p2 + blockLength, blockLength)
  let count: u32 = 0
  for (; count < 4; ++count) {
    const expected = entryOf(entry + count)
    if (
      count > 0 &&
      weakSum(weakKind, position + <usize>count * blockLength, blockLength) != load<u32>(expected)
    )
      break
    laneDigest(count, DIGEST)
    if (!same(expected + 4, DIGEST, strongLength)) break
  }
  if (count > 0) take(nextBlock, count)
  return <i32>count
}

/** Writes what is left when fewer bytes than a block are untested. False if the output area is full. */
function finish(): bool {
  if (!finishing) {
    finishing = true
    if (blocks > 0) findShort()
    position = end - shortLength
  }
  while (literal < position) {
    if (!hasRoom(LITERAL)) return false
    const part = min<usize>(position - literal, LITERAL)
    emitLiteral(literal, part)
    literal += part
  }
  if (!hasRoom(0)) return false
  if (shortLength > 0) emitCopy(<u64>(blocks - 1) * <u64>blockLength, <u64>shortLength)
  closeOutput()
  return true
}

/** Looks for a suffix of the new file, shorter than a block, that is the last block of the basis; its length goes to `shortLength`. */
function findShort(): void {
  const wanted = bswap(load<u32>(LAST))
  let from = max<usize>(position, end - min<usize>(end - buffer, blockLength - 1))
  if (from >= end) return
  let length = end - from
  let weak = weakSum(weakKind, from, length)
  let heavy = rabinkarpWeight(<u32>length)
  while (length > 0) {
    if (weak == wanted) {
      strongSum(strongKind, from, length, DIGEST)
      if (same(LAST + 4, DIGEST, strongLength)) {
        shortLength = length
        return
      }
    }
    const out = <u32>load<u8>(from++)
    if (weakKind == 0) {
      weak = rollsumShrink(weak, <u32>length, out)
    } else {
      heavy = rabinkarpLighter(heavy)
      weak = rabinkarpShrink(weak, heavy, out)
    }
    --length
  }
}
