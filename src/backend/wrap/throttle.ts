/** Limits how many bytes a second go up and come down, over all calls together. */
import type { Readable } from 'node:stream'
import type { Backend } from '../backend.ts'
import { tapped } from '../streams.ts'
import { delegate } from './delegate.ts'

export interface ThrottleOptions {
  /** Bytes a second; undefined: as fast as it goes. */
  readonly upload: number | undefined
  readonly download: number | undefined
  /** Seconds, from a clock that never goes back. */
  readonly monotonic: () => number
  /** Waits so many seconds; rejects with the signal's reason when it aborts. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>
}

type Pace = (bytes: number, signal: AbortSignal) => Promise<void>

/** A backend whose streams keep to the given rates. */
export function throttle(inner: Backend, options: ThrottleOptions): Backend {
  const up = options.upload === undefined ? undefined : createPace(options.upload, options)
  const down = options.download === undefined ? undefined : createPace(options.download, options)
  return delegate(inner, {
    ...(up === undefined
      ? {}
      : {
          put: (name, body, signal) => {
            const open = (): Readable => tapped(body.open(), (bytes) => up(bytes, signal))
            return inner.put(name, { size: body.size, open }, signal)
          },
        }),
    // What is read in place is not throttled: the engine must go through `get`.
    ...(down === undefined
      ? {}
      : {
          traits: { ...inner.traits, local: false },
          localPath: () => undefined,
          get: async (name, signal) => tapped(await inner.get(name, signal), (bytes) => down(bytes, signal)),
        }),
  })
}

/**
 * A token bucket that holds a tenth of a second. A chunk may be larger than the bucket: it goes out when its turn
 * comes and those after it wait for the debt, so the rate holds over any longer time.
 */
function createPace(rate: number, { monotonic, sleep }: ThrottleOptions): Pace {
  const full = rate / 10
  let tokens = full
  let last = monotonic()
  return async (bytes, signal) => {
    const now = monotonic()
    tokens = Math.min(full, tokens + (now - last) * rate) - bytes
    last = now
    if (tokens < 0) await sleep(-tokens / rate, signal)
  }
}
