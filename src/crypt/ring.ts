/**
 * Memory that two threads share, in slots: one fills them in turn, the other gives them back when it has used what is in
 * them. Buffers that are made for each piece instead would have to be found by the garbage collection, which large
 * buffers make run all the time.
 */

const slotBytes = 1 << 19
/** How many slots there are: what may be filled and not given back yet. */
export const slots = 4

export type Ring = SharedArrayBuffer

export function newRing(): Ring {
  return new SharedArrayBuffer(slots * slotBytes)
}

/** The slot of a turn; turns count from 0. */
export function slotOf(ring: Ring, turn: number): Buffer {
  return Buffer.from(ring, (turn % slots) * slotBytes, slotBytes)
}
