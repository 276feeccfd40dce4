/** Moments as people write them. */
import { text } from './commands/command.ts'

/**
 * The value of an option for a time as the engine takes it. A date, or date and time as `duba` prints them (`2026-07-01 12:00:00`; `T` for
 * the blank, no seconds), is by the clock of this machine, summer time included, where duplicity knows standard time
 * only. Anything else, such as `3D` or a time with its zone, is left as it is.
 */
export function moment(value: unknown): string | undefined {
  const word = text(value)
  if (word === undefined) return undefined
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(word)
  if (match === null) return word
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0))
  const date = new Date(year, month - 1, day, hour, minute, second)
  // The thirtieth of February, and the hour that summer time leaves out: the engine says what it makes of them.
  const isThere = date.getMonth() === month - 1 && date.getDate() === day && date.getHours() === hour
  return isThere ? String(date.getTime() / 1000) : word
}
