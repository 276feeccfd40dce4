/** What a tree is, down to the times of its changes: two fingerprints are equal only if nobody touched anything. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'

/** The fingerprint of what lies below a directory, without some of its entries. */
export function fingerprint(root: string, without: readonly string[] = []): string {
  const lines: string[] = []
  const visit = (path: string): void => {
    const { mode, uid, gid, size, mtimeNs, ctimeNs, nlink } = fs.lstatSync(path, { bigint: true })
    const kind = mode & 0o170000n
    const hash = kind === 0o100000n ? createHash('sha1').update(fs.readFileSync(path)).digest('hex') : ''
    lines.push([path, mode, uid, gid, size, mtimeNs, ctimeNs, nlink, hash].join(' '))
    if (kind === 0o040000n) for (const name of fs.readdirSync(path).sort()) visit(join(path, name))
  }
  for (const name of fs.readdirSync(root).sort()) if (!without.includes(name)) visit(join(root, name))
  return lines.join('\n')
}
