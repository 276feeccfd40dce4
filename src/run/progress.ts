/** Shows how far the jobs have come: live on a terminal, else in a log line now and then, or not at all. */
import type { LiveArea } from '../report/live-area.ts'
import type { Log } from '../report/log.ts'
import { type Expected, JobProgress, progressLine, type ProgressStep } from '../report/progress-line.ts'
import type { WireEvent } from './event-stream.ts'

/** Whoever runs engines tells of them here. */
export interface ProgressView {
  begin(job: string, expected?: Expected): void
  /** Takes every event of a job's engine; most are of no interest. */
  take(job: string, event: WireEvent): void
  end(job: string): void
  /** Removes what is shown. */
  close(): void
}

/** Shows nothing. */
export const noProgress: ProgressView = {
  begin: () => undefined,
  take: () => undefined,
  end: () => undefined,
  close: () => undefined,
}

export interface ProgressOptions {
  /** Seconds. */
  readonly now: () => number
  /** Where lines are drawn live; undefined: lines are logged. */
  readonly area: LiveArea | undefined
  /** Columns of the area. */
  readonly width: () => number
  readonly log: Log
  /** Seconds between two lines of a job. */
  readonly interval?: number
}

const liveInterval = 1

/** A view that draws or writes by itself until it is closed. */
export function showProgress({ now, area, width, log, interval = 60 }: ProgressOptions): ProgressView {
  const jobs = new Map<string, JobProgress>()
  const draw = (): void => {
    const time = now()
    if (area !== undefined) {
      area.draw([...jobs].map(([job, progress]) => progressLine(job, progress.text(time), width())))
      return
    }
    for (const [job, progress] of jobs) log.write('notice', `${job}: ${progress.text(time)}`, { job })
  }
  const timer = setInterval(draw, (area !== undefined ? liveInterval : interval) * 1000)
  timer.unref()
  const drawLive = (): void => {
    if (area !== undefined) draw()
  }
  return {
    begin(job, expected = {}) {
      jobs.set(job, new JobProgress(now(), expected))
      drawLive()
    },
    take(job, event) {
      if (event.type === 'writing') jobs.get(job)?.count()
      const step = stepOf(event)
      if (step !== undefined) jobs.get(job)?.take(step, now())
    },
    end(job) {
      jobs.delete(job)
      drawLive()
    },
    close() {
      clearInterval(timer)
      jobs.clear()
      drawLive()
    },
  }
}

function stepOf(event: WireEvent): ProgressStep | undefined {
  if (event.type === 'progress') return { files: event.files, bytes: event.bytes }
  if (event.type === 'transfer') return { up: event.up, down: event.down }
  if (event.type === 'restore-volume') return { volumes: { done: event.done, total: event.total } }
  return undefined
}
