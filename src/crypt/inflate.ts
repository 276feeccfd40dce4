/**
 * Decompression of streams in the thread pool.
 */
import { Readable, type TransformOptions } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { types } from 'node:util'
import { createGunzip, createInflate, createInflateRaw, type ZlibOptions } from 'node:zlib'
import { isErrno, messageOf } from '../lib/errors.ts'
import { Malformed } from './malformed.ts'

const outputBytes = 1 << 18
/** What the thread pool may inflate ahead of the reader, and the stored bytes that wait for it. */
const aheadBytes = 1 << 20
const makers = { gzip: createGunzip, zlib: createInflate, deflate: createInflateRaw } as const

/**
 * Yields the decompressed bytes of `source`, whose blocks must last, in buffers that are the receiver's. Throws Malformed where the data is
 * damaged or ends too early.
 */
export async function* inflate(
  source: AsyncIterable<Buffer>,
  format: keyof typeof makers,
): AsyncGenerator<Buffer, void, undefined> {
  // The marks are those of streams, which zlib's are. Buffers count as objects: else all that are waiting are joined, copied.
  const options: ZlibOptions & TransformOptions = {
    chunkSize: outputBytes,
    writableHighWaterMark: aheadBytes,
    readableObjectMode: true,
    readableHighWaterMark: aheadBytes / outputBytes,
  }
  const zlib = makers[format](options)
  const feeding = pipeline(Readable.from(present(source), { highWaterMark: 1, objectMode: true }), zlib)
  feeding.catch(() => undefined)
  try {
    yield* zlib as AsyncIterable<Buffer>
    await feeding
  } catch (error) {
    if (isErrno(error) && String(error.code).startsWith('Z_')) {
      throw new Malformed(`holds damaged compressed data (${messageOf(error)})`)
    }
    if (isEarlyEnd(error)) throw new Malformed('has more data behind the end of its compressed data')
    throw error
  } finally {
    zlib.destroy()
    await feeding.catch(() => undefined)
  }
}

/** Whether the compressed data ended before its source did. */
function isEarlyEnd(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
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
