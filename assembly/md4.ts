/**
 * MD4 (RFC 1320) of one message.
 *
 * Rounds 2 and 3 keep the xor of two neighbouring state words from one step to the next, in turn in `n` and `m`:
 * the majority of b, c, d is `c ^ ((b ^ c) & (c ^ d))`, and in the next step (b ^ c) is the second factor.
 */
import { PAD } from './memory'

const K2: u32 = 0x5a827999
const K3: u32 = 0x6ed9eba1

let h0: u32 = 0
let h1: u32 = 0
let h2: u32 = 0
let h3: u32 = 0

function step(a: u32, f: u32, x: u32, shift: i32): u32 {
  return rotl(a + f + x, shift)
}

function compress(data: usize, chunks: usize): void {
  let a = h0
  let b = h1
  let c = h2
  let d = h3
  let n: u32
  let m: u32
  const end = data + (chunks << 6)
  for (; data < end; data += 64) {
    const a0 = a
    const b0 = b
    const c0 = c
    const d0 = d
    // round 1
    a = step(a, d ^ (b & (c ^ d)), load<u32>(data, 0), 3)
    d = step(d, c ^ (a & (b ^ c)), load<u32>(data, 4), 7)
    c = step(c, b ^ (d & (a ^ b)), load<u32>(data, 8), 11)
    b = step(b, a ^ (c & (d ^ a)), load<u32>(data, 12), 19)
    a = step(a, d ^ (b & (c ^ d)), load<u32>(data, 16), 3)
    d = step(d, c ^ (a & (b ^ c)), load<u32>(data, 20), 7)
    c = step(c, b ^ (d & (a ^ b)), load<u32>(data, 24), 11)
    b = step(b, a ^ (c & (d ^ a)), load<u32>(data, 28), 19)
    a = step(a, d ^ (b & (c ^ d)), load<u32>(data, 32), 3)
    d = step(d, c ^ (a & (b ^ c)), load<u32>(data, 36), 7)
    c = step(c, b ^ (d & (a ^ b)), load<u32>(data, 40), 11)
    b = step(b, a ^ (c & (d ^ a)), load<u32>(data, 44), 19)
    a = step(a, d ^ (b & (c ^ d)), load<u32>(data, 48), 3)
    d = step(d, c ^ (a & (b ^ c)), load<u32>(data, 52), 7)
    c = step(c, b ^ (d & (a ^ b)), load<u32>(data, 56), 11)
    b = step(b, a ^ (c & (d ^ a)), load<u32>(data, 60), 19)
    // round 2
    m = c ^ d
    n = b ^ c
    a = step(a, c ^ (n & m), load<u32>(data, 0) + K2, 3)
    m = a ^ b
    d = step(d, b ^ (m & n), load<u32>(data, 16) + K2, 5)
    n = d ^ a
    c = step(c, a ^ (n & m), load<u32>(data, 32) + K2, 9)
    m = c ^ d
    b = step(b, d ^ (m & n), load<u32>(data, 48) + K2, 13)
    n = b ^ c
    a = step(a, c ^ (n & m), load<u32>(data, 4) + K2, 3)
    m = a ^ b
    d = step(d, b ^ (m & n), load<u32>(data, 20) + K2, 5)
    n = d ^ a
    c = step(c, a ^ (n & m), load<u32>(data, 36) + K2, 9)
    m = c ^ d
    b = step(b, d ^ (m & n), load<u32>(data, 52) + K2, 13)
    n = b ^ c
    a = step(a, c ^ (n & m), load<u32>(data, 8) + K2, 3)
    m = a ^ b
    d = step(d, b ^ (m & n), load<u32>(data, 24) + K2, 5)
    n = d ^ a
    c = step(c, a ^ (n & m), load<u32>(data, 40) + K2, 9)
    m = c ^ d
    b = step(b, d ^ (m & n), load<u32>(data, 56) + K2, 13)
    n = b ^ c
    a = step(a, c ^ (n & m), load<u32>(data, 12) + K2, 3)
    m = a ^ b
    d = step(d, b ^ (m & n), load<u32>(data, 28) + K2, 5)
    n = d ^ a
    c = step(c, a ^ (n & m), load<u32>(data, 44) + K2, 9)
    m = c ^ d
    b = step(b, d ^ (m & n), load<u32>(data, 60) + K2, 13)
    // round 3
    n = b ^ c
    a = step(a, n ^ d, load<u32>(data, 0) + K3, 3)
    d = step(d, a ^ n, load<u32>(data, 32) + K3, 9)
    n = d ^ a
    c = step(c, n ^ b, load<u32>(data, 16) + K3, 11)
    b = step(b, c ^ n, load<u32>(data, 48) + K3, 15)
    n = b ^ c
    a = step(a, n ^ d, load<u32>(data, 8) + K3, 3)
    d = step(d, a ^ n, load<u32>(data, 40) + K3, 9)
    n = d ^ a
    c = step(c, n ^ b, load<u32>(data, 24) + K3, 11)
    b = step(b, c ^ n, load<u32>(data, 56) + K3, 15)
    n = b ^ c
    a = step(a, n ^ d, load<u32>(data, 4) + K3, 3)
    d = step(d, a ^ n, load<u32>(data, 36) + K3, 9)
    n = d ^ a
    c = step(c, n ^ b, load<u32>(data, 20) + K3, 11)
    b = step(b, c ^ n, load<u32>(data, 52) + K3, 15)
    n = b ^ c
    a = step(a, n ^ d, load<u32>(data, 12) + K3, 3)
    d = step(d, a ^ n, load<u32>(data, 44) + K3, 9)
    n = d ^ a
    c = step(c, n ^ b, load<u32>(data, 28) + K3, 11)
    b = step(b, c ^ n, load<u32>(data, 60) + K3, 15)
    a += a0
    b += b0
    c += c0
    d += d0
  }
  h0 = a
  h1 = b
  h2 = c
  h3 = d
}

/** Writes the padded end of a message of `length` bytes to `to`; returns its number of 64-byte chunks: 1 or 2. */
export function pad(data: usize, length: usize, to: usize): usize {
  const rest = length & 63
  const chunks: usize = rest < 56 ? 1 : 2
  memory.fill(to, 0, 128)
  memory.copy(to, data + length - rest, rest)
  store<u8>(to + rest, 0x80)
  store<u64>(to + (chunks << 6) - 8, (<u64>length) << 3)
  return chunks
}

/** Writes the 16 bytes of MD4(data) to `to`. */
export function md4(data: usize, length: usize, to: usize): void {
  h0 = 0x67452301
  h1 = 0xefcdab89
  h2 = 0x98badcfe
  h3 = 0x10325476
  compress(data, length >> 6)
  compress(PAD, pad(data, length, PAD))
  store<u32>(to, h0)
  store<u32>(to, h1, 4)
  store<u32>(to, h2, 8)
  store<u32>(to, h3, 12)
}
