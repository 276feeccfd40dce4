/** What a backup means for the ones before it: told by what happened, not by the verdict that the configuration gives it. */
import type { Standing } from '../report/status-record.ts'
import type { Performed } from './work.ts'

/** Undefined: the job was skipped, and all stands as it stood. */
export function standingOf({
  verdict,
  reason,
  withheld,
}: Pick<Performed, 'verdict' | 'reason' | 'withheld'>): Standing | undefined {
  switch (verdict) {
    case 'skipped':
      return undefined
    case 'failed':
    case 'stalled':
      return { good: false, blocked: `the last backup has ${verdict}${reason ? ` (${reason.code})` : ''}` }
    case 'warning':
      if (reason?.code === 'vanished') return { good: false, blocked: 'the source has vanished' }
      return { good: true, blocked: withheld }
    case 'ok':
      return { good: true, blocked: withheld }
  }
}
