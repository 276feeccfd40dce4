/** One SHA-256 over a whole tree: paths, types, modes, owners, times, contents and link targets. */
import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Equal trees have equal digests. Times of links are left out: duplicity does not restore them.
 * @param {string} root
 * @returns {string}
 */
export function treeDigest(root) {
  const hash = createHash('sha256')
  const buffer = Buffer.alloc(1 << 20)
  const visit = (path) => {
    const place = join(root, path)
    const stat = lstatSync(place)
    const time = stat.isSymbolicLink() ? 0 : Math.floor(stat.mtimeMs / 1000)
    const size = stat.isFile() ? stat.size : 0
    hash.update(`${path}\0${stat.mode} ${stat.uid} ${stat.gid} ${time} ${size}\n`)
    if (stat.isSymbolicLink()) hash.update(readlinkSync(place))
    if (stat.isFile()) {
      const handle = openSync(place, 'r')
      for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) {
        hash.update(buffer.subarray(0, got))
      }
      closeSync(handle)
    }
    if (stat.isDirectory()) for (const name of readdirSync(place).sort()) visit(join(path, name))
  }
  visit('')
  return hash.digest('hex')
}
