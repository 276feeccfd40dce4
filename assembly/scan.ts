/**
 * The search for the next position whose weak sum is in the table. A scan starts at a position that was already
 * tested, whose sum it is given, and ends at the first one that hits, or at its limit (tested too, no hit).
 * `scanned` then holds the position and `scannedSum` its sum.
 */
import { rabinkarpRotate } from './rabinkarp'
import { rollsumRotate } from './rollsum'
import { hasWeak, passes, passingOf } from './table'

export let scanned: usize = 0
export let scannedSum: u32 = 0

/** Weak sums of sixteen positions, for the few that pass the filter. */
const SUMS: usize = memory.data(64, 16)

function hit(sum: u32): bool {
  return passes(sum) && hasWeak(sum)
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
    if (from + 16 <= limit) {
      if (scanSixteen(from, sum, limit, length)) return true
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
function prefix(x: v128): v128 {
  const zero = i16x8.splat(0)
  x = i16x8.add(x, v128.shuffle<i16>(zero, x, 7, 8, 9, 10, 11, 12, 13, 14))
  x = i16x8.add(x, v128.shuffle<i16>(zero, x, 6, 7, 8, 9, 10, 11, 12, 13))
  return i16x8.add(x, v128.shuffle<i16>(zero, x, 4, 5, 6, 7, 8, 9, 10, 11))
}

/** Sixteen positions at a time: the halves of a sum are 16-bit numbers, so they fit the lanes and wrap as they must. */
function scanSixteen(from: usize, sum: u32, limit: usize, length: u32): bool {
  const lengths = i16x8.splat(<i16>length)
  const plus = i16x8.splat(31)
  let lastA = i16x8.splat(<i16>sum)
  let lastB = i16x8.splat(<i16>(sum >>> 16))
  while (from + 16 <= limit) {
    let out = v128.load_ext<u8>(from)
    const a0 = i16x8.add(lastA, prefix(i16x8.sub(v128.load_ext<u8>(from + length), out)))
    const b0 = i16x8.add(lastB, prefix(i16x8.sub(a0, i16x8.mul(lengths, i16x8.add(out, plus)))))
    out = v128.load_ext<u8>(from, 8)
    const a1 = i16x8.add(last(a0), prefix(i16x8.sub(v128.load_ext<u8>(from + length, 8), out)))
    const b1 = i16x8.add(last(b0), prefix(i16x8.sub(a1, i16x8.mul(lengths, i16x8.add(out, plus)))))
    let passing = passingOf(a0, b0, a1, b1)
    if (passing != 0) {
      v128.store(SUMS, v128.shuffle<i16>(a0, b0, 0, 8, 1, 9, 2, 10, 3, 11))
      v128.store(SUMS, v128.shuffle<i16>(a0, b0, 4, 12, 5, 13, 6, 14, 7, 15), 16)
      v128.store(SUMS, v128.shuffle<i16>(a1, b1, 0, 8, 1, 9, 2, 10, 3, 11), 32)
      v128.store(SUMS, v128.shuffle<i16>(a1, b1, 4, 12, 5, 13, 6, 14, 7, 15), 48)
      for (; passing != 0; passing &= passing - 1) {
        const lane = <usize>ctz(passing)
        const one = load<u32>(SUMS + lane * 4)
        if (hasWeak(one)) return finish(from + lane + 1, one, true)
      }
    }
    lastA = last(a1)
    lastB = last(b1)
    from += 16
  }
  sum = ((<u32>i16x8.extract_lane_u(lastB, 0)) << 16) | (<u32>i16x8.extract_lane_u(lastA, 0))
  return finish(from, sum, false)
}

/** The last lane in all lanes. */
function last(x: v128): v128 {
  return v128.shuffle<i16>(x, x, 7, 7, 7, 7, 7, 7, 7, 7)
}
