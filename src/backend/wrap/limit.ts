/** Keeps the number of calls under way to one backend below a limit. */
import type { Readable } from 'node:stream'
import type { Backend } from '../backend.ts'
import { whenClosed } from '../streams.ts'
import { delegate } from './delegate.ts'

export interface LimitOptions {
  /** Calls at once, at least 1. */
  readonly concurrency: number
}

/**
 * A backend with at most `concurrency` calls under way; the others wait their turn. A download is under way until
 * its stream is closed: whoever gets a stream must read it to the end or destroy it.
 */
export function limit(inner: Backend, { concurrency }: LimitOptions): Backend {
  let free = concurrency
  const waiting = new Set<() => void>()

  const release = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }

  const enter = (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.reject(signal.reason as Error)
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(enterNow)
        signal.removeEventListener('abort', giveUp)
      }
      const enterNow = (): void => {
        leave()
        resolve()
      }
      const giveUp = (): void => {
        leave()
        reject(signal.reason as Error)
      }
      waiting.add(enterNow)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  const inside = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    await enter(signal)
    try {
      return await work()
    } finally {
      release()
    }
  }

  const get = async (name: string, signal: AbortSignal): Promise<Readable> => {
    await enter(signal)
    try {
      const stream = await inner.get(name, signal)
      whenClosed(stream, release)
      return stream
    } catch (error) {
      release()
      throw error
    }
  }

  return delegate(inner, {
    traits: { ...inner.traits, concurrency: Math.min(concurrency, inner.traits.concurrency) },
    list: (signal) => inside(signal, () => inner.list(signal)),
    size: (name, signal) => inside(signal, () => inner.size(name, signal)),
    put: (name, body, signal) => inside(signal, () => inner.put(name, body, signal)),
    delete: (name, signal) => inside(signal, () => inner.delete(name, signal)),
    get,
  })
}
