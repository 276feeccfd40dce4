/** A fingerprint of which paths an archive names, and how: the same for the volumes of a set and its signatures. */
import { createHash } from 'node:crypto'
import { type ByteString, toBytes } from '../../lib/bytestring.ts'

/** What both archives say of a path. */
export type MemberKind = 'regular' | 'other' | 'deleted'

export class MemberList {
  readonly #hash = createHash('sha256')
  count = 0

  /** Takes the next path, in archive order. */
  add(path: ByteString, kind: MemberKind): void {
    this.#hash.update(toBytes(`${kind}\0${path}\0`))
    this.count += 1
  }

  /** To be asked once. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
