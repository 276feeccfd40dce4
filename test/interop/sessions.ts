/**
 * The tree of the matrix in its five states: a full backup, three incrementals, and one more to go on with. Every
 * file type, and between the states every kind of change.
 */
import { fromBytes } from '../../src/lib/bytestring.ts'
import { device, dir, fifo, file, link, noise, usualTime, type Entry, type Tree } from '../support/tree.ts'

/** Time of the first session in chains that need no present: 2023-11-14T22:13:20Z. */
export const firstTime = 1_700_000_000
/** Seconds between two sessions. */
export const sessionStep = 86_400

const utf8 = (text: string) => fromBytes(Buffer.from(text))
const bigLength = 2_500_000
const bigTime = (session: number) => ({ mtime: usualTime + session * 1000 })
const deep = Array.from({ length: 3 }, () => 'd'.repeat(80))

const first: Tree = {
  '': dir(),
  big: file(noise('big', bigLength)),
  text: file('all work and no play makes a dull file\n'.repeat(20_000)),
  empty: file(''),
  'becomes-empty': file('not yet\n'),
  'block-512': file(noise('block', 70_000)),
  'renamed-before': file('the same words under another name\n'.repeat(50)),
  setuid: file('#!/bin/false\n', { mode: 0o4755 }),
  'no-permission': file('secret\n', { mode: 0 }),
  'mode-changes': file(noise('mode', 3000)),
  'owner-changes': file(noise('owner', 3000), { uid: 12345, gid: 54321 }),
  'time-changes': file(noise('time', 3000)),
  'huge-ids': file('numbers beyond seven octal digits\n', { uid: 3_000_000, gid: 4_000_000 }),
  'before-1970': file('old\n', { mtime: -315_619_200 }),
  'after-2242': file('far\n', { mtime: 9_000_000_000 }),
  'with-fraction': file('half\n', { mtime: usualTime + 0.5 }),
  sparse: file(Buffer.concat([noise('s1', 4096), Buffer.alloc(126_976), noise('s2', 4096)]), { holes: true }),
  'hard-1': file('one inode\n', { hard: 'h' }),
  'hard-2': file('one inode\n', { hard: 'h' }),
  a: dir(),
  'a/b': file('below a\n'),
  'a-b': file('sorts before a/b as text, behind it in the archive\n'),
  'a.txt': file('dot\n'),
  gone: dir(),
  'gone/tree': dir({ mode: 0o700 }),
  'gone/tree/leaf': file('leaf\n'),
  'gone/link': link('tree/leaf'),
  'goes-alone': file('deleted, its directory stays\n'),
  sticky: dir({ mode: 0o1777 }),
  setgid: dir({ mode: 0o2775, gid: 5 }),
  'empty-dir': dir({ mode: 0o711 }),
  'caf\xe9': file('latin-1 name\n'),
  '\xff\xfe': dir(),
  '\xff\xfe/\x80': file('no text at all\n'),
  [utf8('日本語-é')]: file('utf-8 name\n'),
  'new\nline': file('newline in the name\n'),
  'tab\tquote"\'\\ ': file('quotes and a blank at the end\n'),
  '[glob]*?': file('looks like a pattern\n'),
  multivol_snapshot: dir(),
  'multivol_snapshot/1': file('looks like the format itself\n'),
  ['L'.repeat(200)]: file('name longer than a tar header\n'),
  ['\xe9'.repeat(150)]: file('long and no text\n'),
  ...Object.fromEntries(deep.map((_, depth): [string, Entry] => [deep.slice(0, depth + 1).join('/'), dir()])),
  [`${deep.join('/')}/file`]: file('a path of 246 bytes\n'),
  'link-relative': link('a.txt'),
  'link-dangling': link('nowhere/at/all'),
  'link-absolute': link('/nonexistent/target'),
  'link-bytes': link('target-\xff\xe9'),
  'link-long': link('t'.repeat(150)),
  'link-changes': link('before'),
  fifo: fifo({ mode: 0o600 }),
  'chr-null': device('chr', 1, 3, { mode: 0o666 }),
  blk: device('blk', 7, 200, { mode: 0o600 }),
  'large-minor': device('chr', 10, 300, { mode: 0o600 }),
  'file-to-dir': file('file now\n'),
  'dir-to-file': dir(),
  'dir-to-file/child': file('child\n'),
  'dir-to-file/sub': dir(),
  'dir-to-file/sub/leaf': file('leaf\n'),
  'file-to-link': file('file now\n'),
  'link-to-file': link('a.txt'),
  'fifo-to-file': fifo(),
  'file-to-fifo': file('file now\n'),
  'dir-to-link': dir(),
  'dir-to-link/child': file('child\n'),
  'device-to-dir': device('chr', 1, 5),
}

