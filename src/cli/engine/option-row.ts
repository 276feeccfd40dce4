/** One row of the table of options. */
import type { CommandName } from './command.ts'

/**
 * What an option takes. `file`: `~` and `$NAME` are expanded; `key`: hexadecimal digits; `words`: occurrences are
 * joined with a blank; `pair`: two values; `separator`: anything but a dash; `percent`: `=N%`, or nothing for all.
 */
export type OptionKind =
  | 'flag'
  | 'text'
  | 'int'
  | 'file'
  | 'time'
  | 'choice'
  | 'verbosity'
  | 'key'
  | 'words'
  | 'pair'
  | 'separator'
  | 'percent'

/**
 * What it does here. `elsewhere`: accepted, and matters only to what this version does not have; `none`: accepted
 * without effect; `later`: accepted with a warning; `refused`: ends with NOT_SUPPORTED, because what it asks for
 * would silently be missing.
 */
export type OptionEffect = 'works' | 'elsewhere' | 'none' | 'later' | 'refused'

export interface OptionExtra {
  readonly short?: string
  /** Further names in 0.8.22. */
  readonly spellings?: readonly string[]
  /** Names in 3.x. */
  readonly newer?: readonly string[]
  /** For an option that 0.8.22 does not have. Its abbreviations never hide those of 0.8.22. */
  readonly since?: '3' | 'duba'
  readonly metavar?: string
  readonly choices?: readonly string[]
  /** For `later` and `refused`: the commands that it would change; the others ignore it. */
  readonly concerns?: readonly CommandName[]
  /** Not in the help. */
  readonly hidden?: boolean
  /** Warns, in the words for file names or for file lists. */
  readonly deprecated?: 'names' | 'stdin' | 'globbing'
}

export interface OptionRow<Name extends string = string> extends OptionExtra {
  readonly name: Name
  readonly kind: OptionKind
  readonly effect: OptionEffect
  /** One sentence or two, for the help and docs/engine.md. */
  readonly help: string
}

/** Makes a row. */
export function option<Name extends string>(
  name: Name,
  kind: OptionKind,
  effect: OptionEffect,
  help: string,
  extra: OptionExtra = {},
): OptionRow<Name> {
  return { name, kind, effect, help, ...extra }
}
