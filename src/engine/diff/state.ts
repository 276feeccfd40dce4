/**
 * The last state of a source, from the signature archives of its chain: for each path the newest entry wins, a
 * deletion removes it (archive format §5, "combining"). One pass over all archives at once, in path order, with one
 * entry of each in memory.
 */
import { parseSignatureMember } from '../../format/member.ts'
import { comparePaths } from '../../format/path-order.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { HEADER_LENGTH } from '../../rsync/signature-header.ts'

/** One path of the state. */
export interface StateEntry {
  readonly path: ByteString
  /** Metadata as stored; `size` is that of the signature, not of the file. */
  readonly header: TarEntry
  /** Whether a signature follows: the path is a regular file. */
  readonly hasSignature: boolean
  /** Next piece of the signature, undefined at its end. Valid until the next call of `next`. */
  readSignature(): Promise<Buffer | undefined>
  /** The beginning of the signature, at least its header if it has one; `readSignature` gives it once more. */
  signatureHead(): Promise<Buffer>
}

/** A signature archive: what to call it in messages, and its plain bytes. */
export interface SignatureSource {
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

interface Cursor {
  readonly name: string
  readonly reader: TarReader
  path: ByteString
  header: TarEntry
  action: 'signature' | 'snapshot' | 'deleted'
}

class CursorEntry implements StateEntry {
  readonly path: ByteString
  readonly header: TarEntry
  readonly hasSignature: boolean
  readonly #reader: TarReader
  #head: Buffer | undefined

  constructor({ path, header, action, reader }: Cursor) {
    this.path = path
    this.header = header
    this.hasSignature = action === 'signature'
    this.#reader = reader
  }

  readSignature(): Promise<Buffer | undefined> {
    const head = this.#head
    this.#head = undefined
    return head === undefined ? this.#reader.read() : Promise.resolve(head)
  }

  async signatureHead(): Promise<Buffer> {
    let head = this.#head ?? (await this.#reader.read()) ?? Buffer.alloc(0)
    while (head.length < HEADER_LENGTH) {
      const piece = await this.#reader.read()
      if (piece === undefined) break
      head = Buffer.concat([head, piece])
    }
    this.#head = head
    return head
  }
}

/** Reads the state that a chain of signature archives describes. */
export class StateReader {
  readonly #archives: readonly { readonly name: string; readonly reader: TarReader }[]
  #cursors: Cursor[] | undefined
  #winner: Cursor[] = []

  /** `sources`: full signatures first, then new signatures in time order. */
  constructor(sources: readonly SignatureSource[]) {
    this.#archives = sources.map(({ name, bytes }) => ({ name, reader: new TarReader(bytes) }))
  }

  /** The next existing path in order, or undefined at the end. Throws ARCHIVE_INVALID, HOSTILE_MEMBER. */
  async next(): Promise<StateEntry | undefined> {
    this.#cursors ??= await this.#open()
    for (;;) {
      for (const cursor of this.#winner) await this.#advance(cursor)
      const cursors = this.#cursors
      this.#winner = lowest(cursors)
      const newest = this.#winner.at(-1)
      if (newest === undefined) return undefined
      if (newest.action === 'deleted') continue
      return new CursorEntry(newest)
    }
  }

  async close(): Promise<void> {
    for (const { reader } of this.#archives) await reader.close()
    this.#cursors = []
    this.#winner = []
  }

  async #open(): Promise<Cursor[]> {
    const cursors: Cursor[] = []
    for (const { name, reader } of this.#archives) {
      const first = await reader.next()
      if (first === undefined) continue
      cursors.push({ name, reader, header: first, ...parseSignatureMember(first.name) })
    }
    return cursors
  }

  async #advance(cursor: Cursor): Promise<void> {
    const header = await cursor.reader.next()
    if (header === undefined) {
      this.#cursors = (this.#cursors ?? []).filter((other) => other !== cursor)
      return
    }
    const { path, action } = parseSignatureMember(header.name)
    if (comparePaths(cursor.path, path) >= 0) {
      throw new UserError(
        'ARCHIVE_INVALID',
        `${cursor.name}: entries are out of order at ${JSON.stringify(path)}.`,
        {
          hint: 'The signature archive is damaged. Start a new full backup.',
        },
      )
    }
    cursor.header = header
    cursor.path = path
    cursor.action = action
  }
}

/** The cursors that stand at the lowest path, oldest archive first. */
function lowest(cursors: readonly Cursor[]): Cursor[] {
  let found: Cursor[] = []
  for (const cursor of cursors) {
    const first = found[0]
    const order = first === undefined ? -1 : comparePaths(cursor.path, first.path)
    if (order < 0) found = [cursor]
    else if (order === 0) found.push(cursor)
  }
  return found
}
