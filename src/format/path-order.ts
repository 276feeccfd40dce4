/**
 * The order of paths in volumes, signature archives and manifests (docs/format.md §5.3): component by component as
 * unsigned bytes, a directory before what is in it, the root ('') first. It is not the order of the joined strings:
 * `a/b` stands before `a b`, because component `a` is less than component `a b`.
 */
import type { ByteString } from '../lib/bytestring.ts'

const SLASH = 0x2f

/** Negative if `a` stands before `b`, 0 if they are the same path, else positive. */
export function comparePaths(a: ByteString, b: ByteString): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left === right) continue
    // Where one component ends it is a prefix of the other, hence less: a slash counts less than any byte.
    if (left === SLASH) return -1
    if (right === SLASH) return 1
    return left - right
  }
  return a.length - b.length
}

/** Whether `path` is `ancestor` or lies below it. Everything lies below the root (''). */
export function isInside(path: ByteString, ancestor: ByteString): boolean {
  if (ancestor === '') return true
  if (!path.startsWith(ancestor)) return false
  return path.length === ancestor.length || path.charCodeAt(ancestor.length) === SLASH
}
