/** An archive directory that is not of the remote's time: older, newer, or not to be written to. */
import { chmod, chown, cp, readdir, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { DAY, T0, useInterruptible } from '../../../support/interruptible.ts'

const { archived, archivedNames, put, putSix, repository, remove } = useInterruptible()
const [day0, day1] = ['20231114T221320Z', '20231115T221320Z']

/** A full and an incremental. */
async function twoSets() {
  const repo = repository()
  await putSix()
  await repo.run(0)
  await put('a', 140_000, 1)
  await repo.run(1)
  const lose = async (pattern: RegExp): Promise<string[]> => {
    const lost = (await repo.names()).filter((name) => pattern.test(name))
    for (const name of lost) await repo.backend.delete(name, new AbortController().signal)
    return lost
  }
  return { ...repo, lose }
}

describe('older than the remote', () => {
  const kept = (): string => archived('../kept')

  test.each([
    ['as it was before', /^$/],
    ['without its notes', /^\.duba/],
    ['without its manifest', /manifest$/],
    ['without its signatures', /sigtar/],
    ['emptied', /./],
  ])('%s: the newer sets are fetched and continued', async (_, gone) => {
    const repo = repository()
    await putSix()
    await repo.run(0)
    await cp(archived(''), kept(), { recursive: true, preserveTimestamps: true })
    await put('a', 140_000, 1)
    await repo.run(1)
    await put('b', 140_000, 2)
    await repo.run(2)
    await rm(archived(''), { recursive: true })
    await cp(kept(), archived(''), { recursive: true, preserveTimestamps: true })
    await remove(gone)
    await put('c', 140_000, 3)
    const next = await repo.run(3)
    expect(next.find('sync-copied').map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        (await repo.names()).filter((name) => /(?:15|16)T221320Z\.(?:man|sig)/.test(name)),
      ),
    )
    expect(next.sets).toEqual([['inc', T0 + 2 * DAY, T0 + 3 * DAY]])
    expect(next.find('entry').map(({ path }) => path)).toEqual(['c'])
    await repo.check(3)
  })

  test('a restore alone brings it up to date', async () => {
    const repo = await twoSets()
    await remove(new RegExp(day1))
    const events = await repo.restores(1)
    expect(events.filter(({ type }) => type === 'sync-copied')).toHaveLength(2)
    await repo.check(1)
  })
})

describe('newer than the remote', () => {
  test('that has lost its newest set: the set before is continued', async () => {
    const repo = await twoSets()
    await repo.lose(new RegExp(day1))
    await put('b', 140_000, 2)
    const next = await repo.run(2)
    expect(next.find('sync-deleted')).toHaveLength(2)
    expect(next.sets).toEqual([['inc', T0, T0 + 2 * DAY]])
    expect(next.find('entry').map(({ path }) => path)).toEqual(['a', 'b'])
    expect((await archivedNames()).filter((name) => name.includes(day1))).toEqual([])
    await repo.check(2)
  })

  test.each([
    ['manifest', /manifest/, ['inc', T0, T0 + 2 * DAY]],
    ['signatures', /sigtar/, ['full', T0 + 2 * DAY, T0 + 2 * DAY]],
  ])('that has lost the %s of its newest set: what is stored next is whole', async (_, kind, set) => {
    const repo = await twoSets()
    const lost = await repo.lose(new RegExp(`${day1}.*${kind.source}`))
    expect(lost).toHaveLength(1)
    await put('b', 140_000, 2)
    const next = await repo.run(2)
    expect(next.sets).toEqual([set])
    expect((await archivedNames()).filter((name) => lost.some((each) => name.startsWith(each)))).toEqual([])
    await repo.restores(2)
    await put('c', 140_000, 3)
    const last = await repo.run(3)
    expect(last.sets).toEqual([['inc', T0 + 2 * DAY, T0 + 3 * DAY]])
    expect(last.find('entry').map(({ path }) => path)).toEqual(['c'])
    await repo.restores(3)
  })

  test('that has lost everything of a chain but shows another: nothing of the lost one stays', async () => {
    const repo = await twoSets()
    await repo.run(2, { kind: 'full' })
    await repo.lose(new RegExp(`${day0}|${day1}`))
    await put('b', 140_000, 2)
    expect((await repo.run(3)).sets).toEqual([['inc', T0 + 2 * DAY, T0 + 3 * DAY]])
    expect((await archivedNames()).filter((name) => name.includes(day0) || name.includes(day1))).toEqual([])
    await repo.check(3)
  })
})

describe('not to be written to', () => {
  const NOBODY = 65534

  /** Runs as a user whom modes concern, with an archive directory that this user may only read. */
  async function reading<T>(run: () => Promise<T>): Promise<T> {
    const top = archived('..')
    for (const name of ['', ...(await readdir(top, { recursive: true }))]) {
      if (process.getuid?.() === 0) await chown(`${top}/${name}`, NOBODY, NOBODY)
    }
    await chmod(archived(''), 0o555)
    if (process.getuid?.() === 0) process.seteuid?.(NOBODY)
    try {
      return await run()
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0)
      await chmod(archived(''), 0o700)
    }
  }

  test('a restore reads what is there', async () => {
    const repo = await twoSets()
    const events = await reading(() => repo.restores(1))
    expect(events.filter(({ type }) => type === 'sync-copied')).toEqual([])
  })

  test.each([
    ['lost', async () => remove(new RegExp(`${day1}.*manifest`))],
    ['lost on the remote', async (repo: Awaited<ReturnType<typeof twoSets>>) => repo.lose(new RegExp(day1))],
  ])('what would have to be fetched or removed, because it is %s, is refused by name', async (_, change) => {
    const repo = await twoSets()
    await change(repo)
    const before = await archivedNames()
    await expect(reading(() => repo.restores(1))).rejects.toMatchObject({
      code: 'ARCHIVE_DIR',
      message: expect.stringContaining(archived('')),
    })
    expect(await archivedNames()).toEqual(before)
  })

  test.each(['auto', 'full'] as const)('a backup (%s) is refused before anything is stored', async (kind) => {
    const repo = await twoSets()
    await put('b', 140_000, 2)
    const before = [await repo.names(), await archivedNames()]
    await expect(reading(() => repo.run(2, { kind }))).rejects.toMatchObject({ code: 'ARCHIVE_DIR' })
    expect([await repo.names(), await archivedNames()]).toEqual(before)
  })
})
