/** BLAKE2b with a digest of 32 bytes and no key (RFC 7693), the strong sum of librsync's magics 0137 and 0147. */
import { PAD } from './memory'

const STATE: usize = memory.data(64, 16)
const WORK: usize = memory.data(128, 16)
const SIGMA: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
  11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
  9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
  12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
  6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
])
const IV: usize = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
  0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
])
const CHUNK: usize = 128
/** Parameter block: 32-byte digest, no key, fanout 1, depth 1. */
const PARAMETERS: u64 = 0x01010020

function mix(data: usize, sigma: usize, pair: usize, a: usize, b: usize, c: usize, d: usize): void {
  const x = load<u64>(data + ((<usize>load<u8>(sigma + 2 * pair)) << 3))
  const y = load<u64>(data + ((<usize>load<u8>(sigma + 2 * pair + 1)) << 3))
  let va = load<u64>(WORK + 8 * a)
  let vb = load<u64>(WORK + 8 * b)
  let vc = load<u64>(WORK + 8 * c)
  let vd = load<u64>(WORK + 8 * d)
  va += vb + x
  vd = rotr(vd ^ va, 32)
  vc += vd
  vb = rotr(vb ^ vc, 24)
  va += vb + y
  vd = rotr(vd ^ va, 16)
  vc += vd
  vb = rotr(vb ^ vc, 63)
  store<u64>(WORK + 8 * a, va)
  store<u64>(WORK + 8 * b, vb)
  store<u64>(WORK + 8 * c, vc)
  store<u64>(WORK + 8 * d, vd)
}

function compress(data: usize, counted: u64, last: bool): void {
  memory.copy(WORK, STATE, 64)
  memory.copy(WORK + 64, IV, 64)
  store<u64>(WORK + 96, load<u64>(WORK + 96) ^ counted)
  if (last) store<u64>(WORK + 112, ~load<u64>(WORK + 112))
  for (let round: usize = 0; round < 12; ++round) {
    const sigma = SIGMA + (round % 10) * 16
    mix(data, sigma, 0, 0, 4, 8, 12)
    mix(data, sigma, 1, 1, 5, 9, 13)
    mix(data, sigma, 2, 2, 6, 10, 14)
    mix(data, sigma, 3, 3, 7, 11, 15)
    mix(data, sigma, 4, 0, 5, 10, 15)
    mix(data, sigma, 5, 1, 6, 11, 12)
    mix(data, sigma, 6, 2, 7, 8, 13)
    mix(data, sigma, 7, 3, 4, 9, 14)
  }
  for (let i: usize = 0; i < 64; i += 8) {
    store<u64>(STATE + i, load<u64>(STATE + i) ^ load<u64>(WORK + i) ^ load<u64>(WORK + 64 + i))
  }
}

/** Writes the 32 bytes of BLAKE2b-256(data) to `to`. */
export function blake2b(data: usize, length: usize, to: usize): void {
  memory.copy(STATE, IV, 64)
  store<u64>(STATE, load<u64>(STATE) ^ PARAMETERS)
  let done: usize = 0
  for (; length - done > CHUNK; done += CHUNK) compress(data + done, <u64>(done + CHUNK), false)
  memory.fill(PAD, 0, CHUNK)
  memory.copy(PAD, data + done, length - done)
  compress(PAD, <u64>length, true)
  memory.copy(to, STATE, 32)
}
