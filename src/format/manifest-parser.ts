/** Reads manifests (docs/format.md §4) piece by piece: their lists of files are as long as their sets. */
import { type ByteString, fromBytes, ownString } from '../lib/bytestring.ts'
import { UserError } from '../lib/errors.ts'
import { ACCESS_FIELD, type AccessPoint, parseAccessPoint } from './access-point.ts'
import type { FileListEntry, Manifest, ManifestVolume } from './manifest.ts'
import { unquote, unquotePath } from './manifest-quote.ts'
import { showName } from './show-name.ts'

export interface ManifestOptions {
  /** Whether the list of files is wanted, which is held then. */
  readonly fileList?: boolean
  /**
   * Bytes of the file as it is stored, compressed or encrypted: what is read and what is held of it are bounded by that.
   * Without it nothing is bounded but the lines: for files that are here as they are read.
   */
  readonly stored?: number
  /** Looked at between pieces. */
  readonly signal?: AbortSignal
}

/** The longest line that anybody writes has two paths of 4,096 bytes, of which quoting makes four each. */
const MAX_LINE = 1 << 16

/** Characters that a manifest may have and hold whatever its size, and those for each of its stored bytes. */
const LEAST_ROOM = 1 << 25
const READ_PER_BYTE = 256
const HELD_PER_BYTE = 128

/** What a volume, a hash, an access point or a listed file costs beside its characters. */
const ENTRY_COST = 128

/**
 * Reads a manifest. Volumes may stand more than once after a restart: the last block of a number counts, and volumes with
 * a higher number than the last block's are gone. Throws MANIFEST_UNREADABLE, naming the line.
 */
export function parseManifest(bytes: Uint8Array, options: ManifestOptions = {}): Manifest {
  const parser = new ManifestParser(options)
  parser.push(bytes)
  return parser.finish()
}

/** As `parseManifest`, from pieces, of which one at a time is held. Throws what the pieces throw too. */
export async function parseManifestPieces(
  pieces: AsyncIterable<Uint8Array>,
  options: ManifestOptions = {},
): Promise<Manifest> {
  const parser = new ManifestParser(options)
  for await (const piece of pieces) parser.push(piece)
  return parser.finish()
}

/** A volume whose block is being read. */
interface OpenVolume {
  readonly line: number
  readonly number: number
  start?: { path: ByteString; block: number | undefined }
  end?: { path: ByteString; block: number | undefined }
  readonly hashes: Record<string, string>
  readonly access: AccessPoint[]
}

const VOLUME = /^volume[ \t\v\f\r]+([0-9]{1,15}):/i
const FILE_LIST = /^filelist[ \t\v\f\r]+([0-9]{1,15})[ \t\v\f\r]*$/i
const IDENTITY = /^(hostname|localdir)[ \t\v\f\r]/i

/** Takes a manifest piece by piece. Throws MANIFEST_UNREADABLE, naming the line. */
class ManifestParser {
  readonly #wantsFileList: boolean
  readonly #signal: AbortSignal | undefined
  readonly #stored: number
  #read = 0
  #held = 0
  readonly #identity: { hostname?: ByteString; localdir?: ByteString } = {}
  readonly #volumes = new Map<number, ManifestVolume>()
  #volume: OpenVolume | undefined
  #lastNumber = 0
  #fileList: { count: number; entries: FileListEntry[] } | undefined
  #inFileList = false
  #recognised = false
  #line = 0
  /** The beginning of a line whose end has not come. */
  #rest: ByteString = ''

  constructor({ fileList = false, stored = Infinity, signal }: ManifestOptions = {}) {
    this.#wantsFileList = fileList
    this.#signal = signal
    this.#stored = stored
  }

