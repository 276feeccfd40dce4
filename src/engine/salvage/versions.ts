/** From what the sets say of one path to the best version of it that can be proven. */
import { type ErrorCode, hasCode, messageOf } from '../../lib/errors.ts'
import { Spool } from '../pack/spool.ts'
import { recordedSha256 } from '../../format/records.ts'
import { readContent } from '../restore/content.ts'
import { PROVEN, type SetItem } from '../restore/set-reader.ts'
import type { LostWord } from './lost-paths.ts'

/** What one set says of a path: an item of its volumes, or word of one that is lost. `end`: when the set ended. */
export type Fact = { readonly end: number } & ({ readonly item: SetItem } | { readonly word: LostWord })

/**
 * `absent`: the path does not exist. `stale`: `item` is older than asked for. `damaged`: the newest version is there in
 * parts. `missing`: nothing of it can be read.
 */
export type Best =
  | { readonly state: 'whole' | 'stale'; readonly item: SetItem; readonly end: number; readonly why: string }
  | { readonly state: 'absent' | 'damaged' | 'missing'; readonly why: string }

/** Errors that say that content cannot be made; anything else ends the salvage. */
const ofContent: readonly ErrorCode[] = ['ARCHIVE_INVALID', 'DELTA_INVALID', 'CONTENT_MISMATCH', 'INTEGRITY']

type Known = Fact & { readonly item: SetItem }

export class Versions {
  readonly #tempDir: string
  #spool: Spool | undefined

  constructor(tempDir: string) {
    this.#tempDir = tempDir
  }

  /** Frees what the last answer held. */
  close(): void {
    this.#spool?.close()
    this.#spool = undefined
  }

  /** The best version. Its item must be dealt with before `close` and before the readers go on. */
  async best(facts: readonly Fact[]): Promise<Best> {
    const known = facts.map(resolved)
    let why = ''
    for (let end = known.length; end > 0;) {
      const base = known.slice(0, end).findLastIndex((fact) => 'item' in fact && fact.item.action !== 'diff')
      const first = known[base]
      if (first === undefined || !('item' in first)) break
      const later = known.slice(base + 1)
      if (first.item.action === 'deleted') return afterDeletion(later, why)
      const found = await this.#apply(first, known.slice(base + 1, end), base === 0 && later.every(isUnsure))
      why ||= found.why
      if (found.item !== undefined) {
        const whole = found.why === '' && end === known.length
        return { state: whole ? 'whole' : 'stale', item: found.item, end: found.end, why }
      }
      end = base
    }
    if (known.some((fact) => 'item' in fact)) {
      return { state: 'damaged', why: why || 'the version that its changes build on is lost' }
    }
    if (known.every(isUnsure)) return { state: 'absent', why }
    return { state: 'missing', why: 'the volume that held it is lost' }
  }

  /** Applies what follows to a version that stands by itself, as far as can be. `stream`: nothing needs to be kept. */
  async #apply(
    first: Known,
    rest: readonly Fact[],
    stream: boolean,
  ): Promise<{ item: SetItem | undefined; end: number; why: string }> {
    let { item, end } = first
    if (stream && !rest.some((fact) => 'item' in fact)) return { item, end, why: '' }
    try {
      if (item.header.type === 'reg') item = this.#keep(await this.#make([item]), item)
    } catch (error) {
      return { item: undefined, end, why: reasonOf(error) }
    }
    let doubtful = false
    for (const fact of rest) {
      if (!('item' in fact)) {
        if (!isUnsure(fact)) return { item, end, why: 'a later version is in a volume that is lost' }
        doubtful = true
        continue
      }
      try {
        const made = await this.#make([item, fact.item])
        // The recorded checksum proves that no change in between was lost.
        const proven = !doubtful || recordedSha256(fact.item.records) !== undefined
        if (!proven) made.close()
        if (!proven) return { item: this.#kept(item), end, why: 'a change in between may be lost' }
        item = this.#keep(made, fact.item)
        end = fact.end
        doubtful = false
      } catch (error) {
        return { item: this.#kept(item), end, why: reasonOf(error) }
      }
    }
    return { item, end, why: '' }
  }

  /** Makes the content of a version out of the one before, which stays. */
  async #make(items: readonly SetItem[]): Promise<Spool> {
    const spool = new Spool(this.#tempDir)
    try {
      await readContent(items, this.#tempDir, (piece) => {
        spool.addPassing(piece)
        return true
      })
      return spool
    } catch (error) {
      spool.close()
      throw error
    }
  }

  #keep(content: Spool, newest: SetItem): SetItem {
    this.close()
    this.#spool = content
    return this.#kept({ ...newest, action: 'snapshot', whole: true })
  }

  /** The item with the kept content, from its beginning. */
  #kept(item: SetItem): SetItem {
    const pieces = this.#spool?.pieces()
    const read = (): Promise<Buffer | undefined> => {
      const step = pieces?.next()
      return Promise.resolve(step === undefined || step.done === true ? undefined : Buffer.from(step.value))
    }
    return { ...item, read }
  }
}

/** What a signature archive says is everything, for all but regular files. */
function resolved(fact: Fact): Fact {
  if ('item' in fact) return fact
  const { action, header } = fact.word
  if (header === undefined || action === undefined || action === 'signature') return fact
  const read = (): Promise<undefined> => Promise.resolve(undefined)
  const { records } = header
  return { end: fact.end, item: { path: '', action, header, whole: true, records, read, proven: PROVEN } }
}

function isUnsure(fact: Fact): boolean {
  return 'word' in fact && fact.word.action === undefined
}

function afterDeletion(later: readonly Fact[], why: string): Best {
  if (later.every(isUnsure)) return { state: 'absent', why }
  if (later.some((fact) => 'item' in fact)) return { state: 'damaged', why }
  return { state: 'missing', why: 'the volume that held it is lost' }
}

function reasonOf(error: unknown): string {
  if (hasCode(error, ...ofContent)) return messageOf(error)
  throw error
}
