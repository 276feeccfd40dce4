/** The values of options: converted as each is read, asked for by name afterwards. Command line facts §1.3, §2. */
import { parseTime } from '../../format/time.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { hasCode, UserError } from '../../lib/errors.ts'
import { quoteName } from '../../report/duplicity/machine-log.ts'
import { parseVerbosity } from '../../report/duplicity/message.ts'
import type { OptionName } from './options.ts'
import type { ParsedOption } from './parse.ts'
import { OptionError, quoted } from './usage-error.ts'

/** A converted value. */
export type OptionValue = true | number | ByteString | readonly [ByteString, ByteString]

export interface Conversion {
  readonly expand: (path: ByteString) => ByteString
  /** Seconds since the epoch: what times are relative to. */
  readonly now: number
}

/** All values, in order. Paths and names are byte strings. */
export class OptionValues {
  readonly #order: { readonly name: OptionName; readonly value: OptionValue }[] = []

  /** Converts and adds the values of an option; gives what was added. Throws OptionError and BAD_SIGN_KEY. */
  add(parsed: ParsedOption, conversion: Conversion): OptionValue {
    const value = this.#convert(parsed, conversion)
    this.#order.push({ name: parsed.row.name, value })
    return value
  }

  has(name: OptionName): boolean {
    return this.#order.some((each) => each.name === name)
  }

  /** The last number; undefined if there is none. */
  number(name: OptionName): number | undefined {
    return this.#all(name).findLast((value) => typeof value === 'number')
  }

  /** The last text; undefined if there is none. */
  text(name: OptionName): ByteString | undefined {
    return this.texts(name).at(-1)
  }

  texts(name: OptionName): ByteString[] {
    return this.#all(name).filter((value) => typeof value === 'string')
  }

  pairs(name: OptionName): (readonly [ByteString, ByteString])[] {
    return this.#all(name).filter((value) => typeof value === 'object')
  }

  /** Of two options with one meaning the value of the one that stands later. */
  lastOf(...names: OptionName[]): string | undefined {
    const found = this.#order.findLast(({ name }) => names.includes(name))?.value
    return typeof found === 'string' ? toText(found) : undefined
  }

  /** What `--time-separator` says so far. */
  get timeSeparator(): string {
    return toText(this.text('time-separator') ?? ':')
  }

  #all(name: OptionName): readonly OptionValue[] {
    return this.#order.filter((each) => each.name === name).map(({ value }) => value)
  }

  #convert({ row, spelling, values }: ParsedOption, { expand, now }: Conversion): OptionValue {
    const [value = '', second = ''] = values
    switch (row.kind) {
      case 'flag':
        return true
      case 'int':
        return checkRange(row.name, parseInteger(spelling, value))
      case 'percent':
        return percentOf(spelling, values)
      case 'text':
      case 'words':
        return value
      case 'file':
        return expand(value)
      case 'time':
        return timeOf(value, now, this.timeSeparator)
      case 'choice':
        return choose(spelling, value, row.choices ?? [])
      case 'verbosity':
        return verbosityOf(value)
      case 'key':
        return signKey(value)
      case 'pair':
        return [expand(value), second]
      case 'separator':
        if (value === '-') throw new OptionError("Dash ('-') not valid for time-separator.")
        return value
    }
  }
}

/** Decimal, `0x`, `0b`, and octal after a leading zero. */
function parseInteger(spelling: string, value: ByteString): number {
  const prefix = value.slice(0, 2).toLowerCase()
  const [digits, radix] =
    prefix === '0x'
      ? [value.slice(2), 16]
      : prefix === '0b'
        ? [value.slice(2) || '0', 2]
        : [value, value.startsWith('0') ? 8 : 10]
  const [, sign = '', number = ''] = /^\s*([+-]?)([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)\s*$/.exec(digits) ?? []
  const plain = number.replaceAll('_', '').toLowerCase()
  const isNumber = plain !== '' && Array.from(plain).every((digit) => Number.parseInt(digit, 36) < radix)
  const result = isNumber ? Number.parseInt(plain, radix) * (sign === '-' ? -1 : 1) : NaN
  if (!Number.isSafeInteger(result)) {
    throw new OptionError(`option ${spelling}: invalid integer value: ${quoted(value)}`)
  }
  return result
}

/** Numbers for which no backup could end well. */
const atLeast: Partial<Record<OptionName, 0 | 1>> = {
  'log-fd': 1,
  'event-fd': 1,
  'lifeline-fd': 1,
  volsize: 1,
  'num-retries': 1,
  'max-blocksize': 1,
  'backend-retry-delay': 0,
}

function checkRange(name: OptionName, value: number): number {
  const least = atLeast[name]
  if (least === undefined || value >= least) return value
  throw new OptionError(`${name} must ${least === 1 ? 'be greater than zero' : 'not be negative'}.`)
}

/** The moment of a time argument. Throws OptionError. */
export function timeOf(value: ByteString, now: number, timeSeparator: string): number {
  try {
    return parseTime(toText(value), { now, timeSeparator })
  } catch (error) {
    if (!hasCode(error, 'USAGE')) throw error
    throw new OptionError(`Bad time string "${quoteName(value)}"\n\n${error.hint ?? ''}`)
  }
}

function choose(spelling: string, value: ByteString, choices: readonly string[]): ByteString {
  if (choices.includes(value)) return value
  const list = choices.map((choice) => quoted(choice)).join(', ')
  throw new OptionError(`option ${spelling}: invalid choice: ${quoted(value)} (choose from ${list})`)
}

/** A part of the whole: above 0 and up to 100. */
function percentOf(spelling: string, [value]: readonly ByteString[]): number {
  if (value === undefined) return 100
  const percent = /^[0-9]{1,3}(?:\.[0-9]+)?%$/.test(value) ? Number(value.slice(0, -1)) : 0
  if (percent > 0 && percent <= 100) return percent
  throw new OptionError(`option ${spelling}: a percentage such as 5% is expected, not ${quoted(value)}`)
}

function verbosityOf(value: ByteString): number {
  const level = parseVerbosity(toText(value))
  if (level !== undefined) return level
  throw new OptionError(
    "Verbosity must be one of: digit [0-9], character [ewnid], or word ['error', 'warning', 'notice', 'info', 'debug'].",
  )
}

function signKey(value: ByteString): ByteString {
  if (/^(?:0x)?(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$/.test(value)) return value
  throw new UserError(
    'BAD_SIGN_KEY',
    `Sign key should be 8, 16 or 40 hexadecimal digits.\nReceived '${toText(value)}' instead.`,
    {
      hint: 'gpg --list-secret-keys --keyid-format long shows the keys; 0x may stand in front.',
    },
  )
}