  push(bytes: Uint8Array): void {
    this.#signal?.throwIfAborted()
    this.#read += bytes.length
    if (this.#read > LEAST_ROOM + READ_PER_BYTE * this.#stored) throw this.#tooMuch()
    const text = fromBytes(bytes)
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#line += 1
      checkLength(this.#rest.length + end - start, this.#line)
      if (this.#rest === '') this.#take(text, start, end, this.#line)
      else {
        const line = this.#rest + text.slice(start, end)
        this.#rest = ''
        this.#take(line, 0, line.length, this.#line)
      }
      start = end + 1
    }
    if (start === text.length) return
    checkLength(this.#rest.length + text.length - start, this.#line + 1)
    this.#rest = ownString(this.#rest + text.slice(start))
  }

  /** Counts what is kept. */
  #hold(characters: number): void {
    this.#held += ENTRY_COST + characters
    if (this.#held > LEAST_ROOM + HELD_PER_BYTE * this.#stored) throw this.#tooMuch()
  }

  #tooMuch(): UserError {
    return unreadable(this.#line, 'the file says far more than its stored bytes can honestly hold')
  }

  #take(text: string, start: number, end: number, line: number): void {
    switch (text.charCodeAt(start) | 0x20) {
      case 0x76: // v
        if (/^volume[ \t\v\f\r]/i.test(text.slice(start, start + 7))) {
          this.#beginVolume(text.slice(start, end), line)
          return
        }
        break
      case 0x66: // f
        if (/^filelist[ \t\v\f\r]/i.test(text.slice(start, start + 9))) {
          this.#beginFileList(text.slice(start, end), line)
          return
        }
        break
      case 0x68: // h
      case 0x6c: // l
        this.#takeIdentity(text.slice(start, end), line)
        break
      default:
    }
    if (this.#inFileList) {
      if (this.#wantsFileList) this.#takeFile(text.slice(start, end), line)
    } else if (this.#volume !== undefined) {
      this.#hold(end - start)
      takeField(this.#volume, text.slice(start, end), line)
    }
  }

  finish(): Manifest {
    if (this.#rest !== '') {
      this.#line += 1
      this.#take(this.#rest, 0, this.#rest.length, this.#line)
    }
    this.#endVolume()
    if (!this.#recognised)
      throw unreadable(this.#line, 'the file ends and nothing in it belongs to a manifest')
    const volumes = [...this.#volumes.values()]
      .filter(({ number }) => number <= this.#lastNumber)
      .sort((a, b) => a.number - b.number)
    return {
      ...this.#identity,
      volumes,
      ...(this.#fileList !== undefined && { fileList: this.#fileList }),
      ...(this.#inFileList && { closed: true }),
    }
  }

  #takeIdentity(text: ByteString, line: number): void {
    const word = IDENTITY.exec(text)?.[1]?.toLowerCase()
    if (word !== 'hostname' && word !== 'localdir') return
    this.#recognised = true
    const value = unquote(text.slice(word.length + 1))
    if (value === undefined) throw unreadable(line, 'a quotation mark is missing', text)
    this.#identity[word] ??= ownString(value)
  }

  #beginVolume(text: ByteString, line: number): void {
    this.#endVolume()
    const number = Number(VOLUME.exec(text)?.[1] ?? 0)
    if (number === 0) throw unreadable(line, 'the number of a volume is expected', text)
    this.#recognised = true
    this.#inFileList = false
    this.#volume = { line, number, hashes: {}, access: [] }
    this.#hold(0)
  }

  #endVolume(): void {
    const open = this.#volume
    if (open === undefined) return
    const { number, start, end, hashes, access, line } = open
    if (start === undefined) throw unreadable(line, `volume ${number} has no StartingPath`)
    if (end === undefined) throw unreadable(line, `volume ${number} has no EndingPath`)
    this.#volumes.set(number, {
      number,
      startPath: start.path,
      startBlock: start.block,
      endPath: end.path,
      endBlock: end.block,
      hashes,
      ...(access.length > 0 && { access }),
    })
    this.#lastNumber = number
    this.#volume = undefined
  }

  #beginFileList(text: ByteString, line: number): void {
    const count = FILE_LIST.exec(text)?.[1]
    if (count === undefined) throw unreadable(line, 'the number of files is expected', text)
    this.#recognised = true
    this.#inFileList = true
    if (this.#wantsFileList) this.#fileList = { count: Number(count), entries: [] }
  }

  #takeFile(text: ByteString, line: number): void {
    const [status, word] = words(text)
    if (status === undefined) return
    const path = word === undefined ? undefined : unquotePath(word)
    if (path === undefined || (status !== 'new' && status !== 'changed' && status !== 'deleted')) {
      throw unreadable(line, 'new, changed or deleted and a path are expected', text)
    }
    this.#hold(path.length)
    this.#fileList?.entries.push({ status, path: ownString(path) })
  }
}

/** Takes a line of a volume's block; fields of other names are for others. */
function takeField(volume: OpenVolume, text: ByteString, line: number): void {
  const [name, first, second] = words(text)
  switch ((name ?? '').toLowerCase()) {
    case 'startingpath':
      volume.start = position(first, second, text, line)
      return
    case 'endingpath':
      volume.end = position(first, second, text, line)
      return
    case 'hash':
      if (first === undefined || second === undefined) throw unreadable(line, 'a hash is expected', text)
      volume.hashes[ownString(first)] = ownString(second)
      return
    case ACCESS_FIELD: {
      const point = parseAccessPoint(words(text))
      if (point !== undefined)
        volume.access.push({ ...point, path: ownString(point.path), before: ownString(point.before) })
      return
    }
    default:
  }
}

function position(
  word: ByteString | undefined,
  number: ByteString | undefined,
  text: ByteString,
  line: number,
): { path: ByteString; block: number | undefined } {
  const read = word === undefined ? undefined : unquotePath(word)
  if (read === undefined) throw unreadable(line, 'a path is expected', text)
  const path = ownString(read)
  if (number === undefined) return { path, block: undefined }
  if (!/^[0-9]{1,15}$/.test(number)) throw unreadable(line, 'the number of a block is expected', text)
  return { path, block: Number(number) }
}

/** Split on ASCII white space only: a byte such as 0xa0 belongs to a name. */
function words(text: ByteString): string[] {
  return text.split(/[ \t\v\f\r]+/).filter((word) => word !== '')
}

function checkLength(length: number, line: number): void {
  if (length > MAX_LINE) throw unreadable(line, `it has more than ${MAX_LINE} bytes, which none can have`)
}

function unreadable(line: number, what: string, text = ''): UserError {
  const shown = text === '' ? '' : `: "${showName(text.slice(0, 200))}"`
  return new UserError('MANIFEST_UNREADABLE', `Manifest line ${line}: ${what}${shown}.`, {
    hint: 'The manifest is damaged. If the other copy (remote or archive directory) is whole, remove this one.',
  })
}
