/** Compares what a restore would write with what is at its target, from signature archives alone. */
import { isInside } from '../../format/path-order.ts'
import { recordedSize } from '../../format/records.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { StateReader } from '../diff/state.ts'
import type { Emit } from '../events.ts'
import type { Conflict } from '../request.ts'
import { actionFor } from './conflict.ts'
import { privilegesOf } from './privileges.ts'
import { TargetView } from './target-view.ts'

export interface Survey {
  entries: number
  contentBytes: number
  unknownSizes: number
  conflicts: number
  stripped: number
}

export interface SurveyOptions {
  readonly target: ByteString
  /** Path inside the backup. */
  readonly wanted: ByteString
  readonly conflict: Conflict
  readonly uid: number
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** Reads the state and looks at the target for each path; every conflict is told. Closes the state. */
export async function survey(state: StateReader, options: SurveyOptions): Promise<Survey> {
  const { wanted, conflict, emit, signal } = options
  const found: Survey = { entries: 0, contentBytes: 0, unknownSizes: 0, conflicts: 0, stripped: 0 }
  const view = new TargetView(options.target, options.uid)
  try {
    for (let entry = await state.next(); entry !== undefined; entry = await state.next()) {
      signal.throwIfAborted()
      const { path, header } = entry
      if (!isInside(path, wanted)) continue
      found.entries += 1
      if (header.type === 'reg') {
        const size = recordedSize(header.records)
        if (size === undefined || Number.isNaN(size)) found.unknownSizes += 1
        else found.contentBytes += size
      }
      if (privilegesOf(header).length > 0) found.stripped += 1
      const below = wanted === '' ? path : path.slice(wanted.length + 1)
      const incoming = { directory: header.type === 'dir', mtime: header.mtime }
      const action = actionFor(conflict, incoming, view.stat(below))
      if (action === undefined) continue
      found.conflicts += 1
      emit({ type: 'restore-conflict', path: below, action })
    }
  } finally {
    view.close()
    await state.close()
  }
  return found
}
