/** Time spans of the configuration. */

const units: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  D: 86_400,
  W: 7 * 86_400,
  // A month has 30 days and a year 365, as in duplicity's intervals.
  M: 30 * 86_400,
  Y: 365 * 86_400,
}

/** Seconds of a time span as the schema allows it: a number of seconds, or a text such as `1D12h`. */
export function secondsOf(duration: string | number): number {
  if (typeof duration === 'number') return duration
  let seconds = 0
  for (const [, count, unit = ''] of duration.matchAll(/([0-9]+)([smhDWMY])/g)) {
    seconds += Number(count) * (units[unit] ?? 0)
  }
  return seconds
}
