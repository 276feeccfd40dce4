/** What a salvage could not bring back as it was: collected while it works, told at its end. */
import type { ByteString } from '../../lib/bytestring.ts'
import type { SalvagedPath } from '../events-restore.ts'
import type { Emit } from '../events.ts'
import type { Loss } from './loss.ts'

export class SalvageReport {
  readonly #losses: { loss: Loss; exact: () => boolean }[] = []
  readonly #paths: SalvagedPath[] = []

  /** `exact`: whether every path of the loss is known. */
  lost(loss: Loss, exact: () => boolean): void {
    this.#losses.push({ loss, exact })
  }

  /** A path that is not there, or not as it was asked for. */
  path(state: SalvagedPath['state'], path: ByteString, detail: string, version?: number): void {
    this.#paths.push({ state, path, detail, version })
  }

  /** Whether everything came back as it was. */
  get whole(): boolean {
    return this.#losses.length === 0 && this.#paths.length === 0
  }

  tell(emit: Emit): void {
    for (const { loss, exact } of this.#losses) {
      const { set, volume, from, to, detail } = loss
      const range = { from: from ?? '', to }
      emit({ type: 'salvage-loss', end: set.end, volume, ...range, exact: exact(), detail })
    }
    for (const each of this.#paths) emit({ type: 'salvage-path', ...each })
    const count = (wanted: SalvagedPath['state']): number =>
      this.#paths.filter(({ state }) => state === wanted).length
    emit({
      type: 'salvage-done',
      whole: this.whole,
      losses: this.#losses.length,
      damaged: count('damaged'),
      missing: count('missing'),
      stale: count('stale'),
    })
  }
}
