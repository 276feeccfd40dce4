/** The path of a source, and the paths of what is below it. */
import type { ByteString } from '../../lib/bytestring.ts'

/**
 * A source path in the form that patterns, the manifest and messages use: empty and `.` components dropped, `..`
 * kept, nothing resolved; `./src/` gives `src`, `.` and the empty path give `.`. Command line facts §1.2.
 */
export function canonicalSource(path: ByteString): ByteString {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (path.startsWith('/')) return '/' + parts.join('/')
  return parts.length === 0 ? '.' : parts.join('/')
}

/** Full path of an entry: canonical source text, slash, relative path; the source itself for ''. */
export function underSource(source: ByteString, path: ByteString): ByteString {
  if (path === '') return source
  return source === '/' ? '/' + path : source + '/' + path
}
