/** Watches one job: over its deadline, or silent for too long, it is ended. */
import { durationText } from '../report/printable.ts'
import type { Reason } from '../report/verdict.ts'

export interface WatchLimits {
  /** Seconds; undefined or 0: no deadline. */
  readonly timeout: number | undefined
  /** Seconds without a sign of life; 0: however long. */
  readonly stallTimeout: number
}

export interface Watch {
  /** Aborted with the run, or with a Reason of its own: `deadline` or `stalled`. */
  readonly signal: AbortSignal
  /** A sign of life. */
  readonly touch: () => void
  /** Ends the watching. */
  end(): void
}

/** Seconds of silence where nothing is configured. */
export const defaultStallTimeout = 3600

/** The longest time that a timer takes, in milliseconds. */
export const longestTimer = 2 ** 31 - 1

const overdue = (timeout: number): string =>
  `ended because it took longer than ${durationText(timeout)} ("timeout"). The next run goes on where it was`

/** Watches until `end`. */
export function watchJob(run: AbortSignal, { timeout, stallTimeout }: WatchLimits): Watch {
  const controller = new AbortController()
  const end = (reason: Reason): void => {
    controller.abort(reason)
  }
  const follow = (): void => {
    controller.abort(run.reason)
  }
  if (run.aborted) follow()
  run.addEventListener('abort', follow, { once: true })
  const deadline =
    timeout === undefined || timeout === 0
      ? undefined
      : setTimeout(
          () => {
            end({ code: 'deadline', text: overdue(timeout) })
          },
          Math.min(longestTimer, timeout * 1000),
        )
  let last = performance.now()
  const stalled = {
    code: 'stalled',
    text: `ended because nothing was heard of it for ${durationText(stallTimeout)} ("stall_timeout"). Look whether source and destination answer. The next run goes on where it was`,
  }
  const check = (): void => {
    const left = stallTimeout * 1000 - (performance.now() - last)
    if (left <= 0) end(stalled)
    else silence = setTimeout(check, Math.min(longestTimer, left))
  }
  let silence = stallTimeout > 0 ? setTimeout(check, Math.min(longestTimer, stallTimeout * 1000)) : undefined
  return {
    signal: controller.signal,
    touch() {
      last = performance.now()
    },
    end() {
      clearTimeout(deadline)
      clearTimeout(silence)
      run.removeEventListener('abort', follow)
    },
  }
}
