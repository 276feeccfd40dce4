/** What a volume file must be like before it is read. */
import { stat } from 'node:fs/promises'
import { formatMoment } from '../../format/time.ts'
import { toText } from '../../lib/bytestring.ts'
import { type Remedy, UserError } from '../../lib/errors.ts'
import type { BackupSet, RepositoryFile } from '../chain/sets.ts'

/** Zeros that may follow an archive on top of that, in bytes. */
const MARGIN = 1 << 20

/**
 * How many bytes may stand behind the end of the archive in a volume: what duplicity fills a volume up with does not
 * compress, so it cannot be more than the file is long.
 */
export async function mostBehindEnd(path: string): Promise<number> {
  return (await stat(path)).size + MARGIN
}

const salvageByHand = 'What is whole is brought back by: duba exec JOB -- restore --ignore-errors {url} DIR.'
const bring =
  'The volume was damaged or replaced on the destination: bring it back from another copy of the repository'

/** What to do about a volume that is not what was stored. */
export const replacedVolume: Remedy = {
  engine: `${bring}, or restore with --ignore-errors what is whole.`,
  duba: `${bring}. ${salvageByHand}`,
}

/** What to do about a volume that is not encrypted and should be. */
export const plantedVolume: Remedy = {
  engine: 'Somebody put it there: look who can write to the destination. --ignore-errors restores the rest.',
  duba: `Somebody put it there: look who can write to the destination. ${salvageByHand}`,
}

/**
 * Throws PLAINTEXT for a file that is not encrypted where the manifest of its set is: whoever can write to the
 * destination can put it there. `hint` says what to do here.
 */
export function refusePlaintext(
  { manifest }: Pick<BackupSet, 'manifest'>,
  file: RepositoryFile,
  hint: string | Remedy,
): void {
  if (manifest?.parsed.form !== 'gpg' || file.parsed.form === 'gpg') return
  const text = `${toText(file.name)} is not encrypted and its backup set is: it is not used.`
  throw new UserError('PLAINTEXT', text, { hint })
}

/** HASH_MISMATCH in duplicity's words (archive format §13.1). Hashes in lower-case hex; `hint` says what to do here. */
export function hashMismatch(name: string, actual: string, wanted: string, hint: string | Remedy): UserError {
  const hashes = ` Calculated hash: ${actual}\n Manifest hash: ${wanted}\n`
  return new UserError('HASH_MISMATCH', `Invalid data - SHA1 hash mismatch for file:\n ${name}\n${hashes}`, {
    hint,
  })
}

/** VOLUME_MISSING for a volume that the manifest names and the destination does not have. */
export function missingVolume(set: BackupSet, number: number): UserError {
  const kind = set.type === 'full' ? 'full backup' : 'incremental backup'
  return new UserError(
    'VOLUME_MISSING',
    `Volume ${number} of the ${kind} of ${formatMoment(set.end)} is not on the destination.`,
    {
      hint: {
        engine:
          'Choose another time with --time, or pass --ignore-errors to restore what the other volumes hold.',
        duba: `Choose another time with --time. ${salvageByHand}`,
      },
    },
  )
}
