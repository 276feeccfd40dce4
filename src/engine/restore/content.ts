/**
 * The content of a file from its snapshot and the deltas after it, checked against the checksum that was recorded when the
 * file was read: the sums inside of deltas are short and can be made to collide (docs/security.md).
 */
import { createHash, hash, type Hash } from 'node:crypto'
import { recordedSha256, recordedSize } from '../../format/records.ts'
import { UserError } from '../../lib/errors.ts'
import type { Pieces } from './delta-commands.ts'
import { patched } from './patched.ts'
import type { SetItem } from './set-reader.ts'

/** Takes a piece, which is valid until it returns; tells whether more is wanted. */
export type Take = (piece: Buffer) => boolean

/** What may be held in memory of all deltas of one file, and as much of their bases. */
const MEMORY = 8 << 20

/**
 * Gives the content of the last version, piece by piece. A version in between is held in memory or, if it is large, in a
 * temporary file, where it does not just pass. Throws DELTA_INVALID where a delta does not fit, ARCHIVE_INVALID where the
 * sequence begins with a delta, and at the very end HASH_MISMATCH where a volume, and CONTENT_MISMATCH where the content
 * is not what was backed up: until then it must not be trusted. False: `take` had enough, and nothing is checked.
 */
export async function readContent(items: readonly SetItem[], tempDir: string, take: Take): Promise<boolean> {
  const [base] = items
  const newest = items.at(-1)
  if (base === undefined || newest === undefined) return true
  const check = new Check(newest)
  const takeOne = (piece: Buffer): boolean => {
    check.add(piece)
    return take(piece)
  }
  if (base === newest && base.action !== 'diff') {
    // Nearly every file.
    for (;;) {
      const next = base.read()
      const piece = next instanceof Promise ? await next : next
      if (piece === undefined) break
      if (!takeOne(piece)) return false
    }
  } else {
    for await (const piece of assembled(items, tempDir)) if (!takeOne(piece)) return false
  }
  check.end()
  for (const item of items) await item.proven()
  return true
}

/** Compares content with what is recorded of it, if anything is. */
class Check {
  readonly #newest: SetItem
  readonly #needed: boolean
  #size = 0
  /** Of a file that came in one piece. */
  #whole: string | undefined
  #digest: Hash | undefined

  constructor(newest: SetItem) {
    this.#newest = newest
    // Without a checksum to come there is nothing to compute.
    this.#needed = !newest.whole || newest.records !== undefined
  }

  add(piece: Buffer): void {
    if (!this.#needed) return
    const { whole, action, header } = this.#newest
    if (this.#size === 0 && whole && action !== 'diff' && piece.length === header.size)
      this.#whole = hash('sha256', piece, 'base64url')
    else (this.#digest ??= createHash('sha256')).update(piece)
    this.#size += piece.length
  }

  /** Throws CONTENT_MISMATCH, and ARCHIVE_INVALID where the checksum is malformed. */
  end(): void {
    if (!this.#needed) return
    const { records } = this.#newest
    const expectedSize = recordedSize(records)
    if (expectedSize !== undefined && expectedSize !== this.#size) {
      throw mismatch(`has ${this.#size} bytes instead of ${expectedSize}`)
    }
    const expected = recordedSha256(records)
    if (expected === undefined) return
    const found = this.#whole ?? (this.#digest ?? createHash('sha256')).digest('base64url')
    if (found !== expected) throw mismatch(`has the SHA-256 ${found} instead of ${expected}`)
  }
}

function mismatch(what: string): UserError {
  return new UserError('CONTENT_MISMATCH', `the content is not what was backed up: it ${what}`, {
    hint: 'The archive was damaged or tampered with, or a file was made so that its changes are not seen: restore an older version.',
  })
}

async function* assembled(items: readonly SetItem[], tempDir: string): Pieces {
  const [base, ...deltas] = items
  if (base === undefined) return
  if (base.action === 'diff') {
    throw new UserError(
      'ARCHIVE_INVALID',
      'the first patch in its sequence is a delta: the version it builds on is missing',
    )
  }
  const options = { tempDir, memory: Math.floor(MEMORY / deltas.length) }
  let version = piecesOf(base)
  for (const delta of deltas) version = patched(version, piecesOf(delta), options)
  yield* version
}

async function* piecesOf(item: SetItem): Pieces {
  for (;;) {
    const piece = await item.read()
    if (piece === undefined) return
    yield piece
  }
}
