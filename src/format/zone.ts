/** Offsets of time zones: what the machine's zone, or a named one, adds to UTC. */

/** An IANA zone name (`Europe/Zurich`); undefined means the zone of this machine. */
export type Zone = string | undefined

/** Minutes that the zone is ahead of UTC at a moment (seconds since the epoch), summer time included. */
export function zoneOffset(seconds: number, zone: Zone): number {
  if (zone === undefined) return 0 - Math.round(new Date(seconds * 1000).getTimezoneOffset())
  const parts = zoneFormat(zone).formatToParts(seconds * 1000)
  const field = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  return Math.round((local / 1000 - Math.floor(seconds)) / 60)
}

/**
 * Minutes that the zone is ahead of UTC in the winter of a year, without summer time: the smaller of the offsets at
 * its first day and in its middle.
 */
export function standardOffset(year: number, zone: Zone): number {
  const at = (month: number): number => zoneOffset(Date.UTC(year, month, 1) / 1000, zone)
  return Math.min(at(0), at(6))
}

const formats = new Map<string, Intl.DateTimeFormat>()

function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}
