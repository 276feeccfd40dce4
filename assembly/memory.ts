/**
 * The memory of one instance: fixed scratch areas (in the data segment) and one heap, laid out anew by each user.
 * There is no allocator and nothing is freed: a user calls `reserve` for as many bytes as it needs from `heap`.
 */

/** Scratch for the padded end of a message: four lanes of 128 bytes. */
export const PAD: usize = memory.data(512, 16)
/** Scratch for one digest of at most 64 bytes, or four MD4 states, word by word. */
export const DIGEST: usize = memory.data(64, 16)
/** The sixteen message words of four lanes, transposed. */
export const WORDS: usize = memory.data(256, 16)

const PAGE: usize = 65536

/** First byte of the heap, aligned to a cache line. */
export function heap(): usize {
  return (__heap_base + 63) & ~63
}

/** Grows the memory so that the heap has `bytes` bytes; false if the host has no more memory. */
export function reserve(bytes: usize): bool {
  const pages = (heap() + bytes + PAGE - 1) / PAGE
  const have = <usize>memory.size()
  return pages <= have || memory.grow(<i32>(pages - have)) >= 0
}
