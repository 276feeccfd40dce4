/** Paths of backups in lists, for people and for machines. */
import type { PathType } from '../engine/events.ts'
import { formatMoment } from '../format/time.ts'
import { isoTime, printable, sizeText } from './printable.ts'

const kindWords: Readonly<Record<PathType, string>> = {
  reg: 'file',
  dir: 'dir',
  sym: 'link',
  fifo: 'fifo',
  chr: 'char',
  blk: 'block',
  sock: 'socket',
}

export interface StoredPath {
  /** Absolute, on the machine that was backed up. */
  readonly path: string
  readonly kind: PathType
  /** Seconds since the epoch. */
  readonly mtime: number
  /** Undefined: not recorded, or no file. */
  readonly size?: number | undefined
}

/** Kind, size, time and path. */
export function storedText({ path, kind, mtime, size }: StoredPath): string {
  const bytes = size === undefined ? '' : sizeText(size)
  return `${kindWords[kind].padEnd(6)}  ${bytes.padStart(10)}  ${formatMoment(mtime)}  ${printable(path)}`
}

/** The same for machines. */
export function storedJson(job: string, { path, kind, mtime, size }: StoredPath): Record<string, unknown> {
  return { job, path, kind: kindWords[kind], mtime: isoTime(mtime), size: size ?? null }
}

/** A path of a backup on the machine that was backed up. */
export function absolutePath(source: string, below: string): string {
  if (below === '') return source
  return source === '/' ? `/${below}` : `${source}/${below}`
}
