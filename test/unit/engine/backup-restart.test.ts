/** A full that was interrupted: what is kept, what is done again, and that nothing that changed meanwhile is lost. */
import { mkdir, rename, rm, utimes } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import { plainSettings } from '../../support/context.ts'
import { goldenKeys } from '../../support/crypt.ts'
import { fingerprints, keyFile } from '../../support/gpg-home.ts'
import { DAY, T0, uploaded, useInterruptible } from '../../support/interruptible.ts'

const { sourcePath, archived, archivedNames, put, putSix, repository, remove, damage } = useInterruptible()
const inFullTime = '20231114T221320Z'

describe('a full that was interrupted', () => {
  test('goes on behind what is stored, at its old time, in one set', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(3))
    const second = await repo.run(1)
    expect(second.find('restart-after')).toMatchObject([{ block: undefined }])
    expect(second.find('entry').map(({ path }) => path)).not.toContain('a')
    expect(second.sets).toEqual([['full', T0, T0]])
    await repo.check(1)
    const { volumes, fileList } = await repo.manifest(inFullTime)
    expect(volumes.map(({ number }) => number)).toEqual(volumes.map((_, index) => index + 1))
    expect(fileList?.entries.map(({ status, path }) => `${status} ${path}`)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `new ${name}`),
    )
  })

  test('and again, and once more', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(1))
    await repo.run(1, {}, uploaded(2))
    await repo.run(2, {}, uploaded(4))
    expect((await repo.run(3)).sets).toEqual([['full', T0, T0]])
    await repo.check(3)
  })

  test('what changed, came and went meanwhile is in an incremental of the same run', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(4))
    await put('a', 90_000, 1)
    await rm(sourcePath('b'))
    await put('aa', 10, 1)
    await put('z', 10, 1)
    const second = await repo.run(1)
    expect(second.sets).toEqual([
      ['full', T0, T0],
      ['inc', T0, T0 + DAY],
    ])
    expect(second.find('restart-outdated')).toMatchObject([{ paths: expect.any(Number) }])
    await repo.check(1)
    expect((await repo.run(2)).find('entry')).toEqual([])
  })

  test('only later paths changed: no incremental is needed', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(2))
    await put('f', 50_000, 1)
    expect((await repo.run(1)).sets).toEqual([['full', T0, T0]])
    await repo.check(1)
  })

  test('goes on inside a file', async () => {
    const repo = repository()
    await put('big', 1_000_000)
    await repo.run(0, {}, uploaded(3))
    const second = await repo.run(1)
    expect(second.find('restart-after')).toMatchObject([{ path: 'big', block: expect.any(Number) }])
    expect(second.find('upload-done').some(({ name }) => name.includes('.vol2.'))).toBe(false)
    expect(second.sets).toEqual([['full', T0, T0]])
    await repo.check(1)
  })

  test.each([
    ['content', () => put('big', 1_000_000, 1)],
    [
      'kind',
      async () => {
        await rm(sourcePath('big'))
        await mkdir(sourcePath('big'))
      },
    ],
    ['absence', () => rm(sourcePath('big'))],
    ['size, cut before the point', () => put('big', 70_000, 0)],
  ])('inside a file that is another now (%s) it goes back to the end of a file', async (_, change) => {
    const repo = repository()
    await putSix()
    await put('big', 1_000_000)
    await utimes(sourcePath(), T0, T0)
    await repo.run(0, {}, uploaded(5))
    await change()
    const second = await repo.run(1)
    const after = second.find('restart-after').map(({ path, block }) => [path, block === undefined])
    expect(after).toEqual([
      ['big', false],
      [expect.stringMatching(/^[ab]$/), true],
    ])
    await repo.check(1)
  })

  test('begins anew where only the inside of a file would do and that has changed', async () => {
    const repo = repository()
    await put('big', 1_000_000)
    await repo.run(0, {}, uploaded(3))
    await put('big', 900_000, 1)
    const second = await repo.run(1)
    expect(second.find('restart-anew')).toMatchObject([{ why: 'file-changed' }])
    expect(second.sets).toEqual([['full', T0 + DAY, T0 + DAY]])
    await repo.check(1)
  })

  test('is finished by a command for an incremental too', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(2))
    expect((await repo.run(1, { kind: 'incremental' })).sets).toEqual([['full', T0, T0]])
    await repo.check(1)
  })

  test.each([
    ['the signatures are lost', 'signatures', () => remove(/sigtar\.part$/)],
    ['the manifest is damaged', 'manifest', () => damage(/manifest\.part$/)],
  ])('begins anew where %s, and leaves nothing behind', async (_, why, change) => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(3))
    await change()
    const second = await repo.run(1)
    expect(second.find('restart-anew')).toMatchObject([{ why }])
    expect(second.sets).toEqual([['full', T0 + DAY, T0 + DAY]])
    expect((await repo.names()).filter((name) => name.includes(inFullTime))).toEqual([])
    await repo.check(1)
  })

  test('without the journal the last volume is done again', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(4))
    await remove(/session\.jsonl$/)
    const there = (await repo.names()).length
    const second = await repo.run(1)
    expect(second.find('restart-after')).toMatchObject([{ volume: there - 1 }])
    expect(second.sets).toEqual([['full', T0, T0]])
    await repo.check(1)
  })

  test('is not finished with other names', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(2))
    const part = (await archivedNames()).find((name) => name.endsWith('manifest.part')) ?? ''
    await rename(archived(part), archived(`${part}.gz`))
    const second = await repo.run(1)
    expect(second.find('restart-anew')).toMatchObject([{ why: 'settings-changed' }])
    await repo.check(1)
  })

  const { s, b } = goldenKeys
  test.each([
    ['by another key', 'it is known who signed', s, b, ['settings-changed']],
    ['no more', 'it is known who signed', s, undefined, ['settings-changed']],
    ['by the same key', 'it is known who signed', s, s, []],
    ['by another key', 'a stored volume has to tell', s, b, ['settings-changed']],
    ['by the same key', 'a stored volume has to tell', s, s, []],
    ['for the first time', 'a stored volume has to tell', undefined, s, ['settings-changed']],
    ['by the same key', 'no stored volume can be read', s, s, ['signer-unknown']],
  ])('signed %s, where %s', async (_, known, before, now, why) => {
    const repo = repository()
    // Of one block each, so that also without a journal there is where to go on.
    for (const name of ['a', 'b', 'c', 'd', 'e']) await put(name, 60_000)
    const crypt = (signKey: string | undefined, recipient: string) =>
      createCrypt({
        ...plainSettings(sourcePath('..')),
        encryption: 'keys',
        recipients: [recipient],
        keyFiles: [goldenKeys.secret, keyFile('master', 'public')],
        signKey,
      })
    const recipient = known === 'no stored volume can be read' ? fingerprints.master : goldenKeys.a
    await repo.run(0, {}, uploaded(3), crypt(before, recipient))
    if (known !== 'it is known who signed') await remove(/session\.jsonl$/)
    const second = await repo.run(1, {}, undefined, crypt(now, recipient))
    expect(second.find('restart-anew').map((event) => event.why)).toEqual(why)
    expect(second.sets).toEqual([['full', ...(why.length > 0 ? [T0 + DAY, T0 + DAY] : [T0, T0])]])
  })

  test('a dry run leaves it as it is', async () => {
    const repo = repository()
    await putSix()
    await repo.run(0, {}, uploaded(2))
    const before = await archivedNames()
    await repo.run(1, { dryRun: true })
    expect(await archivedNames()).toEqual(before)
    expect((await repo.run(2)).sets).toEqual([['full', T0, T0]])
  })
})
