/**
 * The manifest of a backup set (docs/format.md §4): which volumes there are, from which path to which they go,
 * and their hashes. It is bytes, not text; every path and name in it is a byte string.
 */
import { type ByteString, fromBytes, toBytes } from '../lib/bytestring.ts'
import { UserError } from '../lib/errors.ts'
import { ACCESS_FIELD, type AccessPoint, formatAccessPoint, parseAccessPoint } from './access-point.ts'
import { quote, quotePath, unquote, unquotePath } from './manifest-quote.ts'
import { comparePaths } from './path-order.ts'
import { showName } from './show-name.ts'

/** Hash name → lower-case hex. SHA1 is the one in use; MD5 and others are read, never written. */
export interface VolumeHashes {
  readonly SHA1?: string
  readonly MD5?: string
  readonly [algorithm: string]: string | undefined
}

export interface ManifestVolume {
  /** From 1. */
  readonly number: number
  /** Of the first tar block in the volume; '' is the root, and stands also where a volume holds nothing. */
  readonly startPath: ByteString
  /** Number of that block in its file; undefined if it is the only or the last one. */
  readonly startBlock: number | undefined
  /** Of the last tar block. */
  readonly endPath: ByteString
  readonly endBlock: number | undefined
  readonly hashes: VolumeHashes
  /** In the order of the volume. They hold for the stored file with the SHA1 of `hashes` alone. */
  readonly access?: readonly AccessPoint[]
}

export type FileStatus = 'new' | 'changed' | 'deleted'

/** One regular file that the set stored or deleted. */
export interface FileListEntry {
  readonly status: FileStatus
  readonly path: ByteString
}

export interface FileList {
  /** How many entries the manifest says there are; another number than there are means damage. */
  readonly count: number
  readonly entries: readonly FileListEntry[]
}

export interface Manifest {
  readonly hostname?: ByteString
  /** The source as it was given, relative or absolute. */
  readonly localdir?: ByteString
  /** By number; no two have the same. */
  readonly volumes: readonly ManifestVolume[]
  /** Only if it was asked for and is there. */
  readonly fileList?: FileList
}

/** Whether a volume may hold a path or anything below it; true too often, never too seldom. */
export function mayContain(volume: ManifestVolume, path: ByteString): boolean {
  if (path === '') return true
  return comparePaths(head(volume.startPath, path), path) <= 0 && comparePaths(path, volume.endPath) <= 0
}

/** As many leading components as `like` has. */
function head(path: ByteString, like: ByteString): ByteString {
  let end = -1
  for (let at = 0; at !== -1; at = like.indexOf('/', at + 1)) {
    end = path.indexOf('/', end + 1)
    if (end === -1) return path
  }
  return path.slice(0, end)
}

/** The beginning of a manifest: who was backed up. A part that is undefined is left out. */
export function formatManifestHeader(
  hostname: ByteString | undefined,
  localdir: ByteString | undefined,
): Buffer {
  const line = (word: string, value: ByteString | undefined): string =>
    value === undefined ? '' : `${word} ${quote(value)}\n`
  return toBytes(line('Hostname', hostname) + line('Localdir', localdir))
}

/** One volume. Written after its predecessors, as soon as the volume's hash is known. */
export function formatManifestVolume(volume: ManifestVolume): Buffer {
  const { number, startPath, startBlock, endPath, endBlock, hashes, access = [] } = volume
  const hashLines = Object.entries(hashes).map(([name, hex = '']) => `    Hash ${name} ${hex}\n`)
  return toBytes(
    `Volume ${number}:\n` +
      `    StartingPath   ${quotePath(startPath)} ${startBlock ?? ' '}\n` +
      `    EndingPath     ${quotePath(endPath)} ${endBlock ?? ' '}\n` +
      hashLines.join('') +
      access.map((point) => `    ${formatAccessPoint(point)}\n`).join(''),
  )
}

/** The line before the list of files: how many lines follow. */
export function formatFileListHead(count: number): Buffer {
  return toBytes(`Filelist ${count}\n`)
}

