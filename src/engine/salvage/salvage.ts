/**
 * Salvage: reads all sets of a chain at once, like a restore, and makes of each path what the readable parts allow: the
 * version asked for, else the last one before it that can be proven, else nothing. What is not the version asked for is
 * in the report; where a loss is known only as a range of paths, the range is.
 */
import { comparePaths } from '../../format/path-order.ts'
import { formatMoment } from '../../format/time.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { messageOf } from '../../lib/errors.ts'
import { type BackupSet, missingVolumes } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { Obstacles, type PathHistory } from '../restore/history.ts'
import type { SetItem } from '../restore/set-reader.ts'
import type { Loss } from './loss.ts'
import { LostPaths } from './lost-paths.ts'
import { openSignatures } from './open-signatures.ts'
import type { SalvageSet } from './plan.ts'
import { SalvageReader } from './reader.ts'
import type { SalvageReport } from './report.ts'
import { type Fact, Versions } from './versions.ts'

export interface SalvageOptions {
  readonly context: EngineContext
  readonly wanted: ByteString
  readonly onVolume: () => void
  readonly report: SalvageReport
}

interface Source {
  readonly planned: SalvageSet
  readonly reader: SalvageReader
  readonly lost: LostPaths
  hasLoss: boolean
  item: SetItem | undefined
}

export class Salvage {
  readonly #options: SalvageOptions
  readonly #sources: Source[]
  readonly #versions: Versions
  readonly #obstacles = new Obstacles()

  constructor(sets: readonly SalvageSet[], options: SalvageOptions) {
    this.#options = options
    this.#versions = new Versions(options.context.tempDir)
    this.#sources = sets.map((planned) => this.#sourceOf(planned))
  }

  /** Paths in order, each with one item at most. Each must be dealt with before the next is asked for. */
  async *histories(): AsyncGenerator<PathHistory> {
    const sources = this.#sources
    for (const source of sources) await this.#begin(source)
    let last: ByteString | undefined
    for (;;) {
      for (const { lost, hasLoss } of sources) if (hasLoss) await lost.start(last)
      const path = lowest(sources)
      if (path === undefined) return
      last = path
      yield* this.#historyOf(path)
      this.#versions.close()
      for (const source of sources) if (source.item?.path === path) source.item = await source.reader.next()
    }
  }

  async close(): Promise<void> {
    this.#versions.close()
    for (const { reader, lost } of this.#sources) {
      await reader.close()
      await lost.close()
    }
  }

  #sourceOf(planned: SalvageSet): Source {
    const { context, wanted, onVolume, report } = this.#options
    const { set, manifest } = planned
    const lost = new LostPaths(wanted, () => openSignatures(context, planned))
    const onLoss = (loss: Loss): void => {
      source.hasLoss = true
      lost.addRange(loss.from, loss.to)
      report.lost(loss, () => lost.exact)
    }
    const volumes = manifest?.volumes ?? unlistedVolumes(set)
    const reader = new SalvageReader(set, volumes, { context, wanted, onVolume, onLoss })
    const source: Source = { planned, reader, lost, hasLoss: false, item: undefined }
    if (manifest === undefined) {
      const detail = whyUnlisted(planned)
      onLoss({ set, volume: undefined, from: undefined, to: undefined, detail })
    }
    return source
  }

  async #begin(source: Source): Promise<void> {
    source.item = await source.reader.next()
  }

  async *#historyOf(path: ByteString): AsyncGenerator<PathHistory> {
    const { report } = this.#options
    const facts: Fact[] = []
    for (const { planned, item, lost, hasLoss } of this.#sources) {
      const { end } = planned.set
      const word = hasLoss ? await lost.take(path) : undefined
      if (item?.path === path) facts.push({ end, item })
      else if (word !== undefined) facts.push({ end, word })
    }
    const best = await this.#versions.best(facts)
    if (best.state === 'damaged' || best.state === 'missing') report.path(best.state, path, best.why)
    if (!('item' in best)) return
    let failure: string | undefined
    const onFailure = (error: unknown): void => {
      failure = messageOf(error)
    }
    yield { path, items: [best.item], obstacle: this.#obstacles.above(path, best.item), onFailure }
    if (failure !== undefined) report.path('damaged', path, failure)
    else if (best.state === 'stale') {
      report.path('stale', path, `restored as it was at ${formatMoment(best.end)}: ${best.why}`, best.end)
    }
  }
}

function whyUnlisted({ gone, signatures }: SalvageSet): string {
  if (!gone) {
    return 'It has no manifest that can be read: its volumes were used without it, and later ones may be missing.'
  }
  return signatures.length > 0
    ? 'Only its signature archive is there.'
    : 'What was backed up in between is not there.'
}

function lowest(sources: readonly Source[]): ByteString | undefined {
  let found: ByteString | undefined
  for (const { item, lost } of sources) {
    for (const path of [item?.path, lost.path]) {
      if (path !== undefined && (found === undefined || comparePaths(path, found) < 0)) found = path
    }
  }
  return found
}

/** The volumes of a set without manifest by number, and those that gaps show: a name may say any number. */
function unlistedVolumes(set: BackupSet): { readonly number: number }[] {
  if (set.volumes.size === 0) return []
  const numbers = [...set.volumes.keys(), ...missingVolumes(set)].sort((a, b) => a - b)
  return numbers.map((number) => ({ number }))
}
