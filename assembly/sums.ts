/** The sums of a signature by kind: weak 0 = rollsum, 1 = RabinKarp; strong 0 = MD4 (16 bytes), 1 = BLAKE2b (32). */
import { blake2b } from './blake2b'
import { md4 } from './md4'
import { rabinkarp } from './rabinkarp'
import { rollsum } from './rollsum'

/** The weak sum of `length` bytes. */
export function weakSum(kind: i32, data: usize, length: usize): u32 {
  return kind == 0 ? rollsum(data, length) : rabinkarp(data, length)
}

/** Writes the whole strong sum to `to`. */
export function strongSum(kind: i32, data: usize, length: usize, to: usize): void {
  if (kind == 0) md4(data, length, to)
  else blake2b(data, length, to)
}

/** Whether two byte ranges are equal. */
export function same(left: usize, right: usize, length: usize): bool {
  while (length >= 8) {
    if (load<u64>(left) != load<u64>(right)) return false
    left += 8
    right += 8
    length -= 8
  }
  for (; length > 0; --length) if (load<u8>(left++) != load<u8>(right++)) return false
  return true
}
