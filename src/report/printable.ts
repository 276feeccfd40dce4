/** Text for terminals, tables and one-line logs. */

/**
 * Text without control characters and without what turns the writing direction: each is shown as an escape, and so are
 * bytes of path text that are not UTF-8.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\udc80-\udcff]/gu,
    (character) => {
      const known: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
      const unit = character.charCodeAt(0)
      const code = unit < 0xdc80 ? unit : unit - 0xdc00
      const digits = code < 256 ? `x${code.toString(16).padStart(2, '0')}` : `u${code.toString(16)}`
      return known[character] ?? `\\${digits}`
    },
  )
}

/**
 * A value as JSON that can be shown on a terminal: what JSON itself leaves of control characters is written as `\\u` escapes.
 * It reads as the same value. `indent`: blanks for each level; 0: one line.
 */
export function jsonText(value: unknown, indent: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Bytes in binary units, such as `1.5 MiB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`
}

/** Seconds, such as `0.4 s`, `12 s`, `3 min 5 s`, `2 h 1 min`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** An age in one unit, such as `3 hours` or `12 days`. */
export function ageText(seconds: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [86400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ]
  for (const [size, unit] of steps) {
    const count = Math.floor(seconds / size)
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return 'less than a minute'
}

/** A time, in seconds since the epoch, for machines: ISO 8601, UTC, whole seconds. */
export function isoTime(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`
}

/** Rows with columns as wide as their longest cell, two blanks between; the columns named in `right` are right-aligned. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  }
  return rows.map((row) =>
    row
      .map((cell, index) =>
        right.includes(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
