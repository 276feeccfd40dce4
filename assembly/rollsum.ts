/**
 * librsync's rolling sum ("rollsum"): a = Σ (x + 31), b = Σ (n − i)(x_i + 31), each modulo 2^16; the sum is b·2^16 + a.
 *
 * Both builds work on pairs of bytes: with P_j = x_2j + x_2j+1 and E_j = x_2j, the weighted sum of a row of 2k bytes
 * is Σ (2k − 1 − 2j)·P_j + E_j, so that the weights are applied once, at the end, to the accumulated lanes.
 */

const PLUS: u32 = 31

/** The rolling sum of `length` bytes. */
export function rollsum(data: usize, length: usize): u32 {
  const end = data + length
  let a: u32 = 0
  let b: u32 = 0
  if (ASC_FEATURE_SIMD) {
    const rows = end - (length & 15)
    const even = i16x8.splat(0xff)
    let pairs = i16x8.splat(0)
    let before = i16x8.splat(0)
    let firsts = i16x8.splat(0)
    for (; data < rows; data += 16) {
      const x = v128.load(data)
      before = i16x8.add(before, pairs)
      pairs = i16x8.add(pairs, i16x8.extadd_pairwise_i8x16_u(x))
      firsts = i16x8.add(firsts, v128.and(x, even))
    }
    const weighted = i16x8.add(i16x8.shl(before, 4), firsts)
    a = sumOfLanes(pairs)
    b = sumOfLanes(i16x8.add(weighted, i16x8.mul(pairs, i16x8(15, 13, 11, 9, 7, 5, 3, 1))))
  } else {
    const rows = end - (length & 7)
    const even: u64 = 0x00ff00ff00ff00ff
    for (; data < rows; data += 8) {
      const x = load<u64>(data)
      const first = x & even
      const pair = first + ((x >> 8) & even)
      // the top 16 bits of such a product are the sum of the four lanes, each times its weight
      b += (a << 3) + <u32>((pair * 0x0007000500030001) >> 48) + <u32>((first * 0x0001000100010001) >> 48)
      a += <u32>((pair * 0x0001000100010001) >> 48)
    }
  }
  for (; data < end; ++data) {
    a += load<u8>(data)
    b += a
  }
  const n = <u32>length
  a += n * PLUS
  b += <u32>((<u64>n * (<u64>n + 1)) >> 1) * PLUS
  return (b << 16) | (a & 0xffff)
}

/** Sum of eight 16-bit lanes, modulo 2^16 in the low half. */
function sumOfLanes(x: v128): u32 {
  const four = i32x4.extadd_pairwise_i16x8_u(x)
  return (
    i32x4.extract_lane(four, 0) +
    i32x4.extract_lane(four, 1) +
    i32x4.extract_lane(four, 2) +
    i32x4.extract_lane(four, 3)
  )
}

/** The sum after `out` left in front and `into` came in at the back of a window of `length` bytes. */
export function rollsumRotate(sum: u32, length: u32, out: u32, into: u32): u32 {
  const a = sum + into - out
  const b = (sum >>> 16) + a - length * (out + PLUS)
  return (b << 16) | (a & 0xffff)
}

/** The sum after `out` left in front of a window that had `length` bytes. */
export function rollsumShrink(sum: u32, length: u32, out: u32): u32 {
  const a = sum - (out + PLUS)
  const b = (sum >>> 16) - length * (out + PLUS)
  return (b << 16) | (a & 0xffff)
}
