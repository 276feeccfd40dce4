/** Enters a volume at an access point (docs/decisions/0010). */
import { parseVolumeMember, type VolumeMember } from '../../format/member.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { TarReader } from '../../format/tar/reader.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'

/** A member that was read up to its content. */
export interface Head {
  readonly member: VolumeMember
  readonly header: TarEntry
}

/** What decoding from a wrong place leads to. */
const WRONG_PLACE = ['INTEGRITY', 'ARCHIVE_INVALID']

/**
 * Opens a volume at an access point, if there really is a member of one of these paths (the point's, or the volume's first
 * where the file cannot be entered). Undefined where it is not so: nothing depends on a point, the volume is read from its
 * beginning then, and that tells what is wrong with it if anything is.
 */
export async function enter(
  open: () => Promise<TarReader>,
  paths: readonly ByteString[],
): Promise<{ readonly reader: TarReader; readonly first: Head } | undefined> {
  let reader: TarReader | undefined
  try {
    reader = await open()
    const header = await reader.next()
    const first = header && { header, member: parseVolumeMember(header.name) }
    if (first && paths.includes(first.member.path)) return { reader, first }
  } catch (error) {
    if (!(error instanceof UserError) || !WRONG_PLACE.includes(error.code)) throw error
  }
  await reader?.close()
  return undefined
}
