/** What this machine cannot do for us, in words: shown once by the program and by `doctor`. */
import { type Libc, libc, whyNoLibc } from './libc.ts'

export interface SystemCalls {
  /** Whole sentences; empty where everything works. */
  readonly missing: readonly string[]
  /** Why something is missing, without a full stop; undefined where nothing is. */
  readonly reason: string | undefined
}

/** Loads what there is and says what is missing. Never fails. */
export function loadSystemCalls(load: () => Libc | undefined = libc): SystemCalls {
  if (load() !== undefined) return { missing: [], reason: undefined }
  return {
    missing: [
      'No lock can be taken on archive directories, so two runs are not kept apart.',
      'Named pipes and device files cannot be restored.',
      'Holes in sparse files are read as zeros, which is slower.',
      'Extended attributes, access control lists, file capabilities and SELinux contexts are neither stored nor restored.',
      'Hard links are restored as separate files.',
      'Restored times are not exact below a microsecond.',
    ],
    reason: whyNoLibc() ?? 'system calls are not available',
  }
}