/** One line of the list of files. */
export function formatFileListLine(status: FileStatus, path: ByteString): Buffer {
  return toBytes(`    ${status.padEnd(7)}  ${quotePath(path)}\n`)
}

/** The list of files at the end of a manifest, as a whole. */
export function formatFileList(entries: readonly FileListEntry[]): Buffer {
  return Buffer.concat([
    formatFileListHead(entries.length),
    ...entries.map(({ status, path }) => formatFileListLine(status, path)),
  ])
}

/**
 * Reads a manifest. Volumes may stand more than once after a restart: the last block of a number counts, and
 * volumes with a higher number than the last block's are gone. The list of files is read only if asked for, since
 * it is as long as the set. Throws MANIFEST_UNREADABLE, naming the line.
 */
export function parseManifest(bytes: Buffer, options: { readonly fileList?: boolean } = {}): Manifest {
  const parser = new Parser(options.fileList ?? false)
  const text = fromBytes(bytes)
  let line = 0
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    line += 1
    parser.take(text, start, end, line)
    start = end + 1
  }
  return parser.finish(line)
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

class Parser {
  readonly #wantsFileList: boolean
  readonly #identity: { hostname?: ByteString; localdir?: ByteString } = {}
  readonly #volumes = new Map<number, ManifestVolume>()
  #volume: OpenVolume | undefined
  #lastNumber = 0
  #fileList: { count: number; entries: FileListEntry[] } | undefined
  #inFileList = false
  #recognised = false

  constructor(wantsFileList: boolean) {
    this.#wantsFileList = wantsFileList
  }

  take(text: string, start: number, end: number, line: number): void {
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
      takeField(this.#volume, text.slice(start, end), line)
    }
  }

  finish(line: number): Manifest {
    this.#endVolume()
    if (!this.#recognised) throw unreadable(line, 'the file ends and nothing in it belongs to a manifest')
    const volumes = [...this.#volumes.values()]
      .filter(({ number }) => number <= this.#lastNumber)
      .sort((a, b) => a.number - b.number)
    return { ...this.#identity, volumes, ...(this.#fileList !== undefined && { fileList: this.#fileList }) }
  }

  #takeIdentity(text: ByteString, line: number): void {
    const word = IDENTITY.exec(text)?.[1]?.toLowerCase()
    if (word !== 'hostname' && word !== 'localdir') return
    this.#recognised = true
    const value = unquote(text.slice(word.length + 1))
    if (value === undefined) throw unreadable(line, 'a quotation mark is missing', text)
    this.#identity[word] ??= value
  }

  #beginVolume(text: ByteString, line: number): void {
    this.#endVolume()
    const number = Number(VOLUME.exec(text)?.[1] ?? 0)
    if (number === 0) throw unreadable(line, 'the number of a volume is expected', text)
    this.#recognised = true
    this.#inFileList = false
    this.#volume = { line, number, hashes: {}, access: [] }
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
    this.#fileList?.entries.push({ status, path })
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
      volume.hashes[first] = second
      return
    case ACCESS_FIELD: {
      const point = parseAccessPoint(words(text))
      if (point !== undefined) volume.access.push(point)
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
  const path = word === undefined ? undefined : unquotePath(word)
  if (path === undefined) throw unreadable(line, 'a path is expected', text)
  if (number === undefined) return { path, block: undefined }
  if (!/^[0-9]{1,15}$/.test(number)) throw unreadable(line, 'the number of a block is expected', text)
  return { path, block: Number(number) }
}

/** Split on ASCII white space only: a byte such as 0xa0 belongs to a name. */
function words(text: ByteString): string[] {
  return text.split(/[ \t\v\f\r]+/).filter((word) => word !== '')
}

function unreadable(line: number, what: string, text = ''): UserError {
  const shown = text === '' ? '' : `: "${showName(text.slice(0, 200))}"`
  return new UserError('MANIFEST_UNREADABLE', `Manifest line ${line}: ${what}${shown}.`, {
    hint: 'The manifest is damaged. If the other copy (remote or archive directory) is whole, remove this one.',
  })
}
