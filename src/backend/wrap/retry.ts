/**
 * Tries again what failed, and goes on where a download broke off. A call whose signal has already aborted is never
 * begun: whoever aborts can rely on nothing being changed any more.
 */
import { Readable } from 'node:stream'
import { hasCode, isErrno, messageOf, keptOf, UserError } from '../../lib/errors.ts'
import type { Backend } from '../backend.ts'
import type { BackendOperation } from '../failure.ts'
import { destroyOnAbort, whenClosed } from '../streams.ts'
import { delegate } from './delegate.ts'

/** One failed attempt that will be followed by another. */
export interface Retry {
  readonly operation: BackendOperation
  /** Undefined for `list`. */
  readonly name: string | undefined
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number
  readonly error: unknown
}

export interface RetryOptions {
  /** Attempts in total, at least 1. */
  readonly attempts: number
  /** Seconds before the next attempt. */
  readonly delay: number
  /** Waits so many seconds; rejects with the signal's reason when it aborts. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>
  readonly onRetry: (retry: Retry) => void
}

/** Where one call stands. */
interface Call {
  readonly operation: BackendOperation
  readonly name: string | undefined
  readonly signal: AbortSignal
  attempt: number
}

/**
 * A backend that repeats failed calls. The last failure is thrown with its code and hint, after the words `Giving up
 * after N attempts.`; what cannot get better (a missing file, a bug) is thrown at once as it is.
 */
export function retry(inner: Backend, options: RetryOptions): Backend {
  /** Returns if the call may be tried again, after the delay; throws otherwise. */
  const again = async (call: Call, error: unknown): Promise<void> => {
    call.signal.throwIfAborted()
    if (!canGetBetter(error)) throw error
    if (call.attempt >= options.attempts) throw givingUp(call, error)
    options.onRetry({ operation: call.operation, name: call.name, attempt: call.attempt, error })
    await options.sleep(options.delay, call.signal)
    call.attempt += 1
  }

  const attempting = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    for (;;) {
      call.signal.throwIfAborted()
      try {
        return await work()
      } catch (error) {
        await again(call, error)
      }
    }
  }

  const run = <T>(
    operation: BackendOperation,
    name: string | undefined,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> => attempting({ operation, name, signal, attempt: 1 }, work)

  const get = async (name: string, signal: AbortSignal): Promise<Readable> => {
    const call: Call = { operation: 'get', name, signal, attempt: 1 }
    const reopen = (): Promise<Readable> => attempting(call, () => inner.get(name, signal))
    let current = await reopen()

    async function* bytes(): AsyncGenerator<Buffer> {
      let delivered = 0
      let skip = 0
      let source = chunksOf(current)
      for (;;) {
        let chunk: Buffer
        try {
          const next = await source.next()
          if (next.done === true) {
            if (skip === 0) return
            throw new UserError(
              'BACKEND_ERROR',
              `${name} on ${inner.label} became shorter while it was read.`,
            )
          }
          chunk = next.value
        } catch (error) {
          await again(call, error)
          current = await reopen()
          source = chunksOf(current)
          skip = delivered
          continue
        }
        const fresh = chunk.subarray(Math.min(skip, chunk.length))
        skip -= chunk.length - fresh.length
        delivered += fresh.length
        if (fresh.length > 0) yield fresh
      }
    }

    const stream = Readable.from(bytes(), { objectMode: false })
    destroyOnAbort(stream, signal)
    whenClosed(stream, () => current.destroy())
    return stream
  }

  return delegate(inner, {
    list: (signal) => run('list', undefined, signal, () => inner.list(signal)),
    size: (name, signal) => run('size', name, signal, () => inner.size(name, signal)),
    put: (name, body, signal) => run('put', name, signal, () => inner.put(name, body, signal)),
    delete: (name, signal) => run('delete', name, signal, () => inner.delete(name, signal)),
    get,
  })
}

function chunksOf(stream: Readable): AsyncIterator<Buffer> {
  return (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
}

/**
 * Whether another attempt makes sense. Refused access is tried again, as duplicity does: network shares and token
 * services refuse for a moment. What is neither a failure in words nor one of the system is a bug.
 */
function canGetBetter(error: unknown): boolean {
  if (hasCode(error, 'BACKEND_ERROR', 'BACKEND_DENIED', 'BACKEND_NO_SPACE')) return true
  return isErrno(error)
}

function givingUp(call: Call, error: unknown): UserError {
  const times = call.attempt === 1 ? '1 attempt' : `${call.attempt} attempts`
  const known = error instanceof UserError ? error : undefined
  return new UserError(known?.code ?? 'BACKEND_ERROR', `Giving up after ${times}. ${messageOf(error)}`, {
    cause: error,
    extra: call.operation,
    ...(known && keptOf(known)),
  })
}
