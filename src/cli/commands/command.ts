/** The shape of a command: its words and options as data, so that help, manual and completion come from them. */
import type { ArgumentsCamelCase, Options, PositionalOptions } from 'yargs'
import type { Shell } from '../io.ts'

export interface Command {
  /** yargs notation: name and positional arguments. */
  readonly command: string | readonly string[]
  readonly describe: string
  readonly positionals: Readonly<Record<string, PositionalOptions>>
  readonly options: Readonly<Record<string, Options>>
  /** Runs it; gives the exit status. Throws UserError. */
  readonly run: (args: ArgumentsCamelCase<Readonly<Record<string, unknown>>>, shell: Shell) => Promise<number>
}

/** The value of a text option; an option given twice counts the last time. */
export function text(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' || typeof last === 'number' ? String(last) : undefined
}

/** The values of a positional argument that may stand several times. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
}

/** What was said of a switch; undefined: nothing. */
export function onOrOff(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** Whether a switch is on. */
export function isOn(value: unknown): boolean {
  return value === true
}
