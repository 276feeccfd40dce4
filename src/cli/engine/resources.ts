/** What backups and restores need before they begin. Command line facts §8.2. */
import { UserError } from '../../lib/errors.ts'
import { freeSpace } from '../../sys/free-space.ts'
import { info } from './messages.ts'
import type { Message } from '../../report/duplicity/message.ts'

const LEAST_OPEN_FILES = 1024

/** Bytes of temporary space: one volume is uploaded while the next is built, and three tenths of one come on top. */
export function neededSpace(volumeSize: number): number {
  return 2 * volumeSize + Math.floor(volumeSize * 0.3)
}

/** The temporary space of a backup with volumes of so many bytes. Throws TEMP_SPACE and TEMP_SPACE_UNKNOWN; otherwise says what there is. */
export function checkTempSpace(tempRoot: string, volumeSize: number, say: (message: Message) => void): void {
  const available = freeSpace(tempRoot)
  const needed = neededSpace(volumeSize)
  if (available < needed) {
    const text = `Temp space has ${available} available, backup needs approx ${needed}.`
    throw new UserError('TEMP_SPACE', text, {
      hint: `It is in ${tempRoot}: name another place with --tempdir, or make volumes smaller with --volsize.`,
    })
  }
  say(info(`Temp has ${available} available, backup will use approx ${needed}.`))
}

/** `limit`: how many files may be open; undefined: unknown. Throws OPEN_FILES and OPEN_FILES_UNKNOWN. */
export function checkOpenFiles(limit: number | undefined): void {
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
