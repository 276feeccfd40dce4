/**
 * Tells data that deflate cannot make smaller, by looking at a part of it.
 */

const sampleBytes = 2048
const samples = 4
/** Bits a byte above which single bytes promise a gain of less than some percents. */
const highEntropy = 7.8
/** Bytes searched for repeated strings, and the share of strings that must repeat to be worth deflating. */
const searched = 49152
const worthwhile = 0.01
const log2 = Float64Array.from({ length: samples * sampleBytes + 1 }, (_, n) =>
  n === 0 ? 0 : n * Math.log2(n),
)

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

/** Share of four-byte strings in the middle of the chunk that came shortly before; one in sixteen is looked at. */
function repeats(chunk: Buffer): number {
  const length = Math.min(searched, chunk.length)
  const start = (chunk.length - length) >> 1
  const seen = new Int32Array(1024)
  let looked = 0
  let found = 0
  let word = 0
  for (let i = start; i < start + length; i++) {
    word = (word << 8) | (chunk[i] ?? 0)
    if ((word & 15) !== 0) continue
    const slot = (word >>> 4) & 1023
    looked++
    if (seen[slot] === word) found++
    seen[slot] = word
  }
  return looked === 0 ? 1 : found / looked
}
