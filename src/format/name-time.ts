/** Times in the names of repository files (docs/format.md §2). Moments are whole seconds since the epoch. */
import { parseDate, splitLongTime, utcSeconds } from './time.ts'
import { standardOffset, type Zone, zoneOffset } from './zone.ts'

/** `20231114T221320Z`, for years 1 to 9999. */
export function formatNameTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:]|\.[0-9]*/g, '')
}

/**
 * `2026-11-23T08:48:01-05:00`, the time of `--old-filenames`: local time with the offset that holds at that moment,
 * or `Z` where that is none.
 *
 * The offset is written as duplicity writes it: hours rounded down, minutes never negative, so −03:30 stands as
 * `-04:30`. `parseNameTime` reads it the same way.
 */
export function formatOldTime(seconds: number, separator: string, zone?: Zone): string {
  const offset = zoneOffset(seconds, zone)
  const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19)
  const hours = Math.floor(offset / 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  const suffix =
    offset === 0 ? 'Z' : `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:${two(offset - hours * 60)}`
  return (local + suffix).replaceAll(':', separator)
}

/** Beyond the year 9999; nobody backs up then, and later moments cannot be written. */
const TOO_LATE = 253_402_300_800

/**
 * The moment that a time in a file name means: digits (seconds since the epoch), the default form, the form of
 * `--old-filenames`, or a date. Undefined if it is none of these, or the epoch itself.
 *
 * Where no offset is given, the zone's standard offset in that year holds. Unlike duplicity we take no interval for
 * a time: a name whose time depends on when it is read is no backup's.
 */
export function parseNameTime(text: string, separator: string, zone?: Zone): number | undefined {
  const moment = momentOf(text.toUpperCase(), separator.toUpperCase(), zone)
  return moment === 0 ? undefined : moment
}

function momentOf(text: string, separator: string, zone: Zone): number | undefined {
  if (/^[0-9]+$/.test(text)) {
    const seconds = Number(text)
    return seconds < TOO_LATE ? seconds : undefined
  }
  const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2}).$/.exec(text)
  if (compact !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = compact.slice(1).map(Number)
    return utcSeconds([year, month, day, hour, minute, second])
  }
  const local = (): number => standardOffset(Number(/[0-9]{4}/.exec(text)?.[0] ?? 2000), zone)
  const long = splitLongTime(text, separator)
  if (long === undefined) return parseDate(text, local)
  const utc = utcSeconds(long.fields)
  if (utc === undefined) return undefined
  const { sign, hours, minutes } = long
  // The minutes are always added: see formatOldTime.
  const offset = sign === '' ? local() : (sign === '-' ? -hours : hours) * 60 + minutes
  return utc - offset * 60
}
