/** Everything about a tree that only our own restore brings back, as other programs see it: lines to compare. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { fromBytes, toBytes, type ByteString } from '../../src/lib/bytestring.ts'
import { byComponents } from './tree.ts'

/**
 * One line for each entry: type, mode, owner, time in nanoseconds, size, content, target, device, whether it has holes,
 * and the first name of the same file; then what getfattr(1) shows of all attributes.
 */
export function factsOf(root: string): string[] {
  const first = new Map<string, ByteString>()
  const found = execFileSync('find', ['.', '-mindepth', '1', '-print0'], { cwd: root })
  const paths = fromBytes(found)
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => path.slice(2))
  const lines = ['', ...paths].sort(byComponents).map((path) => {
    const place = path === '' ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}/`), toBytes(path)])
    const stat = fs.lstatSync(place, { bigint: true })
    const file = `${stat.dev}:${stat.ino}`
    if (!first.has(file)) first.set(file, path)
    const content = stat.isFile() ? createHash('sha256').update(fs.readFileSync(place)).digest('hex') : ''
    const target = stat.isSymbolicLink() ? fromBytes(fs.readlinkSync(place, { encoding: 'buffer' })) : ''
    const holes = stat.isFile() && stat.size > 4096n && stat.blocks * 512n < stat.size
    return JSON.stringify([
      path,
      stat.mode.toString(8),
      ...[stat.uid, stat.gid, stat.mtimeNs, stat.isFile() ? stat.size : '', stat.rdev].map(String),
      content,
      target,
      holes ? 'holes' : '',
      first.get(file),
    ])
  })
  const attributes = execFileSync('getfattr', ['-R', '-P', '-h', '-d', '-m', '-', '-e', 'hex', '.'], {
    cwd: root,
  })
  return [...lines, ...attributes.toString('latin1').split('\n\n').sort()]
}
