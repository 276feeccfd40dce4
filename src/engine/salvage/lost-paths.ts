/**
 * What a set says of the paths that its lost volumes held. Its signature archive names every one of them, so with that
 * at hand the answer is exact; else there are only the ranges of the manifest.
 */
import { parseSignatureMember, type SignatureAction } from '../../format/member.ts'
import { comparePaths, isInside } from '../../format/path-order.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'

/** `undefined` action: the set may have said something of the path, or nothing. */
export interface LostWord {
  readonly action: SignatureAction | undefined
  readonly header: TarEntry | undefined
}

interface Head {
  readonly path: ByteString
  readonly action: SignatureAction
  readonly header: TarEntry
}

const UNSURE: LostWord = { action: undefined, header: undefined }

export class LostPaths {
  readonly #wanted: ByteString
  readonly #open: () => Promise<AsyncIterable<Uint8Array> | undefined>
  readonly #ranges: { readonly from: ByteString | undefined; readonly to: ByteString | undefined }[] = []
  #reader: TarReader | undefined
  #head: Head | undefined
  #state: 'new' | 'exact' | 'ranges' = 'new'

  /** `open` gives the signature archive, undefined where there is none that can be read. */
  constructor(wanted: ByteString, open: () => Promise<AsyncIterable<Uint8Array> | undefined>) {
    this.#wanted = wanted
    this.#open = open
  }

  /** Whether it knows each path; else only ranges. */
  get exact(): boolean {
    return this.#state === 'exact'
  }

  addRange(from: ByteString | undefined, to: ByteString | undefined): void {
    this.#ranges.push({ from, to })
  }

  /** Gets ready to be asked for paths behind `last`. To be called before each question; costs nothing the second time. */
  async start(last: ByteString | undefined): Promise<void> {
    if (this.#state !== 'new') return
    const bytes = await this.#open()
    this.#state = bytes === undefined ? 'ranges' : 'exact'
    if (bytes === undefined) return
    this.#reader = new TarReader(bytes)
    do await this.#advance()
    while (this.#head !== undefined && last !== undefined && comparePaths(this.#head.path, last) <= 0)
  }

  /** The next path that the set is known to speak of. */
  get path(): ByteString | undefined {
    return this.#head?.path
  }

  /** What the set says of a path; paths must be asked for in order. Undefined: nothing. */
  async take(path: ByteString): Promise<LostWord | undefined> {
    if (this.#state !== 'exact') return this.#covers(path) ? UNSURE : undefined
    while (this.#head !== undefined && comparePaths(this.#head.path, path) < 0) await this.#advance()
    const head = this.#head
    if (head?.path !== path) return this.exact || !this.#covers(path) ? undefined : UNSURE
    await this.#advance()
    return head
  }

  async close(): Promise<void> {
    await this.#reader?.close()
    this.#head = undefined
  }

  #covers(path: ByteString): boolean {
    return this.#ranges.some(
      ({ from, to }) =>
        (from === undefined || comparePaths(from, path) <= 0) &&
        (to === undefined || comparePaths(path, to) <= 0),
    )
  }

  async #advance(): Promise<void> {
    try {
      for (;;) {
        const header = await this.#reader?.next()
        if (header === undefined) {
          this.#head = undefined
          return
        }
        const member = parseSignatureMember(header.name)
        if (!isInside(member.path, this.#wanted)) continue
        this.#head = { ...member, header }
        return
      }
    } catch (error) {
      // A damaged signature archive: from here on only the ranges tell.
      if (!(error instanceof UserError)) throw error
      this.#head = undefined
      this.#state = 'ranges'
    }
  }
}
