/**
 * MD4 of four messages of equal length at once, one in each 32-bit lane. Only the SIMD build reaches this file.
 * The steps are those of md4.ts.
 */
import { pad } from './md4'
import { DIGEST, PAD, WORDS } from './memory'

function step(a: v128, f: v128, x: v128, shift: i32): v128 {
  const sum = i32x4.add(i32x4.add(a, x), f)
  return v128.or(i32x4.shl(sum, shift), i32x4.shr_u(sum, 32 - shift))
}

function word(index: usize): v128 {
  return v128.load(WORDS + index * 16)
}

/** Words 4q … 4q+3 of the four messages: four rows become four columns. */
function transpose(r0: v128, r1: v128, r2: v128, r3: v128, to: usize): void {
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
  const t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
  const t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
  const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(t0, t1, 0, 2))
  v128.store(to, v128.shuffle<i64>(t0, t1, 1, 3), 16)
  v128.store(to, v128.shuffle<i64>(t2, t3, 0, 2), 32)
  v128.store(to, v128.shuffle<i64>(t2, t3, 1, 3), 48)
}

/** The states live in DIGEST between calls: a of all lanes, b of all lanes, … */
function compress(p0: usize, p1: usize, p2: usize, p3: usize, chunks: usize): void {
  let a = v128.load(DIGEST)
  let b = v128.load(DIGEST, 16)
  let c = v128.load(DIGEST, 32)
  let d = v128.load(DIGEST, 48)
  let n: v128
  let m: v128
  const k2 = i32x4.splat(0x5a827999)
  const k3 = i32x4.splat(0x6ed9eba1)
  const end = p0 + (chunks << 6)
  while (p0 < end) {
    transpose(v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3), WORDS)
    transpose(v128.load(p0, 16), v128.load(p1, 16), v128.load(p2, 16), v128.load(p3, 16), WORDS + 64)
    transpose(v128.load(p0, 32), v128.load(p1, 32), v128.load(p2, 32), v128.load(p3, 32), WORDS + 128)
    transpose(v128.load(p0, 48), v128.load(p1, 48), v128.load(p2, 48), v128.load(p3, 48), WORDS + 192)
    const a0 = a
    const b0 = b
    const c0 = c
    const d0 = d
    // round 1
    a = step(a, v128.xor(d, v128.and(b, v128.xor(c, d))), word(0), 3)
    d = step(d, v128.xor(c, v128.and(a, v128.xor(b, c))), word(1), 7)
    c = step(c, v128.xor(b, v128.and(d, v128.xor(a, b))), word(2), 11)
    b = step(b, v128.xor(a, v128.and(c, v128.xor(d, a))), word(3), 19)
    a = step(a, v128.xor(d, v128.and(b, v128.xor(c, d))), word(4), 3)
    d = step(d, v128.xor(c, v128.and(a, v128.xor(b, c))), word(5), 7)
    c = step(c, v128.xor(b, v128.and(d, v128.xor(a, b))), word(6), 11)
    b = step(b, v128.xor(a, v128.and(c, v128.xor(d, a))), word(7), 19)
    a = step(a, v128.xor(d, v128.and(b, v128.xor(c, d))), word(8), 3)
    d = step(d, v128.xor(c, v128.and(a, v128.xor(b, c))), word(9), 7)
    c = step(c, v128.xor(b, v128.and(d, v128.xor(a, b))), word(10), 11)
    b = step(b, v128.xor(a, v128.and(c, v128.xor(d, a))), word(11), 19)
    a = step(a, v128.xor(d, v128.and(b, v128.xor(c, d))), word(12), 3)
    d = step(d, v128.xor(c, v128.and(a, v128.xor(b, c))), word(13), 7)
    c = step(c, v128.xor(b, v128.and(d, v128.xor(a, b))), word(14), 11)
    b = step(b, v128.xor(a, v128.and(c, v128.xor(d, a))), word(15), 19)
    // round 2
    m = v128.xor(c, d)
    n = v128.xor(b, c)
    a = step(a, v128.xor(c, v128.and(n, m)), i32x4.add(word(0), k2), 3)
    m = v128.xor(a, b)
    d = step(d, v128.xor(b, v128.and(m, n)), i32x4.add(word(4), k2), 5)
    n = v128.xor(d, a)
    c = step(c, v128.xor(a, v128.and(n, m)), i32x4.add(word(8), k2), 9)
    m = v128.xor(c, d)
    b = step(b, v128.xor(d, v128.and(m, n)), i32x4.add(word(12), k2), 13)
    n = v128.xor(b, c)
    a = step(a, v128.xor(c, v128.and(n, m)), i32x4.add(word(1), k2), 3)
    m = v128.xor(a, b)
    d = step(d, v128.xor(b, v128.and(m, n)), i32x4.add(word(5), k2), 5)
    n = v128.xor(d, a)
    c = step(c, v128.xor(a, v128.and(n, m)), i32x4.add(word(9), k2), 9)
    m = v128.xor(c, d)
    b = step(b, v128.xor(d, v128.and(m, n)), i32x4.add(word(13), k2), 13)
    n = v128.xor(b, c)
    a = step(a, v128.xor(c, v128.and(n, m)), i32x4.add(word(2), k2), 3)
    m = v128.xor(a, b)
    d = step(d, v128.xor(b, v128.and(m, n)), i32x4.add(word(6), k2), 5)
    n = v128.xor(d, a)
    c = step(c, v128.xor(a, v128.and(n, m)), i32x4.add(word(10), k2), 9)
    m = v128.xor(c, d)
    b = step(b, v128.xor(d, v128.and(m, n)), i32x4.add(word(14), k2), 13)
    n = v128.xor(b, c)
    a = step(a, v128.xor(c, v128.and(n, m)), i32x4.add(word(3), k2), 3)
    m = v128.xor(a, b)
    d = step(d, v128.xor(b, v128.and(m, n)), i32x4.add(word(7), k2), 5)
    n = v128.xor(d, a)
    c = step(c, v128.xor(a, v128.and(n, m)), i32x4.add(word(11), k2), 9)
    m = v128.xor(c, d)
    b = step(b, v128.xor(d, v128.and(m, n)), i32x4.add(word(15), k2), 13)
    // round 3
    n = v128.xor(b, c)
    a = step(a, v128.xor(n, d), i32x4.add(word(0), k3), 3)
    d = step(d, v128.xor(a, n), i32x4.add(word(8), k3), 9)
    n = v128.xor(d, a)
    c = step(c, v128.xor(n, b), i32x4.add(word(4), k3), 11)
    b = step(b, v128.xor(c, n), i32x4.add(word(12), k3), 15)
    n = v128.xor(b, c)
    a = step(a, v128.xor(n, d), i32x4.add(word(2), k3), 3)
    d = step(d, v128.xor(a, n), i32x4.add(word(10), k3), 9)
    n = v128.xor(d, a)
    c = step(c, v128.xor(n, b), i32x4.add(word(6), k3), 11)
    b = step(b, v128.xor(c, n), i32x4.add(word(14), k3), 15)
    n = v128.xor(b, c)
    a = step(a, v128.xor(n, d), i32x4.add(word(1), k3), 3)
    d = step(d, v128.xor(a, n), i32x4.add(word(9), k3), 9)
    n = v128.xor(d, a)
    c = step(c, v128.xor(n, b), i32x4.add(word(5), k3), 11)
    b = step(b, v128.xor(c, n), i32x4.add(word(13), k3), 15)
    n = v128.xor(b, c)
    a = step(a, v128.xor(n, d), i32x4.add(word(3), k3), 3)
    d = step(d, v128.xor(a, n), i32x4.add(word(11), k3), 9)
    n = v128.xor(d, a)
    c = step(c, v128.xor(n, b), i32x4.add(word(7), k3), 11)
    b = step(b, v128.xor(c, n), i32x4.add(word(15), k3), 15)
    a = i32x4.add(a, a0)
    b = i32x4.add(b, b0)
    c = i32x4.add(c, c0)
    d = i32x4.add(d, d0)
    p0 += 64
    p1 += 64
    p2 += 64
    p3 += 64
  }
  v128.store(DIGEST, a)
  v128.store(DIGEST, b, 16)
  v128.store(DIGEST, c, 32)
  v128.store(DIGEST, d, 48)
}

