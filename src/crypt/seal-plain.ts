/**
 * Files that are not encrypted: raw, or one gzip member (RFC 1952) without name and time.
 */
import { crc32 } from 'node:zlib'
import { Deflater } from './deflate.ts'
import type { ByteSink, Seal } from './crypt.ts'

/** Counts what the sink received. */
export class Output {
  readonly #sink: ByteSink
  #aborted = false
  written = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /** Hands bytes to the sink, one call at a time. */
  async put(bytes: Uint8Array): Promise<void> {
    if (this.#aborted || bytes.length === 0) return
    await this.#sink(bytes)
    this.written += bytes.length
  }

  abort(): void {
    this.#aborted = true
  }
}

/** The same bytes as a Buffer, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Begins a raw file. */
export function sealRaw(sink: ByteSink): Seal {
  const output = new Output(sink)
  return {
    get written() {
      return output.written
    },
    pending: 0,
    // The sink has had it.
    copies: true,
    write: (plain) => output.put(plain),
    settle: () => Promise.resolve(),
    access: () => Promise.resolve({ offset: output.written, before: '' }),
    finish: () => Promise.resolve(),
    abort: () => {
      output.abort()
    },
  }
}

const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
const trailerBytes = 8

/** Begins a gzip file. */
export function sealGzip(sink: ByteSink, level: number, threads: number): Seal {
  const output = new Output(sink)
  let sum = 0
  let length = 0
  const put = async (bytes: Buffer): Promise<void> => {
    if (output.written === 0) await output.put(gzipHeader)
    await output.put(bytes)
  }
  const deflater = new Deflater(level, threads, put)
  return {
    get written() {
      return output.written
    },
    get pending() {
      return deflater.pending + trailerBytes + 2 + (output.written === 0 ? gzipHeader.length : 0)
    },
    copies: false,
    write: (plain) => {
      sum = crc32(plain, sum)
      length += plain.length
      return deflater.write(asBuffer(plain))
    },
    settle: () => deflater.settle(),
    access: () =>
      new Promise((resolve) => {
        deflater.restart(() => {
          // The header comes with the first data.
          resolve(output.written === 0 ? undefined : { offset: output.written, before: '' })
        })
      }),
    finish: async () => {
      await deflater.end()
      const trailer = Buffer.alloc(trailerBytes)
      trailer.writeUInt32LE(sum, 0)
      trailer.writeUInt32LE(length % 2 ** 32, 4)
      await output.put(trailer)
    },
    abort: () => {
      deflater.abort()
      output.abort()
    },
  }
}
