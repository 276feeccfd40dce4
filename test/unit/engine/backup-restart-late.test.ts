/** Interrupted at the very end, and interrupted incrementals. */
import { rename, rm, writeFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { DAY, T0, uploaded, useInterruptible } from '../../support/interruptible.ts'

const { sourcePath, archived, archivedNames, put, putSix, repository } = useInterruptible()

describe('at the end of a session', () => {
  test('with the signatures uploaded, but not the manifest, only the manifest is missing', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, (event) => event.type === 'upload-began' && event.name.endsWith('manifest'))
    expect((await archivedNames()).filter((name) => name.includes('sigtar'))).toEqual([
      expect.stringMatching(/sigtar\.gz$/),
    ])
    const second = await repo.run(1)
    expect(second.find('entry')).toEqual([])
    expect(second.sets).toEqual([['full', T0, T0]])
    await repo.check(1)
  })

  test('with the manifest uploaded, its part gets its name, whatever the command', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0)
    const name = (await archivedNames()).find((each) => each.endsWith('.manifest')) ?? ''
    await rename(archived(name), archived(`${name}.part`))
    await repo.check(1)
    expect(await archivedNames()).toContain(name)
    expect((await repo.run(2)).sets).toEqual([['inc', T0, T0 + 2 * DAY]])
  })

  test('a part that is not the manifest of the set is dropped', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0)
    const name = (await archivedNames()).find((each) => each.endsWith('.manifest')) ?? ''
    await rm(archived(name))
    await writeFile(archived(`${name}.part`), 'Hostname test-host\n')
    const second = await repo.run(1)
    expect(second.find('restart-settled')).toEqual([
      { type: 'restart-settled', name: `${name}.part`, kept: false },
    ])
    await repo.check(1)
  })
})

describe('an incremental that was interrupted', () => {
  async function interrupted() {
    const repo = repository()
    await putSix()
    await repo.run(0)
    await putSix(1)
    await put('new', 10)
    await rm(sourcePath('d'))
    await repo.run(1, {}, uploaded(2))
    return repo
  }

  test('goes on, and lists all its files', async () => {
    const repo = await interrupted()
    expect((await repo.run(2)).sets).toEqual([['inc', T0, T0 + DAY]])
    await repo.check(2)
    const { fileList } = await repo.manifest('20231115T221320Z')
    expect(fileList?.entries.map(({ status, path }) => `${status} ${path}`)).toEqual([
      'changed a',
      'changed b',
      'changed c',
      'deleted d',
      'changed e',
      'changed f',
      'new new',
    ])
  })

  test('what was deleted and changed back meanwhile is in one more incremental', async () => {
    const repo = await interrupted()
    await put('a', 140_000, 2)
    await rm(sourcePath('b'))
    expect((await repo.run(2)).sets).toEqual([
      ['inc', T0, T0 + DAY],
      ['inc', T0 + DAY, T0 + 2 * DAY],
    ])
    await repo.check(2)
  })

  test.each([
    ['asked for', { kind: 'full' as const }],
    ['due', { fullIfOlderThan: T0 + 1 }],
  ])('is removed where a full is %s', async (_, over) => {
    const repo = await interrupted()
    const second = await repo.run(2, over)
    expect(second.find('restart-anew')).toMatchObject([{ why: 'full-wanted', kind: 'inc' }])
    expect(second.sets).toEqual([['full', T0 + 2 * DAY, T0 + 2 * DAY]])
    expect((await repo.names()).filter((name) => name.includes('.to.'))).toEqual([])
  })

  test('goes on inside a delta', async () => {
    const repo = repository()
    await put('big', 1_000_000)
    await put('tail', 10)
    await repo.run(0)
    await put('big', 1_000_000, 1)
    await repo.run(1, {}, uploaded(3))
    const second = await repo.run(2)
    expect(second.find('restart-after')).toMatchObject([{ path: 'big', block: expect.any(Number) }])
    expect(second.sets).toEqual([['inc', T0, T0 + DAY]])
    await repo.check(2)
  })

  test('with its signatures uploaded it does not spoil the chain that it continues', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0)
    await putSix(1)
    await repo.run(1, {}, (event) => event.type === 'upload-began' && event.name.endsWith('manifest'))
    expect((await repo.run(2)).sets).toEqual([['inc', T0, T0 + DAY]])
    await repo.check(2)
  })

  test('a new set has a time of its own beside a partial one', async () => {
    const repo = await interrupted()
    const second = await repo.run(1, { kind: 'full' })
    expect(second.sets).toEqual([['full', T0 + DAY + 1, T0 + DAY + 1]])
  })
})
