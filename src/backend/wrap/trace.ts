/** Tells of every call to a backend when it has ended: what the log at its most talkative is made of. */
import type { Readable } from 'node:stream'
import { messageOf } from '../../lib/errors.ts'
import type { Backend, Body } from '../backend.ts'
import type { BackendOperation } from '../failure.ts'
import { tapped, whenClosed } from '../streams.ts'
import { delegate } from './delegate.ts'

/** One call that has ended. */
export interface BackendTrace {
  readonly operation: BackendOperation
  /** Undefined for `list`. */
  readonly name: string | undefined
  /** Bytes sent or received; 0 for the other calls, and for a put that needed no copy. */
  readonly bytes: number
  readonly seconds: number
  /** Why it failed; undefined where it did not. A download that its reader gave up has not failed. */
  readonly error: string | undefined
}

export interface TraceOptions {
  readonly onCall: (trace: BackendTrace) => void
  /** Hears of bytes as they pass, many times for one call. */
  readonly onBytes?: ((direction: 'up' | 'down', length: number) => void) | undefined
  /** Seconds, from a clock that never goes back. */
  readonly monotonic: () => number
}

/** A backend that tells of its calls; a download has ended when its stream is closed. */
export function trace(inner: Backend, { onCall, onBytes, monotonic }: TraceOptions): Backend {
  const begin = (operation: BackendOperation, name: string | undefined) => {
    const began = monotonic()
    return (bytes: number, error?: unknown): void => {
      const reason = error === undefined || error === null ? undefined : messageOf(error)
      onCall({ operation, name, bytes, seconds: monotonic() - began, error: reason })
    }
  }

  const telling = async <T>(
    operation: BackendOperation,
    name: string | undefined,
    work: () => Promise<T>,
    bytes: () => number = () => 0,
  ): Promise<T> => {
    const end = begin(operation, name)
    let result: T
    try {
      result = await work()
    } catch (error) {
      end(bytes(), error)
      throw error
    }
    end(bytes())
    return result
  }

  const put = async (name: string, body: Body, signal: AbortSignal): Promise<void> => {
    let sent = 0
    const open = (): Readable => {
      sent = 0
      return tapped(body.open(), (length) => {
        sent += length
        onBytes?.('up', length)
      })
    }
    await telling(
      'put',
      name,
      () => inner.put(name, { ...body, open }, signal),
      () => sent,
    )
  }

  const get = async (name: string, signal: AbortSignal): Promise<Readable> => {
    const end = begin('get', name)
    let received = 0
    try {
      const stream = tapped(await inner.get(name, signal), (length) => {
        received += length
        onBytes?.('down', length)
      })
      whenClosed(stream, () => {
        end(received, stream.errored)
      })
      return stream
    } catch (error) {
      end(0, error)
      throw error
    }
  }

  return delegate(inner, {
    list: (signal) => telling('list', undefined, () => inner.list(signal)),
    size: (name, signal) => telling('size', name, () => inner.size(name, signal)),
    delete: (name, signal) => telling('delete', name, () => inner.delete(name, signal)),
    put,
    get,
  })
}
