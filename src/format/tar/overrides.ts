/** Headers that describe the next one: pax headers and GNU's long names (docs/format.md §5.1). */
import type { ByteString } from '../../lib/bytestring.ts'
import type { Overrides } from './header-read.ts'
import { parsePaxRecords, type PaxRecords } from './pax.ts'

const PAX = 0x78 // x
const PAX_GLOBAL = 0x67 // g
const GNU_NAME = 0x4c // L
const GNU_LINK = 0x4b // K

/** Whether a header of this type describes the next one. */
export function isExtension(flag: number): boolean {
  return flag === PAX || flag === PAX_GLOBAL || flag === GNU_NAME || flag === GNU_LINK
}

/** What extension headers said since the last member. */
export class PendingOverrides implements Overrides {
  readonly #global: PaxRecords
  pax: PaxRecords
  longName: ByteString | undefined
  longLink: ByteString | undefined
  extra: PaxRecords | undefined
  pending = false

  constructor(global: PaxRecords) {
    this.#global = global
    this.pax = global
  }

  /** Takes the body of an extension. Throws ARCHIVE_INVALID. */
  take(flag: number, body: Buffer): void {
    if (flag === PAX_GLOBAL) {
      // What describes one member is not taken for all.
      parsePaxRecords(body, this.#global)
      return
    }
    this.pending = true
    if (flag === PAX) {
      if (this.pax === this.#global) this.pax = new Map(this.#global)
      this.extra = parsePaxRecords(body, this.pax) ?? this.extra
      return
    }
    const nul = body.indexOf(0)
    const name = body.toString('latin1', 0, nul === -1 ? body.length : nul)
    if (flag === GNU_NAME) this.longName = name
    else this.longLink = name
  }

  clear(): void {
    if (!this.pending) return
    this.pax = this.#global
    this.longName = undefined
    this.longLink = undefined
    this.extra = undefined
    this.pending = false
  }
}
