/** Ranges of thresholds as monitoring plugins have them (Monitoring Plugins Development Guidelines, "Threshold and Ranges"). */
import { secondsOf } from '../config/duration.ts'
import { UserError } from '../lib/errors.ts'

/** Values that alert: those outside `from` to `to`, or with `inside` those in it. */
export interface Threshold {
  readonly from: number
  readonly to: number
  readonly inside: boolean
  /** As it was written, with times in seconds: the form of performance data. */
  readonly text: string
}

/**
 * Reads `10`, `10:`, `~:10`, `10:20` or `@10:20`. Each number may be a time span such as `26h` or `1D12h`; spans are
 * seconds. Throws USAGE; `option` says which one is wrong.
 */
export function parseThreshold(word: string, option: string): Threshold {
  const match = /^(@?)(?:(~|[^:~@]*):)?([^:~@]*)$/.exec(word)
  const [, at = '', low, high = ''] = match ?? []
  const from = low === undefined ? 0 : low === '~' ? -Infinity : numberOf(low)
  const to = high === '' ? Infinity : numberOf(high)
  if (
    match === null ||
    word === '' ||
    from === undefined ||
    to === undefined ||
    from > to ||
    (low === undefined && high === '')
  ) {
    throw new UserError('USAGE', `The range "${word}" of ${option} cannot be understood`, {
      hint: 'Write 26h (more than that alerts), 1h:26h (outside alerts), 10: (less than 10), ~:10 or @10:20 (inside alerts).',
    })
  }
  const start = low === undefined ? '' : `${low === '~' ? '~' : from}:`
  return { from, to, inside: at === '@', text: `${at}${start}${to === Infinity ? '' : to}` }
}

/** Everything above a value alerts. */
export function above(value: number): Threshold {
  return { from: 0, to: value, inside: false, text: String(value) }
}

/** Whether a value alerts. */
export function alerts({ from, to, inside }: Threshold, value: number): boolean {
  return inside === (value >= from && value <= to)
}

function numberOf(word: string): number | undefined {
  if (/^-?[0-9]+(\.[0-9]+)?$/.test(word)) return Number(word)
  return /^([0-9]+[smhDWMY])+$/.test(word) ? secondsOf(word) : undefined
}
