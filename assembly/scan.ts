/**
 * The search for the next position whose weak sum is in the table. A scan starts at a position that was already
 * tested, whose sum it is given, and ends at the first one that hits, or at its limit (tested too, no hit).
 * `scanned` then holds the position and `scannedSum` its sum.
 */
import { rabinkarpRotate } from './rabinkarp'
import { rollsumRotate } from './rollsum'
import { filtered, hashOf, hasWeak } from './table'

export let scanned: usize = 0
export let scannedSum: u32 = 0

/** Weak sums of eight positions, for the few whose hash passes the filter. */
const SUMS: usize = memory.data(32, 16)

// @ts-ignore: decorator
@inline
function hit(sum: u32): bool {
  return (filtered(hashOf(sum)) & 1) != 0 && hasWeak(sum)
}

/** By RabinKarp sums; `weight` belongs to the window length. */
export function scanRabinkarp(from: usize, sum: u32, limit: usize, length: u32, weight: u32): bool {
  while (from < limit) {
    sum = rabinkarpRotate(sum, weight, <u32>load<u8>(from), <u32>load<u8>(from + length))
    from += 1
    if (hit(sum)) return finish(from, sum, true)
  }
  return finish(from, sum, false)
}

/** By rolling sums. */
export function scanRollsum(from: usize, sum: u32, limit: usize, length: u32): bool {
  if (ASC_FEATURE_SIMD) {
    if (from + 8 <= limit) {
      if (scanEight(from, sum, limit, length)) return true
      from = scanned
      sum = scannedSum
    }
  }
  while (from < limit) {
    sum = rollsumRotate(sum, length, <u32>load<u8>(from), <u32>load<u8>(from + length))
    from += 1
    if (hit(sum)) return finish(from, sum, true)
  }
  return finish(from, sum, false)
}

function finish(at: usize, sum: u32, found: bool): bool {
  scanned = at
  scannedSum = sum
  return found
}

/** Sum of each 16-bit lane and all before it. */
// @ts-ignore: decorator
@inline
function prefix(x: v128): v128 {
  const zero = i16x8.splat(0)
  x = i16x8.add(x, v128.shuffle<i16>(zero, x, 7, 8, 9, 10, 11, 12, 13, 14))
  x = i16x8.add(x, v128.shuffle<i16>(zero, x, 6, 7, 8, 9, 10, 11, 12, 13))
  return i16x8.add(x, v128.shuffle<i16>(zero, x, 4, 5, 6, 7, 8, 9, 10, 11))
}

// @ts-ignore: decorator
@inline
function filteredTwo(hashes: u64): u64 {
  return filtered(<u32>hashes) | filtered(<u32>(hashes >> 32))
}

/** Eight positions at a time: both halves of the sum are 16-bit numbers, so they fit the lanes and wrap as they must. */
function scanEight(from: usize, sum: u32, limit: usize, length: u32): bool {
  const lengths = i16x8.splat(<i16>length)
  const plus = i16x8.splat(31)
  const factor = i32x4.splat(<i32>0x9e3779b1)
  let lastA = i16x8.splat(<i16>sum)
  let lastB = i16x8.splat(<i16>(sum >>> 16))
  while (from + 8 <= limit) {
    const out = v128.load_ext<u8>(from)
    const into = v128.load_ext<u8>(from + length)
    const a = i16x8.add(lastA, prefix(i16x8.sub(into, out)))
    const b = i16x8.add(lastB, prefix(i16x8.sub(a, i16x8.mul(lengths, i16x8.add(out, plus)))))
    const mixed = v128.xor(a, b)
    const low = i32x4.mul(v128.shuffle<i16>(mixed, b, 0, 8, 1, 9, 2, 10, 3, 11), factor)
    const high = i32x4.mul(v128.shuffle<i16>(mixed, b, 4, 12, 5, 13, 6, 14, 7, 15), factor)
    const any =
      filteredTwo(i64x2.extract_lane(low, 0)) |
      filteredTwo(i64x2.extract_lane(low, 1)) |
      filteredTwo(i64x2.extract_lane(high, 0)) |
      filteredTwo(i64x2.extract_lane(high, 1))
    if (any & 1) {
      v128.store(SUMS, v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11))
      v128.store(SUMS, v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15), 16)
      for (let lane: usize = 0; lane < 8; ++lane) {
        const one = load<u32>(SUMS + lane * 4)
        if (hit(one)) return finish(from + lane + 1, one, true)
      }
    }
    lastA = v128.shuffle<i16>(a, a, 7, 7, 7, 7, 7, 7, 7, 7)
    lastB = v128.shuffle<i16>(b, b, 7, 7, 7, 7, 7, 7, 7, 7)
    from += 8
  }
  sum = (<u32>i16x8.extract_lane_u(lastB, 0) << 16) | <u32>i16x8.extract_lane_u(lastA, 0)
  return finish(from, sum, false)
}
