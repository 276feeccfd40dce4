/**
 * The manifest of a backup set (docs/format.md §4): which volumes there are, from which path to which they go,
 * and their hashes. It is bytes, not text; every path and name in it is a byte string.
 */
import { type ByteString, toBytes } from '../lib/bytestring.ts'
import { type AccessPoint, formatAccessPoint } from './access-point.ts'
import { quote, quotePath } from './manifest-quote.ts'
import { comparePaths } from './path-order.ts'

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
  /** The list of files, which is written last, stands behind the volumes: none of them was cut off. */
  readonly closed?: true
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
