/** What full, incremental and restore need before they begin. Command line facts §8.2. */
import { statfsSync } from 'node:fs'
import { messageOf, UserError } from '../../lib/errors.ts'
import { levels, type Message } from '../../report/duplicity/message.ts'

export interface Needs {
  readonly tempRoot: string
  /** Bytes. */
  readonly volumeSize: number
  readonly asynchronous: boolean
  /** How many files may be open; undefined: unknown. */
  readonly openFileLimit: number | undefined
}

const LEAST_OPEN_FILES = 1024

/** Bytes of temporary space: the volumes that exist at once, and three tenths of one. */
export function neededSpace({
  volumeSize,
  asynchronous,
}: Pick<Needs, 'volumeSize' | 'asynchronous'>): number {
  return (asynchronous ? 2 : 1) * volumeSize + Math.floor(volumeSize * 0.3)
}

/** Throws TEMP_SPACE, TEMP_SPACE_UNKNOWN, OPEN_FILES and OPEN_FILES_UNKNOWN; otherwise says what there is. */
export function checkResources(needs: Needs, say: (message: Message) => void): void {
  const available = freeSpace(needs.tempRoot)
  const needed = neededSpace(needs)
  if (available < needed) {
    const text = `Temp space has ${available} available, backup needs approx ${needed}.`
    throw new UserError('TEMP_SPACE', text, {
      hint: `It is in ${needs.tempRoot}: name another place with --tempdir, or make volumes smaller with --volsize.`,
    })
  }
  const text = `Temp has ${available} available, backup will use approx ${needed}.`
  say({ level: levels.info, code: 1, text })

  const limit = needs.openFileLimit
  if (limit === undefined) {
    throw new UserError('OPEN_FILES_UNKNOWN', 'The limit of open files cannot be found out.', {
      hint: 'It is read from /proc/self/limits.',
    })
  }
  if (limit >= LEAST_OPEN_FILES) return
  throw new UserError(
    'OPEN_FILES',
    `Max open files of ${limit} is too low, should be >= ${LEAST_OPEN_FILES}.\n` +
      `Use 'ulimit -n ${LEAST_OPEN_FILES}' or higher to correct.\n`,
  )
}

function freeSpace(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  } catch (cause) {
    throw new UserError(
      'TEMP_SPACE_UNKNOWN',
      `The free space of ${path} cannot be found out: ${messageOf(cause)}`,
      { cause },
    )
  }
}
