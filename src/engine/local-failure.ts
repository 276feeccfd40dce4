/** A local disk that is full or fails, in words: which of the directories of a run it was, and what to do. */
import { isErrno, messageOf, type Remedy, UserError } from '../lib/errors.ts'

/** Which directory: that of temporary files, or the archive directory. */
export type LocalPlace = 'TEMP_SPACE' | 'ARCHIVE_DIR'

const advice: Readonly<Record<LocalPlace, { readonly which: string; readonly hint: Remedy }>> = {
  TEMP_SPACE: {
    which: 'temporary',
    hint: {
      engine: 'Free some space there, or name another place with --tempdir, then run again.',
      duba: 'Free some space there, or name another place with "tempdir" in the configuration (a restore also takes --tempdir), then run again.',
    },
  },
  ARCHIVE_DIR: {
    which: 'archive',
    hint: {
      engine: 'Free some space there, or choose another with --archive-dir, then run again.',
      duba: 'Free some space there, or choose another with "cache_dir" in the configuration, then run again.',
    },
  },
}

/** A system error met while writing in a directory, as the error for people; anything else comes back as it is. */
export function localFailure(error: unknown, code: LocalPlace, directory: string): unknown {
  if (!isErrno(error)) return error
  const { which, hint } = advice[code]
  const text = `The ${which} directory ${directory} cannot be written to: ${messageOf(error)}`
  return new UserError(code, text, { cause: error, hint })
}

/** Runs a synchronous step whose system errors are those of a directory. */
export function inDirectory<T>(code: LocalPlace, directory: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw localFailure(error, code, directory)
  }
}
