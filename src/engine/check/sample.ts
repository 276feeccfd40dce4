/** A random sample that the same seed gives again. */

/** `percent` (0–100) of the items, at least one of them, in their order. */
export function sample<T>(items: readonly T[], percent: number, seed: number): T[] {
  const count = Math.min(items.length, Math.max(1, Math.ceil((items.length * percent) / 100)))
  const random = generator(seed)
  const order = items.map((_, index) => index)
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (order.length - at))
    const [here, there] = [order[at] ?? 0, order[other] ?? 0]
    order[at] = there
    order[other] = here
  }
  const chosen = new Set(order.slice(0, count))
  return items.filter((_, index) => chosen.has(index))
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
