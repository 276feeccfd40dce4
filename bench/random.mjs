/** Randomness that is the same in every run: a seeded generator and seeded incompressible bytes. */
import { createCipheriv, createHash } from 'node:crypto'

/**
 * A generator of numbers from 0 to 1 (mulberry32), seeded by text.
 * @param {string} seed
 * @returns {() => number}
 */
export function generator(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Incompressible bytes, as an endless source: each call gives the next `length` bytes.
 * @param {string} seed
 * @returns {(length: number) => Buffer}
 */
export function noise(seed) {
  const key = createHash('sha256').update(seed).digest().subarray(0, 16)
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
  return (length) => cipher.update(Buffer.alloc(length))
}

/**
 * A new array in random order.
 * @template T
 * @param {readonly T[]} values
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffled(values, random) {
  const result = [...values]
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j], result[i]]
  }
  return result
}
