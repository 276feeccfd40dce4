/** The judge of these tests is judged: a difference of any kind is seen and named. */
import {
  chmodSync,
  lchownSync,
  lutimesSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { assertSame, differences, listTree } from '../support/compare.ts'
import { buildTree } from '../support/tree.ts'
import { useTempDir } from '../support/temp.ts'
import { sessions } from './sessions.ts'

const root = useTempDir('compare')
const [tree = {}] = sessions

test('a tree is built as it is written down, twice the same', () => {
  buildTree(join(root, 'one'), tree)
  buildTree(join(root, 'two'), tree)
  const rows = listTree(join(root, 'one'))
  expect(rows.map(({ path }) => path)).toHaveLength(Object.keys(tree).length)
  expect(readdirSync(join(root, 'one')).length).toBeGreaterThan(50)
  expect(differences(rows, listTree(join(root, 'two')))).toEqual([])
  expect(rows.find(({ path }) => path === 'large-minor')?.device).toBe('10:300')
  expect(rows.find(({ path }) => path === 'after-2242')?.mtime).toBe(9_000_000_000)
})

test('every kind of difference is named', () => {
  const place = join(root, 'changed')
  buildTree(place, tree)
  const rows = listTree(place)
  writeFileSync(join(place, 'a.txt'), 'dig\n')
  lutimesSync(join(place, 'a.txt'), 1_600_000_000, 1_600_000_000)
  chmodSync(join(place, 'setuid'), 0o755)
  lchownSync(join(place, 'link-dangling'), 7, 0)
  lutimesSync(join(place, 'empty-dir'), 1, 1)
  rmSync(join(place, 'link-absolute'))
  symlinkSync('/elsewhere', join(place, 'link-absolute'))
  renameSync(join(place, 'blk'), join(place, 'moved'))
  renameSync(join(place, 'fifo'), join(place, 'large-minor'))
  lutimesSync(place, 1_600_000_000, 1_600_000_000)
  const found = differences(rows, listTree(place))
  expect(found).toEqual([
    expect.stringMatching(/^"a.txt": sha256 /),
    '"blk": missing (blk)',
    '"empty-dir": mtime 1600000000 became 1',
    '"fifo": missing (fifo)',
    '"large-minor": chr became fifo',
    '"link-absolute": link "/nonexistent/target" became "/elsewhere"',
    '"link-dangling": uid 0 became 7',
    '"setuid": mode "4755" became "0755"',
    '"moved": extra (blk)',
  ])
  expect(() => {
    assertSame(rows, listTree(place))
  }).toThrow(/^the trees differ:\n {2}"a.txt": sha256/)
})
