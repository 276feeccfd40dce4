/**
 * Times as people write and read them (docs/format.md §3): arguments such as `now`, `2h30m` or `2023-11-14`, and
 * the dates in reports. Moments are whole seconds since the epoch. The times in file names are in `name-time.ts`.
 */
import { UserError } from '../lib/errors.ts'
import { standardOffset, type Zone, zoneOffset } from './zone.ts'

export interface TimeContext {
  /** The present, in seconds since the epoch; a fraction is cut off. */
  readonly now: number
  /** What stands between hours, minutes and seconds: `:` unless --time-separator says otherwise. */
  readonly timeSeparator: string
  /** Zone of times that name none; the machine's zone if left out. */
  readonly zone?: Zone
}

/**
 * The moment that a time argument means. Forms, first that fits: `now`; digits (seconds since the epoch); date and
 * time with or without zone; interval before now; date (midnight). Without a zone the zone's standard offset holds,
 * never summer time. Throws USAGE.
 */
export function parseTime(text: string, context: TimeContext): number {
  const now = Math.floor(context.now)
  if (text === 'now') return now
  if (/^[0-9]+\n?$/.test(text)) {
    const seconds = Number(text)
    if (Number.isSafeInteger(seconds)) return seconds
    throw badTime(text, context.timeSeparator)
  }
  const offset = (): number => standardOffset(new Date(now * 1000).getUTCFullYear(), context.zone)
  const interval = parseInterval(text)
  const moment =
    parseDateTime(text, context.timeSeparator, offset) ??
    (interval === undefined ? undefined : now - interval) ??
    parseDate(text, offset)
  if (moment === undefined) throw badTime(text, context.timeSeparator)
  return moment
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  D: 86_400,
  W: 7 * 86_400,
  M: 30 * 86_400,
  Y: 365 * 86_400,
}

/** Seconds of an interval such as `1D12h` (units s, m, h, D, W, M = 30 days, Y = 365 days); undefined if it is none. */
export function parseInterval(text: string): number | undefined {
  if (!/^(?:[0-9]+[smhDWMY])+$/.test(text)) return undefined
  let seconds = 0
  for (const [, count = '', unit = ''] of text.matchAll(/([0-9]+)([smhDWMY])/g)) {
    seconds += Number(count) * (UNITS[unit] ?? 0)
  }
  return Number.isSafeInteger(seconds) ? seconds : undefined
}

/** Date and time: the 16 characters of file names, or 19 in the long form and a zone. */
function parseDateTime(text: string, separator: string, offset: () => number): number | undefined {
  const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)$/.exec(text)
  if (compact !== null) {
    // Without its Z it is taken for UTC only where local standard time is UTC, as duplicity does.
    return compact[7] === 'Z' || offset() === 0 ? utcSeconds(fieldsOf(compact)) : undefined
  }
  const long = splitLongTime(text, separator)
  if (long === undefined) return undefined
  const { fields, sign, hours, minutes } = long
  const utc = utcSeconds(fields)
  if (utc === undefined) return undefined
  if (sign === '') return utc - offset() * 60
  const ahead = hours * 60 + minutes
  return utc - (sign === '-' ? -ahead : ahead) * 60
}

/** The parts of `YYYY-MM-DDThh:mm:ss` with `Z`, `+hh:mm`, `-hh:mm` or nothing behind it. */
export interface LongTime {
  readonly fields: DateFields
  /** Empty where no zone is named; `Z` counts as `+00:00`. */
  readonly sign: '' | '+' | '-'
  readonly hours: number
  readonly minutes: number
}

/** Splits the long form, whose times are written with the given separator; undefined if the text is no such form. */
export function splitLongTime(text: string, separator: string): LongTime | undefined {
  const colon = separator.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const form = new RegExp(
    `^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2})${colon}([0-9]{2})${colon}([0-9]{2})` +
      `(?:Z|([+-])([0-9]{2})${colon}([0-9]{2}))?$`,
  )
  const match = form.exec(text)
  if (match === null) return undefined
  const hours = Number(match[8] ?? 0)
  const minutes = Number(match[9] ?? 0)
  if (hours > 23 || minutes > 59) return undefined
  const sign = text.endsWith('Z') || match[7] === '+' ? '+' : match[7] === '-' ? '-' : ''
  return { fields: fieldsOf(match), sign, hours, minutes }
}

