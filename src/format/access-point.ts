/**
 * Access points: our lines in a manifest's volume blocks, which duplicity passes over as fields of other names
 * (docs/decisions/0010).
 */
import type { ByteString } from '../lib/bytestring.ts'
import { quotePath, unquotePath } from './manifest-quote.ts'
import { comparePaths } from './path-order.ts'

/** A tar header in the middle of a volume from which the stored file can be decoded without what comes before. */
export interface AccessPoint {
  /** Of the block that begins there. */
  readonly path: ByteString
  /** Its number unless it is the only or last one of its file. */
  readonly block: number | undefined
  /** Byte offset in the stored file. */
  readonly offset: number
  /** What the cipher goes on from, base64url; empty where nothing is encrypted. */
  readonly before: string
}

/** The name of the field, in lower case as all names of fields are compared. */
export const ACCESS_FIELD = 'dubaaccess'

/** The line, without indentation and end. */
export function formatAccessPoint({ path, block, offset, before }: AccessPoint): ByteString {
  return `DubaAccess ${offset} ${before || '-'} ${quotePath(path)} ${block ?? ' '}`
}

/**
 * The point in a line of these words. A point saves time and nothing depends on it: undefined, to be passed over, where it
 * cannot be read.
 */
export function parseAccessPoint(words: readonly ByteString[]): AccessPoint | undefined {
  const [, offset = '', before = '', word = '', number = ''] = words
  const path = unquotePath(word)
  if (!NUMBER.test(offset) || !/^(-|[\w-]{22,42})$/.test(before) || path === undefined || word === '')
    return undefined
  if (number !== '' && !NUMBER.test(number)) return undefined
  return {
    path,
    block: number === '' ? undefined : Number(number),
    offset: Number(offset),
    before: before === '-' ? '' : before,
  }
}

const NUMBER = /^[0-9]{1,15}$/

/** The last point with nothing of a path or below it before it; undefined for the beginning of the volume. */
export function accessFor(points: readonly AccessPoint[], path: ByteString): AccessPoint | undefined {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    const point = points[middle]
    if (point !== undefined && comparePaths(point.path, path) < 0) low = middle + 1
    else high = middle
  }
  return points[low - 1]
}
