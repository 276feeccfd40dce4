/** Numbers that look random, in [0, 1), the same for the same start. */
export function random(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    mixed ^= mixed >>> 16
    return (mixed >>> 0) / 2 ** 32
  }
}
