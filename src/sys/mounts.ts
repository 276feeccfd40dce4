/** Where file systems are mounted, also such as are the same one in another place, between which nothing can be renamed. */
import { readFileSync, readlinkSync } from 'node:fs'
import { type ByteString, fromBytes } from '../lib/bytestring.ts'
import { isErrno } from '../lib/errors.ts'

/** The absolute path of an open directory; undefined where the system does not tell. */
export function pathOfOpen(fd: number): ByteString | undefined {
  try {
    return fromBytes(readlinkSync(`/proc/self/fd/${fd}`, 'buffer'))
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

/** Every mount point, as an absolute path (proc_pid_mountinfo(5)); none where the system does not tell. */
export function mountPoints(file = '/proc/self/mountinfo'): ByteString[] {
  let text: ByteString
  try {
    text = fromBytes(readFileSync(file))
  } catch (error) {
    if (isErrno(error)) return []
    throw error
  }
  const paths = text.split('\n').flatMap((line) => line.split(' ', 5)[4] ?? [])
  return [...new Set(paths.map(withoutEscapes))]
}

/** Blanks, tabs, line ends and backslashes stand as octal numbers. */
function withoutEscapes(path: ByteString): ByteString {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
}
