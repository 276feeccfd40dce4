import { expect, test } from '@jest/globals'
import { fileBodyOf } from '../../../support/bodies.ts'
import { useInterruptible } from '../../../support/interruptible.ts'

const { put, remove, repository } = useInterruptible()
const { signal } = new AbortController()

/** Names of the manifests of days 0 to 3, as patterns. */
const manifests = [14, 15, 16, 17].map((day) => new RegExp(`(full|to)\\.202311${day}T221320Z\\.manifest`))

/** A chain of four days, some of whose manifests are lost. */
async function losing(...days: number[]) {
  const repo = repository()
  for (const day of [0, 1, 2, 3]) {
    await put('a', 1000, day)
    await repo.run(day)
  }
  for (const day of days) {
    const name = (await repo.names()).find((each) => manifests[day]?.test(each)) ?? ''
    await repo.backend.delete(name, signal)
  }
  await remove(/^duplicity/)
  return {
    /** Restores what was stored on `day`, and compares it with what there was on the day `was`. */
    async restores(day: number, was: number): Promise<void> {
      await put('a', 1000, was)
      await repo.restores(day)
    },
  }
}

const broken = (...dates: string[]) => ({
  code: 'CHAIN_BROKEN',
  message: expect.stringMatching(dates.join('.*')),
})

test('a set that has lost its manifest and was built upon: no older state passes for it', async () => {
  const repo = await losing(1)
  await repo.restores(0, 0)
  await expect(repo.restores(1, 1)).rejects.toMatchObject(broken('20231115T221320Z'))
  await expect(repo.restores(2, 2)).rejects.toMatchObject(broken('20231116T221320Z', '20231115T221320Z'))
})

test('two such sets, one behind the other', async () => {
  const repo = await losing(1, 2)
  await expect(repo.restores(1, 1)).rejects.toMatchObject(broken('20231115T221320Z'))
  await expect(repo.restores(2, 2)).rejects.toMatchObject(broken('20231115T221320Z', '20231116T221320Z'))
})

test('such a full set', async () => {
  const repo = await losing(0)
  await expect(repo.restores(1, 1)).rejects.toMatchObject({ code: 'NO_BACKUPS' })
})

test('a moment before the first backup: the oldest is not taken for it', async () => {
  const repo = await losing()
  await expect(repo.restores(-1, 0)).rejects.toMatchObject({
    code: 'TOO_EARLY',
    message: expect.stringContaining('the oldest is of Tue Nov 14 22:13:20 2023'),
    hint: expect.stringContaining('20231114T221320Z'),
  })
})

test('the last set without manifest is what an interrupted session leaves: the one before is the newest', async () => {
  const repo = await losing(3)
  await repo.restores(3, 2)
})

test('a manifest that was cut before its first volume is damage, not a set of nothing', async () => {
  const repo = repository()
  for (const day of [0, 1]) {
    await put('a', 1000, day)
    await repo.run(day)
  }
  const name = (await repo.names()).find((each) => manifests[1]?.test(each)) ?? ''
  const head = Buffer.from('Hostname h\nLocaldir /src\n')
  await repo.backend.put(name, fileBodyOf(head), signal)
  await remove(/^duplicity/)
  await expect(repo.restores(1)).rejects.toMatchObject({
    code: 'MANIFEST_UNREADABLE',
    message: expect.stringContaining(name),
  })
})