/** MD4 of four messages of `length` bytes each; `laneDigest` then reads the result. Pointers may be equal. */
export function md4Lanes(p0: usize, p1: usize, p2: usize, p3: usize, length: usize): void {
  v128.store(DIGEST, i32x4.splat(0x67452301))
  v128.store(DIGEST, i32x4.splat(0xefcdab89), 16)
  v128.store(DIGEST, i32x4.splat(0x98badcfe), 32)
  v128.store(DIGEST, i32x4.splat(0x10325476), 48)
  compress(p0, p1, p2, p3, length >> 6)
  const chunks = pad(p0, length, PAD)
  if (length & 63) {
    pad(p1, length, PAD + 128)
    pad(p2, length, PAD + 256)
    pad(p3, length, PAD + 384)
    compress(PAD, PAD + 128, PAD + 256, PAD + 384, chunks)
  } else {
    compress(PAD, PAD, PAD, PAD, chunks)
  }
}

/** Writes the 16 bytes of the digest of one lane (0–3) to `to`. */
export function laneDigest(lane: usize, to: usize): void {
  const from = DIGEST + lane * 4
  store<u32>(to, load<u32>(from))
  store<u32>(to, load<u32>(from, 16), 4)
  store<u32>(to, load<u32>(from, 32), 8)
  store<u32>(to, load<u32>(from, 48), 12)
}
