/** Where an entry of a source lies on this machine. */
import type { ByteString } from '../../lib/bytestring.ts'

/** Path of an entry on this machine. */
export function fullPath(source: ByteString, path: ByteString): ByteString {
  if (path === '') return source
  return source.endsWith('/') ? source + path : `${source}/${path}`
}
