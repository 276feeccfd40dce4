/**
 * Decompression of streams in the thread pool.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { isErrno, messageOf } from '../lib/errors.ts'
import { Malformed } from './malformed.ts'

const outputBytes = 1 << 18
const makers = { gzip: createGunzip, zlib: createInflate, deflate: createInflateRaw } as const

/**
 * Yields the decompressed bytes of `source`, whose blocks must last, in buffers that are the receiver's. Throws Malformed where the data is
 * damaged or ends too early.
 */
export async function* inflate(
  source: AsyncIterable<Buffer>,
  format: keyof typeof makers,
): AsyncGenerator<Buffer, void, undefined> {
  const zlib = makers[format]({ chunkSize: outputBytes })
  const feeding = pipeline(Readable.from(present(source), { highWaterMark: 1, objectMode: true }), zlib)
  feeding.catch(() => undefined)
  try {
    yield* zlib as AsyncIterable<Buffer>
    await feeding
  } catch (error) {
    if (isErrno(error) && String(error.code).startsWith('Z_')) {
      throw new Malformed(`holds damaged compressed data (${messageOf(error)})`)
    }
    throw error
  } finally {
    zlib.destroy()
    await feeding.catch(() => undefined)
  }
}

/** The source, which must not be empty. */
async function* present(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let empty = true
  for await (const block of source) {
    empty = false
    yield block
  }
  if (empty) throw new Malformed('is empty')
}
