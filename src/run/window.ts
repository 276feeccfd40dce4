/** The hours of the day in which a job may begin. */
import type { TimeWindow } from '../config/config.generated.ts'
import type { Job, Obstacle } from '../plan/job.ts'

/** Why a job may not begin at a moment, in seconds since the epoch; undefined: it may. */
export function outsideWindow({ window }: Pick<Job, 'window'>, moment: number): Obstacle | undefined {
  if (window === undefined || isInWindow(window, moment)) return undefined
  const text = `it is not between ${window.from} and ${window.to}`
  return { verdict: 'skipped', code: 'outside-window', text }
}

/** Whether a moment, in seconds since the epoch, lies in a window of local time; `to` is not part of it. */
export function isInWindow({ from, to }: TimeWindow, moment: number): boolean {
  const date = new Date(moment * 1000)
  const minute = date.getHours() * 60 + date.getMinutes()
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
