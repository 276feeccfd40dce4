/**
 * The lookup table over a window of signature entries, in memory: a filter of bytes with two bits set for each block, an
 * open-addressing table of entry numbers, and the entries themselves (weak sum little-endian, then strong sum).
 *
 * Equal entries are kept once, and of those that share a weak sum only the first `MOST_ALIKE`: so a file of one
 * repeated block, or one made to collide, costs no more than any other. Left out blocks cost matches, never truth.
 */
import { same } from './sums'

const MOST_ALIKE: u32 = 16

let filter: usize = 0
let filterMask: u32 = 0
/** Addresses in the filter for sixteen sums: through memory they get to the loads more cheaply than lane by lane. */
const PLACES: usize = memory.data(64, 16)
/** The sixteen pairs of bits that a block can set in its byte of the filter. */
const PAIRS: usize = memory.data<u8>(
  [0x03, 0x06, 0x0c, 0x18, 0x30, 0x60, 0xc0, 0x81, 0x09, 0x12, 0x24, 0x48, 0x90, 0x21, 0x42, 0x84],
  16,
)
let slots: usize = 0
let slotMask: u32 = 0
let entries: usize = 0
let entrySize: usize = 0
let count: u32 = 0

function powerOfTwo(atLeast: u32): u32 {
  return atLeast <= 1 ? 1 : 1 << (32 - clz(atLeast - 1))
}

/** Two to four bytes a block; up to eight where the filter stays in the cache nearby. */
function filterBytes(blocks: u32): usize {
  return <usize>max<u32>(max<u32>(powerOfTwo(blocks << 1), min<u32>(powerOfTwo(blocks << 3), 131072)), 64)
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
  filterMask = <u32>filterBytes(blocks) - 1
  slots = filter + filterBytes(blocks)
  slotMask = slotCount(blocks) - 1
  entries = slots + <usize>slotCount(blocks) * 4
  entrySize = size
  count = 0
  return entries
}

/** Takes over the first `blocks` entries, whose weak sums are still big-endian. */
export function fillTable(blocks: u32): void {
  memory.fill(filter, 0, <usize>filterMask + 1)
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
  let alike: u32 = 0
  let slot = slotOf(weak)
  while (true) {
    const held = load<u32>(slots + ((<usize>slot) << 2))
    if (held == 0) break
    const other = entryOf(held - 1)
    if (load<u32>(other) == weak) {
      if (++alike == MOST_ALIKE || same(other + 4, entryOf(index) + 4, entrySize - 4)) return
    }
    slot = (slot + 1) & slotMask
  }
  store<u32>(slots + ((<usize>slot) << 2), index + 1)
  const byte = filter + placeOf(weak)
  store<u8>(byte, (<u32>load<u8>(byte)) | pairOf(weak))
}

/** Number of entries in the table. */
export function tableCount(): u32 {
  return count
}

/** Address of an entry. */
export function entryOf(index: u32): usize {
  return entries + <usize>index * entrySize
}

function slotOf(weak: u32): u32 {
  const hash = (weak ^ (weak >>> 16)) * 0x9e3779b1
  return (hash ^ (hash >>> 15)) & slotMask
}

/** The byte of the filter for a weak sum b·2^16 + a: a behind (b + 40503·a) modulo 2^16, cut to the filter's size. */
function placeOf(weak: u32): usize {
  return <usize>(((weak << 16) | (((weak >>> 16) + weak * 40503) & 0xffff)) & filterMask)
}

/** The bits in that byte: the top four bits of 28377·a modulo 2^16 choose them. */
function pairOf(weak: u32): u32 {
  return <u32>load<u8>(PAIRS + <usize>(((weak * 28377) >>> 12) & 15))
}

/** Whether the filter lets a weak sum pass; it lets all pass that an entry has. */
export function passes(weak: u32): bool {
  const pair = pairOf(weak)
  return ((<u32>load<u8>(filter + placeOf(weak))) & pair) == pair
}

/** `passes` for sixteen sums, whose halves a and b are in eight lanes each: one bit for each. */
export function passingOf(a0: v128, b0: v128, a1: v128, b1: v128): u32 {
  const mix = i16x8.splat(<i16>40503)
  const m0 = i16x8.add(b0, i16x8.mul(a0, mix))
  const m1 = i16x8.add(b1, i16x8.mul(a1, mix))
  const choose = i16x8.splat(<i16>28377)
  const four = i8x16.narrow_i16x8_u(
    i16x8.shr_u(i16x8.mul(a0, choose), 12),
    i16x8.shr_u(i16x8.mul(a1, choose), 12),
  )
  const pairs = i8x16.swizzle(v128.load(PAIRS), four)
  let bytes = i8x16.splat(0)
  v128.store(PLACES, placesOf(v128.shuffle<i16>(m0, a0, 0, 8, 1, 9, 2, 10, 3, 11)))
  v128.store(PLACES, placesOf(v128.shuffle<i16>(m0, a0, 4, 12, 5, 13, 6, 14, 7, 15)), 16)
  v128.store(PLACES, placesOf(v128.shuffle<i16>(m1, a1, 0, 8, 1, 9, 2, 10, 3, 11)), 32)
  v128.store(PLACES, placesOf(v128.shuffle<i16>(m1, a1, 4, 12, 5, 13, 6, 14, 7, 15)), 48)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 0), bytes, 0)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 4), bytes, 1)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 8), bytes, 2)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 12), bytes, 3)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 16), bytes, 4)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 20), bytes, 5)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 24), bytes, 6)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 28), bytes, 7)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 32), bytes, 8)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 36), bytes, 9)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 40), bytes, 10)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 44), bytes, 11)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 48), bytes, 12)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 52), bytes, 13)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 56), bytes, 14)
  bytes = v128.load_lane<u8>(<usize>load<u32>(PLACES, 60), bytes, 15)
  return <u32>i8x16.bitmask(i8x16.eq(v128.and(bytes, pairs), pairs))
}

function placesOf(sums: v128): v128 {
  return i32x4.add(v128.and(sums, i32x4.splat(<i32>filterMask)), i32x4.splat(<i32>filter))
}

/** Whether an entry has this weak sum. */
export function hasWeak(weak: u32): bool {
  let slot = slotOf(weak)
  while (true) {
    const held = load<u32>(slots + ((<usize>slot) << 2))
    if (held == 0) return false
    if (load<u32>(entryOf(held - 1)) == weak) return true
    slot = (slot + 1) & slotMask
  }
}

/** The number of the entry with these sums, or −1. */
export function findEntry(weak: u32, strong: usize): i32 {
  let slot = slotOf(weak)
  while (true) {
    const held = load<u32>(slots + ((<usize>slot) << 2))
    if (held == 0) return -1
    const entry = entryOf(held - 1)
    if (load<u32>(entry) == weak && same(entry + 4, strong, entrySize - 4)) return <i32>(held - 1)
    slot = (slot + 1) & slotMask
  }
}
