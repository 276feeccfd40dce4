/**
 * The RabinKarp rolling sum of librsync 2.2 and later: a polynomial hash modulo 2^32 that starts at 1. duplicity's
 * signatures do not use it, but a reader meets it where other programs wrote them.
 */

const MULTIPLIER: u32 = 0x08104225
/** Inverse of MULTIPLIER modulo 2^32. */
const INVERSE: u32 = 0x98f009ad
/** What the starting value 1 adds to each byte that leaves: MULTIPLIER − 1. */
const ADJUST: u32 = 0x08104224

/** The RabinKarp sum of `length` bytes. */
export function rabinkarp(data: usize, length: usize): u32 {
  let hash: u32 = 1
  const end = data + length
  for (; data < end; ++data) hash = hash * MULTIPLIER + <u32>load<u8>(data)
  return hash
}

/** MULTIPLIER to the power of `length`: the weight of the byte that leaves a window of that length. */
export function rabinkarpWeight(length: u32): u32 {
  let power: u32 = 1
  let base = MULTIPLIER
  for (let n = length; n > 0; n >>>= 1) {
    if (n & 1) power *= base
    base *= base
  }
  return power
}

export function rabinkarpRotate(sum: u32, weight: u32, out: u32, into: u32): u32 {
  return sum * MULTIPLIER + into - weight * (out + ADJUST)
}

/** The sum after `out` left in front; `weight` is that of the window before, divided once by MULTIPLIER. */
export function rabinkarpShrink(sum: u32, weight: u32, out: u32): u32 {
  return sum - weight * (out + ADJUST)
}

/** The weight of a window that is one byte shorter. */
export function rabinkarpLighter(weight: u32): u32 {
  return weight * INVERSE
}
