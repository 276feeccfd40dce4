/** Faults of a configuration, and the one error that tells all of them. */
import { UserError } from '../lib/errors.ts'
import { type JsonPath, showPath } from './json-text.ts'

/** One fault: where, what is there, what is wrong, what to do. Never holds a secret. */
export interface Fault {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly path: JsonPath
  /** The value as it is shown; undefined where there is none or it must not be shown. */
  readonly value: string | undefined
  /** What is wrong: the end of a sentence that begins with the path. */
  readonly message: string
  /** One sentence: what to do. */
  readonly remedy: string
}

/** Tells a fault: where it is, the end of a sentence that begins with the path, and what to do. */
export type TellFault = (path: JsonPath, message: string, remedy: string) => void

/** CONFIG_INVALID, with the faults as data. */
export class ConfigError extends UserError {
  readonly faults: readonly Fault[]

  constructor(message: string, faults: readonly Fault[]) {
    super('CONFIG_INVALID', message, {
      hint: 'Nothing was started. Correct the configuration and run the command again.',
    })
    this.faults = faults
  }
}

/** The error that lists every fault, in the order of the files and lines. The first file is the main one. */
export function configError(files: readonly string[], faults: readonly Fault[]): ConfigError {
  const order = (fault: Fault): number => files.indexOf(fault.file)
  const sorted = [...faults].sort((a, b) => order(a) - order(b) || a.line - b.line)
  const count = sorted.length === 1 ? 'one fault' : `${sorted.length} faults`
  const lines = [
    `The configuration ${files[0] ?? ''} has ${count}:`,
    ...sorted.map((fault) => `  ${showFault(fault)}`),
  ]
  return new ConfigError(lines.join('\n'), sorted)
}

/** Of further faults those that are not about a value, or something in it, that is at fault already. */
export function besides(known: readonly Fault[], more: readonly Fault[]): Fault[] {
  return more.filter(
    ({ file, path }) =>
      !known.some((fault) => fault.file === file && fault.path.every((step, index) => step === path[index])),
  )
}

/** A fault in one line. */
export function showFault({ file, line, path, value, message, remedy }: Fault): string {
  const shown = value === undefined ? '' : ` (${value})`
  return `${file}:${line}: ${showPath(path)}${shown} ${message}. ${remedy}`
}

const secretWords = /pass|pwd|secret|token|credential|auth_?key|api_?key|private|signature/i

/** Whether a name sounds as if its value were secret. `KEY` counts only in environment variables. */
export function soundsSecret(name: string, where: 'config' | 'env'): boolean {
  return secretWords.test(name) || (where === 'env' && /key/i.test(name))
}

/** A value as it may be shown: shortened, lists and objects by their kind only, secrets not at all. */
export function showValue(value: unknown, path: JsonPath): string | undefined {
  if (value === undefined) return undefined
  const names = path.filter((step) => typeof step === 'string')
  if (names.includes('env') || names.some((name) => soundsSecret(name, 'config'))) return 'not shown'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  // Between a colon and an @ stands the password of a URL, however malformed the rest is.
  const text = JSON.stringify(value).replace(/:.*@/s, ':***@')
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
