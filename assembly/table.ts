/**
 * The lookup table over a window of signature entries, in memory: a filter of 64-bit words with two bits per block,
 * an open-addressing table of entry numbers, and the entries themselves (weak sum little-endian, then strong sum).
 *
 * Equal entries are kept once, and of those that share a weak sum only the first `MOST_ALIKE`: so a file of one
 * repeated block, or one made to collide, costs no more than any other. Left out blocks cost matches, never truth.
 */
import { same } from './sums'

const MOST_ALIKE: u32 = 16

let filter: usize = 0
let filterMask: u32 = 0
let slots: usize = 0
let slotMask: u32 = 0
let entries: usize = 0
let entrySize: usize = 0
let count: u32 = 0

function powerOfTwo(atLeast: u32): u32 {
  return atLeast <= 1 ? 1 : (1 << (32 - clz(atLeast - 1)))
}

function filterBytes(blocks: u32): usize {
  return <usize>max<u32>(powerOfTwo(blocks << 1), 512)
}

function slotCount(blocks: u32): u32 {
  return max<u32>(powerOfTwo(blocks + (blocks >> 1)), 16)
}

/** Bytes that a table of `blocks` entries of `size` bytes needs. */
export function tableBytes(blocks: u32, size: usize): usize {
  return filterBytes(blocks) + <usize>slotCount(blocks) * 4 + <usize>blocks * size
}

/** Places a table for at most `blocks` entries of `size` bytes at `at`; returns where the entries go. */
export function placeTable(at: usize, blocks: u32, size: usize): usize {
  filter = at
  filterMask = (<u32>filterBytes(blocks) - 1) & ~7
  slots = filter + filterBytes(blocks)
  slotMask = slotCount(blocks) - 1
  entries = slots + <usize>slotCount(blocks) * 4
  entrySize = size
  count = 0
  return entries
}

/** Takes over the first `blocks` entries, whose weak sums are still big-endian. */
export function fillTable(blocks: u32): void {
  memory.fill(filter, 0, <usize>filterMask + 8)
  memory.fill(slots, 0, (<usize>slotMask + 1) * 4)
  count = blocks
  for (let index: u32 = 0; index < blocks; ++index) {
    const entry = entryOf(index)
    const weak = bswap(load<u32>(entry))
    store<u32>(entry, weak)
    insert(index, weak)
  }
}

function insert(index: u32, weak: u32): void {
  const hash = hashOf(weak)
  let alike: u32 = 0
  let slot = slotOf(hash)
  while (true) {
    const held = load<u32>(slots + (<usize>slot << 2))
    if (held == 0) break
    const other = entryOf(held - 1)
    if (load<u32>(other) == weak) {
      if (++alike == MOST_ALIKE || same(other + 4, entryOf(index) + 4, entrySize - 4)) return
    }
    slot = (slot + 1) & slotMask
  }
  store<u32>(slots + (<usize>slot << 2), index + 1)
  const word = filter + <usize>(hash & filterMask)
  store<u64>(word, load<u64>(word) | (<u64>1 << (hash >>> 26)) | (<u64>1 << ((hash >>> 20) & 63)))
}

/** Number of entries in the table. */
export function tableCount(): u32 {
  return count
}

/** Address of an entry. */
// @ts-ignore: decorator
@inline
export function entryOf(index: u32): usize {
  return entries + <usize>index * entrySize
}

/** The hash of a weak sum: the halves are mixed first, because the low half of both kinds varies little. */
// @ts-ignore: decorator
@inline
export function hashOf(weak: u32): u32 {
  return (weak ^ (weak >>> 16)) * 0x9e3779b1
}

// @ts-ignore: decorator
@inline
function slotOf(hash: u32): u32 {
  return (hash ^ (hash >>> 15)) & slotMask
}

/** Bit 0: whether the filter knows the hash. Other bits mean nothing. */
// @ts-ignore: decorator
@inline
export function filtered(hash: u32): u64 {
  const word = load<u64>(filter + <usize>(hash & filterMask))
  return (word >> <u64>(hash >>> 26)) & (word >> <u64>(hash >>> 20))
}

/** Whether an entry has this weak sum. */
export function hasWeak(weak: u32): bool {
  let slot = slotOf(hashOf(weak))
  while (true) {
    const held = load<u32>(slots + (<usize>slot << 2))
    if (held == 0) return false
    if (load<u32>(entryOf(held - 1)) == weak) return true
    slot = (slot + 1) & slotMask
  }
}

/** The number of the entry with these sums, or −1. */
export function findEntry(weak: u32, strong: usize): i32 {
  let slot = slotOf(hashOf(weak))
  while (true) {
    const held = load<u32>(slots + (<usize>slot << 2))
    if (held == 0) return -1
    const entry = entryOf(held - 1)
    if (load<u32>(entry) == weak && same(entry + 4, strong, entrySize - 4)) return <i32>(held - 1)
    slot = (slot + 1) & slotMask
  }
}
