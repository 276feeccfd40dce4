/** The two ways in which a command line can be wrong. Command line facts §1.3. */
import { decodePath } from '../../lib/path-text.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'

/** An option is wrong: told after the usage, and in no machine log. */
export class OptionError extends UserError {
  constructor(message: string) {
    super('USAGE', message)
  }
}

/** The command or its arguments are wrong. */
export function commandLineError(text: string): UserError {
  return new UserError('USAGE', `Command line error: ${text}\nEnter 'duplicity --help' for help screen.`)
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A value as Python writes it down: in quotes, unprintable characters and broken bytes escaped. */
export function quoted(value: ByteString): string {
  const text = decodePath(value)
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inside = Array.from(text, (character) => {
    if (character === quote) return `\\${quote}`
    if (named[character] !== undefined) return named[character]
    if (character === ' ' || !/[\p{C}\p{Z}]/u.test(character)) return character
    const code = character.codePointAt(0) ?? 0
    const hex = (digits: number): string => code.toString(16).padStart(digits, '0')
    if (code < 0x100) return `\\x${hex(2)}`
    return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  })
  return `${quote}${inside.join('')}${quote}`
}
