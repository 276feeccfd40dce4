/** Signing: the entries (big-endian weak sum, then the first bytes of MD4) of consecutive blocks. */
import { md4 } from './md4'
import { laneDigest, md4Lanes } from './md4-lanes'
import { rollsum } from './rollsum'

/** Where one lane's digest is put together: behind the states, which use 64 bytes. */
const ONE: usize = memory.data(16, 16)

function entry(block: usize, length: usize, strongLength: usize, to: usize): void {
  store<u32>(to, bswap(rollsum(block, length)))
  memory.copy(to + 4, ONE, strongLength)
}

/**
 * Writes the entries of the blocks in `length` bytes at `data` to `to`; a rest shorter than a block is the last block.
 * Returns the bytes written. `strongLength` is 1–16.
 */
export function sign(data: usize, length: usize, blockLength: usize, strongLength: usize, to: usize): usize {
  const size: usize = 4 + strongLength
  const start = to
  const end = data + length
  if (ASC_FEATURE_SIMD) {
    while (end - data >= 2 * blockLength) {
      const blocks = min<usize>((end - data) / blockLength, 4)
      const p1 = data + blockLength
      const p2 = blocks > 2 ? p1 + blockLength : p1
      md4Lanes(data, p1, p2, blocks > 3 ? p2 + blockLength : p2, blockLength)
      for (let lane: usize = 0; lane < blocks; ++lane) {
        laneDigest(lane, ONE)
        entry(data, blockLength, strongLength, to)
        data += blockLength
        to += size
      }
    }
  }
  while (data < end) {
    const part = min<usize>(end - data, blockLength)
    md4(data, part, ONE)
    entry(data, part, strongLength, to)
    data += part
    to += size
  }
  return to - start
}
