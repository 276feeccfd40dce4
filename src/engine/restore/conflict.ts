/** What is done where a restore finds something in its way. */
import type { ByteString } from '../../lib/bytestring.ts'
import type { EntryStat } from '../../sys/directory.ts'
import type { ConflictAction } from '../events-restore.ts'
import type { Conflict } from '../request.ts'

/** What is to be put in place, as far as it matters. */
export interface Incoming {
  readonly directory: boolean
  /** Whole seconds. */
  readonly mtime: number
}

/**
 * What is done with an entry that meets an existing one: undefined where they do not disturb one another, because nothing is
 * there or both are directories, which are merged.
 */
export function actionFor(
  conflict: Conflict,
  incoming: Incoming,
  existing: EntryStat | undefined,
): ConflictAction | undefined {
  if (existing === undefined || (incoming.directory && existing.kind === 'dir')) return undefined
  switch (conflict) {
    case 'fail':
      return 'found'
    case 'skip':
      return 'kept'
    case 'overwrite':
      return 'replaced'
    case 'newer':
      return incoming.mtime > existing.mtime ? 'replaced' : 'kept'
    case 'rename':
      return 'renamed'
  }
}

/** The name that a restored entry gets beside the one in its way; `taken` says whether a name is. */
export function otherName(
  name: ByteString,
  suffix: ByteString,
  taken: (name: ByteString) => boolean,
): ByteString {
  const most = 255
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? suffix : `${suffix}-${count}`
    const other = name.slice(0, most - end.length) + end
    if (!taken(other)) return other
  }
}