/** A date: `YYYY-M-D`, `YYYY/M/D`, `M-D-YYYY`, `M/D/YYYY` or `YYYYMMDDZ`, at midnight `offset` minutes ahead of UTC. */
export function parseDate(text: string, offset: () => number): number | undefined {
  const [, year, month, day] =
    /^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})$/.exec(text) ??
    /^([0-9]{4})([0-9]{2})([0-9]{2})Z$/.exec(text) ??
    swapped(/^([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})$/.exec(text))
  if (year === undefined) return undefined
  const utc = utcSeconds([Number(year), Number(month), Number(day), 0, 0, 0])
  return utc === undefined ? undefined : utc - offset() * 60
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] {
  return match === null ? [] : [match[0], match[3], match[1], match[2]]
}

/** Year, month, day, hour, minute, second. */
export type DateFields = readonly [number, number, number, number, number, number]

function fieldsOf(match: RegExpExecArray): DateFields {
  const at = (index: number): number => Number(match[index])
  return [at(1), at(2), at(3), at(4), at(5), at(6)]
}

/** The moment of these fields in UTC. Days beyond the month's end and leap seconds roll over; undefined if out of range. */
export function utcSeconds([year, month, day, hour, minute, second]: DateFields): number | undefined {
  const valid =
    year > 1900 &&
    year < 2100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 61
  return valid ? Date.UTC(year, month - 1, day, hour, minute, second) / 1000 : undefined
}

function badTime(text: string, separator: string): UserError {
  const time = ['hh', 'mm', 'ss'].join(separator)
  return new UserError('USAGE', `Bad time string ${JSON.stringify(text)}.`, {
    hint:
      `Give "now", seconds since 1970, a date (2023-11-14, 11/14/2023), a date and time (2023-11-14T${time} ` +
      'with Z, an offset or nothing behind it), or an interval before now made of numbers with the units ' +
      's, m, h, D, W, M (30 days) and Y (365 days), such as 2h30m or 3W. Upper and lower case differ.',
  })
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment in our own words, in local time: `2023-11-14 22:13:20`. */
export function formatMoment(seconds: number, zone?: Zone): string {
  return localTime(seconds, zone).toISOString().slice(0, -5).replace('T', ' ')
}

/** A moment in the words of duplicity, in local time: `Tue Nov 14 22:13:20 2023`, the day padded with a blank. */
export function formatPeople(seconds: number, zone?: Zone): string {
  const local = localTime(seconds, zone)
  const day = String(local.getUTCDate()).padStart(2, ' ')
  const clock = local.toISOString().slice(-13, -5)
  return `${DAYS[local.getUTCDay()] ?? ''} ${MONTHS[local.getUTCMonth()] ?? ''} ${day} ${clock} ${local.getUTCFullYear()}`
}

/** Seconds from the epoch to the last moment that a date can be. */
const furthest = 8_640_000_000_000

/** The local time as the UTC of a date. */
function localTime(seconds: number, zone: Zone | undefined): Date {
  const local = Math.floor(seconds) + zoneOffset(seconds, zone) * 60
  return new Date((Math.abs(local) <= furthest ? local : Math.sign(seconds) * furthest) * 1000)
}

/** A length of time for people: `2 hours 2 minutes 5 seconds`; hours are not made into days. `seconds` is not negative. */
export function formatDuration(seconds: number): string {
  const words: string[] = []
  let rest = seconds
  for (const [size, word] of [
    [3600, 'hour'],
    [60, 'minute'],
  ] as const) {
    const count = Math.floor(rest / size)
    if (count > 0) words.push(`${count} ${word}${count === 1 ? '' : 's'}`)
    rest -= count * size
  }
  if (rest === 1) words.push('1 second')
  else if (rest > 1 || words.length === 0)
    words.push(`${Number.isInteger(rest) ? rest : rest.toFixed(2)} seconds`)
  return words.join(' ')
}
