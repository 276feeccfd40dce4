/**
 * One message in duplicity's manner: a level that decides whether it is shown, a code for the machine log, and words.
 * Sources: command line facts §5.1 (levels), §1.6 and §5.5 (codes).
 */
import type { ByteString } from '../../lib/bytestring.ts'

/** Lower is more important: 0 error, 2 warning, 3 notice, 5 info, 9 debug. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export interface Message {
  readonly level: Level
  /** Its meaning depends on the level; 1 is "anything". */
  readonly code: number
  /** What follows the code in the machine log; for the collection report also its data lines. ASCII. */
  readonly extra?: string
  /** For people; lines separated by line feeds. A byte string: names of files stand in it as they are. */
  readonly text: ByteString
  /** Shown whatever the verbosity is. */
  readonly forced?: boolean
  /** One of very many: may wait a little so that several are written at once. */
  readonly bulk?: boolean
}

/** Levels by name. */
export const levels = { error: 0, warning: 2, notice: 3, info: 5, debug: 9 } as const satisfies Record<
  string,
  Level
>

export type LevelName = 'ERROR' | 'WARNING' | 'NOTICE' | 'INFO' | 'DEBUG'

/** The keyword of a level in logs. */
export function levelName(level: number): LevelName {
  if (level <= 0) return 'ERROR'
  if (level <= 2) return 'WARNING'
  if (level <= 4) return 'NOTICE'
  return level <= 8 ? 'INFO' : 'DEBUG'
}

/** The level of a `--verbosity` argument: a digit, or a word or its first letter; undefined if it is neither. */
export function parseVerbosity(text: string): Level | undefined {
  const word = text.trim().toLowerCase()
  const names = Object.keys(levels) as (keyof typeof levels)[]
  const name = names.find((each) => word === each || word === each.charAt(0))
  if (name !== undefined && text === text.trim()) return levels[name]
  return /^\+?0*[0-9]$/.test(word) ? (Number(word) as Level) : undefined
}
