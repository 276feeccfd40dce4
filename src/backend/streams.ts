/** The two streams of a backend, tied to an abort signal: the body that goes up and the bytes that come down. */
import { pipeline, type Readable, Transform } from 'node:stream'
import type { Body } from './backend.ts'
import { wrongBodySize } from './failure.ts'

/**
 * The bytes of a body, opened anew. Rejects with the signal's reason once it aborts, with BACKEND_ERROR where the
 * body yields fewer or more bytes than its size, and with the stream's own error.
 */
export async function* bodyBytes(name: string, body: Body, signal: AbortSignal): AsyncGenerator<Buffer> {
  signal.throwIfAborted()
  const stream = body.open()
  const release = destroyOnAbort(stream, signal)
  let seen = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      seen += chunk.length
      if (seen > body.size) throw wrongBodySize(name, body.size, seen)
      yield chunk
    }
    signal.throwIfAborted()
    if (seen < body.size) throw wrongBodySize(name, body.size, seen)
  } finally {
    release()
    stream.destroy()
  }
}

/**
 * Destroys a stream with the signal's reason when the signal aborts. The function returned ends that; it need not
 * be called where the stream ends by itself.
 */
export function destroyOnAbort(stream: Readable, signal: AbortSignal): () => void {
  const abort = (): void => {
    stream.destroy(signal.reason as Error)
  }
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  const release = (): void => {
    signal.removeEventListener('abort', abort)
  }
  stream.once('close', release)
  return release
}

/**
 * The same bytes, each chunk shown to `onChunk` (and held until its promise is kept). An error on either side ends
 * both; whoever reads the result sees it.
 */
export function tapped(source: Readable, onChunk: (bytes: number) => Promise<void> | void): Readable {
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const pass = (): void => {
        done(null, chunk)
      }
      const held = onChunk(chunk.length)
      if (held === undefined) pass()
      else held.then(pass, done)
    },
  })
  return pipeline(source, tap, () => undefined)
}

/** Calls back once when a stream has been closed, however it ended. */
export function whenClosed(stream: Readable, callback: () => void): void {
  if (stream.closed) callback()
  else stream.once('close', callback)
}
