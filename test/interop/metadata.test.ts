/** A tree with what duplicity does not store: ours restores all of it, and the archives stay duplicity's. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { client, type Client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { factsOf } from '../support/facts.ts'
import type { Program } from '../support/program.ts'
import { buildRichTree } from '../support/rich-tree.ts'
import { setAttribute } from '../../src/sys/xattr.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(180_000)

const time = 1_900_000_000

describe.each([duplicity08, duplicity3])('with $name', (reference) => {
  const root = useTempDir('metadata')
  const source = join(root, 'source')
  const clientOf = (program: Program): Client =>
    client({
      program,
      cwd: root,
      url: `file://${root}/repository`,
      archiveDir: join(root, program === engine ? 'ours' : 'theirs'),
      options: ['--no-encryption'],
      env: {},
    })
  const [ours, theirs] = [clientOf(engine), clientOf(reference)]

  beforeAll(async () => {
    buildRichTree(source)
    await ours.backup('full', 'source', time)
  })

  test('ours restores everything', async () => {
    await ours.restore('out-ours', time)
    expect(factsOf(join(root, 'out-ours'))).toEqual(factsOf(source))
  })

  test('theirs restores, verifies and lists as ever, without a warning', async () => {
    const { stderr, stdout } = await theirs.restore('out-theirs', time)
    expect(stderr).toBe('')
    expect(stdout).not.toMatch(/warning|error/i)
    assertSame(
      listTree(source).map((row) => ({ ...row, mtime: Math.max(0, row.mtime) })),
      listTree(join(root, 'out-theirs')),
    )
    expect((await theirs.verify('source', time)).stderr).toBe('')
    expect((await theirs.list(time)).stdout).toBe((await ours.list(time)).stdout)
  })

  test('theirs goes on with the chain, ours goes on with that, and each restores it', async () => {
    const big = Buffer.from(readFileSync(join(source, 'large')))
    big.fill(0, 1000, 2000)
    writeFileSync(join(source, 'large'), big)
    await theirs.backup('incremental', 'source', time + 10)
    await ours.restore('out-10', time + 10)
    assertSame(listTree(source), listTree(join(root, 'out-10')))

    // A file that theirs stored, without records: its size alone tells the change.
    writeFileSync(join(source, 'large'), Buffer.concat([big, Buffer.alloc(5000, 1)]))
    execFileSync('touch', ['-d', '@1700000000', join(source, 'large')])
    await theirs.backup('incremental', 'source', time + 20)
    writeFileSync(join(source, 'large'), big)
    execFileSync('touch', ['-d', '@1700000000', join(source, 'large')])
    setAttribute(join(source, 'list'), 'user.later', '1')
    const { stdout } = await ours.backup('incremental', 'source', time + 30)
    expect(stdout).toMatch(/^ChangedFiles 3$/m)
    for (const who of [ours, theirs]) {
      const target = `out-30-${who === ours ? 'ours' : 'theirs'}`
      await who.restore(target, time + 30)
      assertSame(listTree(source), listTree(join(root, target)))
      await who.verify('source', time + 30)
    }
    const [first, second] = ['large', 'd/large-too'].map((name) => statSync(join(root, 'out-30-ours', name)))
    expect(first?.ino).toBe(second?.ino)
  })
})
