import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
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

/** The days in November stand in names of files, or in words. */
const broken = (...days: number[]) => ({
  code: 'CHAIN_BROKEN',
  message: expect.stringMatching(days.map((day) => `2023-?11-?${day}[T ]`).join('.*')),
})

test('a set that has lost its manifest and was built upon: no older state passes for it', async () => {
  const repo = await losing(1)
  await repo.restores(0, 0)
  await expect(repo.restores(1, 1)).rejects.toMatchObject(broken(15))
  await expect(repo.restores(2, 2)).rejects.toMatchObject(broken(16, 15))
})

test('two such sets, one behind the other', async () => {
  const repo = await losing(1, 2)
  await expect(repo.restores(1, 1)).rejects.toMatchObject(broken(15))
  await expect(repo.restores(2, 2)).rejects.toMatchObject(broken(15, 16))
})

test('such a full set', async () => {
  const repo = await losing(0)
  await expect(repo.restores(1, 1)).rejects.toMatchObject({ code: 'NO_BACKUPS' })
})

test('a moment before the first backup: the oldest is not taken for it', async () => {
  const repo = await losing()
  await expect(repo.restores(-1, 0)).rejects.toMatchObject({
    code: 'TOO_EARLY',
    message: expect.stringContaining('the oldest is of 2023-11-14 22:13:20'),
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

describe('volumes that the manifest does not name', () => {
  /** A set of three volumes; its manifest is changed. */
  async function changed(change: (manifest: string) => string) {
    const repo = repository()
    await put('a', 2_500_000)
    await repo.run(0)
    const name = (await repo.names()).find((each) => manifests[0]?.test(each)) ?? ''
    const manifest = (await buffer(await repo.backend.get(name, signal))).toString('latin1')
    expect(manifest).toContain('Volume 3:')
    await repo.backend.put(name, fileBodyOf(Buffer.from(change(manifest), 'latin1')), signal)
    return { repo, name }
  }

  test.each(['Volume 2:', 'Volume 3:'])(
    'the manifest was cut before %s: a part is not the whole',
    async (end) => {
      const { repo, name } = await changed((manifest) => manifest.slice(0, manifest.indexOf(end)))
      // The archive directory still has the whole one.
      await repo.restores(0)
      await remove(/^duplicity/)
      await expect(repo.restores(0)).rejects.toMatchObject({
        code: 'MANIFEST_UNREADABLE',
        message: expect.stringMatching(new RegExp(`^${name}: It is not whole: `)),
      })
      await expect(repo.restores(0)).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' })
    },
  )

  test('the manifest lost a part within, and its list of files is there', async () => {
    const { repo } = await changed((manifest) => manifest.replace(/Volume 2:\n(?: .*\n)+/, ''))
    await remove(/^duplicity/)
    await expect(repo.restores(0)).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' })
  })

  test('the manifest is whole, and an interrupted session left a volume: it is told and not read', async () => {
    const { repo } = await changed((manifest) => manifest)
    const volumes = (await repo.names()).filter((name) => name.includes('.vol'))
    const stray = volumes[0]?.replace(/vol\d+/, `vol${volumes.length + 1}`) ?? ''
    await repo.backend.put(stray, fileBodyOf(Buffer.from('rest')), signal)
    await remove(/^duplicity/)
    await repo.restores(0)
  })
})
