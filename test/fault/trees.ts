/** What the kill suite backs up: several volumes of 1 MB, with files that lie in one and files that go through many. */
import { dir, fifo, file, link, noise, usualTime, type Entry, type Tree } from '../support/tree.ts'

const small = (folder: string, count: number): [string, Entry][] =>
  Array.from({ length: count }, (_, i): [string, Entry] => [
    `${folder}/file-${i}`,
    file(noise(`${folder} ${i}`, 300 + i * 997)),
  ])
const middle = (names: readonly string[], version = 0): [string, Entry][] =>
  names.map((name): [string, Entry] => [
    name,
    file(noise(`${name} ${version}`, 500_000), { mtime: usualTime + version }),
  ])
const big = noise('big', 2_400_000)

/** The tree of the full backups. */
export const first: Tree = {
  '': dir(),
  a: dir(),
  ...Object.fromEntries(small('a', 20)),
  ...Object.fromEntries(middle(['b-1', 'b-2'])),
  big: file(big),
  empty: file(''),
  fifo: fifo(),
  link: link('a/file-1'),
  ...Object.fromEntries(middle(['m-1', 'm-2', 'm-3'])),
  sub: dir({ mode: 0o700 }),
  'sub/dir': dir(),
  ...Object.fromEntries(small('sub/dir', 10)),
  'z-last': file('the end\n'),
}

const { 'b-2': gone, 'a/file-3': goneToo, ...rest } = first

/** The tree of the incrementals on it: every kind of change, and again several volumes. */
export const second: Tree = {
  ...rest,
  '': dir({ mtime: usualTime + 5 }),
  a: dir({ mtime: usualTime + 5 }),
  ...Object.fromEntries(middle(['b-1', 'm-2'], 1)),
  'b-3': gone ?? dir(),
  big: file(Buffer.concat([noise('head', 700_000), big, noise('tail', 900_000)]), { mtime: usualTime + 5 }),
  'a/file-3': dir({ mtime: usualTime + 5 }),
  'a/file-3/inside': goneToo ?? dir(),
  ...Object.fromEntries(middle(['n-1', 'n-2'], 1)),
  'z-last': file('the very end\n', { mtime: usualTime + 5 }),
}

/** Files of one block: wherever a volume ends, a file ends there. */
export const bordered: Tree = {
  '': dir(),
  ...Object.fromEntries(
    Array.from({ length: 100 }, (_, i): [string, Entry] => [
      `file-${i}`,
      file(noise(`bordered ${i}`, 60_000)),
    ]),
  ),
}
