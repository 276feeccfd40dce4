/**
 * Tells data that deflate cannot make smaller, by looking at a part of it.
 */

const sampleBytes = 4096
const samples = 4
/** Bits a byte above which order-0 statistics promise less than some percents. */
const highEntropy = 7.8
/** Bytes searched for repeated strings, and the share of positions that must repeat to be worth deflating. */
const searched = 24576
const worthwhile = 0.01
const log2 = Array.from({ length: samples * sampleBytes + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)))

/** Whether a chunk is hopeless to compress (compressed, encrypted or random data). Small chunks never are. */
export function isIncompressible(chunk: Buffer): boolean {
  if (chunk.length < samples * sampleBytes) return false
  return entropy(chunk) > highEntropy && repeats(chunk) < worthwhile
}

/** Bits a byte over the samples together. */
function entropy(chunk: Buffer): number {
  const counts = new Uint32Array(256)
  const step = Math.floor((chunk.length - sampleBytes) / (samples - 1))
  for (let sample = 0; sample < samples; sample++) {
    const end = sample * step + sampleBytes
    for (let i = sample * step; i < end; i++) {
      const value = chunk[i] ?? 0
      counts[value] = (counts[value] ?? 0) + 1
    }
  }
  const total = samples * sampleBytes
  let sum = 0
  for (const count of counts) sum += log2[count] ?? 0
  return Math.log2(total) - sum / total
}

/** Share of positions in the middle of the chunk whose four bytes came shortly before. */
function repeats(chunk: Buffer): number {
  const length = Math.min(searched, chunk.length - 4)
  const start = Math.floor((chunk.length - 4 - length) / 2)
  const last = new Int32Array(4096).fill(-1)
  let found = 0
  for (let i = start; i < start + length; i++) {
    const word = chunk.readInt32LE(i)
    const slot = Math.imul(word, 0x9e3779b1) >>> 20
    const before = last[slot] ?? -1
    if (before >= 0 && chunk.readInt32LE(before) === word) found++
    last[slot] = i
  }
  return found / length
}
