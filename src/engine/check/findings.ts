/** What a check has found about one backup set, or about the repository as a whole. */
import type { CheckFinding, CheckFindingKind, CheckVerdict } from '../events-check.ts'

export class Findings {
  readonly list: CheckFinding[] = []

  /** Something that a restore needs is not there or not whole. */
  damage(kind: CheckFindingKind, detail: string): void {
    this.list.push({ grade: 'damage', kind, detail })
  }

  /** Something is not as it should be, and no restore fails because of it. */
  suspicion(kind: CheckFindingKind, detail: string): void {
    this.list.push({ grade: 'suspicion', kind, detail })
  }

  /** Worth to be said; the verdict stays. */
  note(kind: CheckFindingKind, detail: string): void {
    this.list.push({ grade: 'note', kind, detail })
  }

  get verdict(): CheckVerdict {
    if (this.list.some(({ grade }) => grade === 'damage')) return 'damaged'
    return this.list.some(({ grade }) => grade === 'suspicion') ? 'suspicious' : 'good'
  }
}