const without = (tree: Tree, ...roots: string[]): Tree =>
  Object.fromEntries(
    Object.entries(tree).filter(
      ([path]) => !roots.some((root) => path === root || path.startsWith(`${root}/`)),
    ),
  )

const big = noise('big', bigLength)
const bigWithInsert = Buffer.concat([
  Buffer.from('inserted at the front\n'),
  big.subarray(0, 1_000_000),
  noise('inserted', 5000),
  big.subarray(1_001_000),
])

/** Deletions, every change of type, a rename, changes of metadata alone, insertions into the big file. */
const second: Tree = {
  ...without(first, 'gone', 'goes-alone', 'dir-to-file', 'dir-to-link', 'renamed-before'),
  '': dir(bigTime(1)),
  big: file(bigWithInsert, bigTime(1)),
  empty: file('no longer\n', bigTime(1)),
  'becomes-empty': file('', bigTime(1)),
  'renamed-after': file('the same words under another name\n'.repeat(50)),
  'mode-changes': file(noise('mode', 3000), { mode: 0o600 }),
  'owner-changes': file(noise('owner', 3000), { uid: 1000, gid: 1000 }),
  'time-changes': file(noise('time', 3000), bigTime(1)),
  'empty-dir': dir({ mode: 0o755, uid: 1000 }),
  'hard-2': file('another inode\n', bigTime(1)),
  'new\nline': file('newline in the name, changed\n', bigTime(1)),
  '\xff\xfe/\x81': file('new, no text\n', bigTime(1)),
  'link-changes': link('after'),
  fifo: fifo({ mode: 0o644 }),
  'chr-null': device('chr', 1, 5, { mode: 0o666 }),
  'file-to-dir': dir(bigTime(1)),
  'file-to-dir/inside': file('inside\n', bigTime(1)),
  'dir-to-file': file('was a directory\n', bigTime(1)),
  'file-to-link': link('a.txt', bigTime(1)),
  'link-to-file': file('was a link\n', bigTime(1)),
  'fifo-to-file': file('was a pipe\n', bigTime(1)),
  'file-to-fifo': fifo(bigTime(1)),
  'dir-to-link': link('a', bigTime(1)),
  'device-to-dir': dir(bigTime(1)),
  'device-to-dir/inside': file('inside\n', bigTime(1)),
}

/** Deleted things come back, types change again, the big file grows past its volume. */
const third: Tree = {
  ...without(second, 'renamed-after', 'file-to-dir', 'dir-to-file', '\xff\xfe/\x81'),
  '': dir(bigTime(2)),
  big: file(Buffer.concat([bigWithInsert, noise('tail', 1_200_000)]), bigTime(2)),
  'block-512': file(Buffer.concat([noise('block', 70_000), noise('grown', 70_000)]), bigTime(2)),
  'goes-alone': file('back with other words\n', bigTime(2)),
  gone: file('a file under the old name of a directory\n', bigTime(2)),
  'file-to-dir': file('a file again\n', bigTime(2)),
  'dir-to-file': dir(bigTime(2)),
  'dir-to-file/child': file('child again\n', bigTime(2)),
  'becomes-empty': file('filled again\n', bigTime(2)),
  'time-changes': file(noise('time', 2500), bigTime(2)),
}

/** The big file is cut short, a file becomes a directory once more, a metadata-only change after a delta. */
const fourth: Tree = {
  ...without(third, 'multivol_snapshot', 'gone', 'empty'),
  '': dir(bigTime(3)),
  big: file(big.subarray(0, 900_000), bigTime(3)),
  gone: dir(bigTime(3)),
  'gone/again': file('directory again\n', bigTime(3)),
  'block-512': file(Buffer.concat([noise('block', 70_000), noise('grown', 70_000)]), {
    ...bigTime(2),
    mode: 0o640,
  }),
  text: file('all work and no play makes a dull file\n'.repeat(20_000) + 'the end\n', bigTime(3)),
}

/** One more state for whoever continues the chain. */
const fifth: Tree = {
  ...without(fourth, 'a', 'sticky'),
  '': dir(bigTime(4)),
  big: file(Buffer.concat([big.subarray(0, 900_000), noise('fifth', 300_000)]), bigTime(4)),
  'caf\xe9': file('latin-1 name, changed\n', bigTime(4)),
  'written-last': file(noise('last', 10_000), bigTime(4)),
}

/** The states in order: session i is taken of `sessions[i]`. */
export const sessions: readonly Tree[] = [first, second, third, fourth, fifth]
