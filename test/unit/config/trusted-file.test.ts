import { chmodSync, chownSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { examineFile, readTrusted } from '../../../src/config/trusted-file.ts'
import { useTempDir } from '../../support/temp.ts'

const uid = process.getuid?.() ?? 0
/** Somebody who is not root: we ourselves, or as root anybody. */
const somebody = uid === 0 ? 4711 : uid

const all = useTempDir('config')
const temp = { path: '' }
beforeEach(() => {
  temp.path = mkdtempSync(join(all, 'x'))
})

function file(name: string, mode: number): string {
  const path = join(temp.path, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, 'text')
  chmodSync(path, mode)
  return path
}
const messages = async (path: string, user = uid): Promise<string[]> =>
  (await examineFile(path, user)).map(({ message }) => message)

test('a file of the user below a sticky directory is trusted', async () => {
  const path = file('a.json', 0o640)
  expect(await readTrusted(path, { uid, limit: 10 })).toEqual({
    bytes: Buffer.from('text'),
    objections: [],
    exposed: false,
  })
  chmodSync(path, 0o644)
  expect(await readTrusted(path, { uid, limit: 4 })).toMatchObject({ objections: [], exposed: true })
})

test('a file that others can write is not', async () => {
  expect(await messages(file('a', 0o620))).toEqual(['is writable by its group'])
  expect(await messages(file('b', 0o602))).toEqual(['is writable by others'])
})

test('a file or directory of somebody else is not', async () => {
  const path = file('d/a', 0o600)
  chownSync(path, somebody, process.getgid?.() ?? 0)
  const objection = `belongs to user ${somebody}, who is neither root nor the user who runs duba`
  expect(await messages(path, somebody + 1)).toContain(objection)
  expect(await messages(path, somebody)).not.toContain(objection)
  chownSync(join(temp.path, 'd'), somebody, process.getgid?.() ?? 0)
  expect(await messages(path, somebody + 1)).toContain(
    `is reached by ${join(temp.path, 'd')}, which ${objection}`,
  )
})

test('every directory on the way counts, behind links too', async () => {
  const path = file('open/inner/a', 0o600)
  chmodSync(join(temp.path, 'open'), 0o777)
  const objection = `is reached by ${join(temp.path, 'open')}, which is writable by others`
  expect(await messages(path)).toEqual([objection])
  symlinkSync('open/inner', join(temp.path, 'link'))
  symlinkSync(join(temp.path, 'link', '.', 'a'), join(temp.path, 'direct'))
  expect(await messages(join(temp.path, 'direct'))).toEqual([objection])
  expect(await messages(`${temp.path}/open/../link//a`)).toEqual([objection])
  chmodSync(join(temp.path, 'open'), 0o1777)
  expect(await messages(path)).toEqual([])
})

test('what is too large or no file is told', async () => {
  const path = file('a', 0o600)
  const { bytes, objections } = await readTrusted(path, { uid, limit: 3 })
  expect([bytes.toString(), objections.map(({ message }) => message)]).toEqual([
    'tex',
    ['is larger than 3 bytes'],
  ])
  expect(await messages(temp.path)).toEqual(['is no regular file'])
  await expect(examineFile(join(temp.path, 'none'), uid)).rejects.toThrow('ENOENT')
})

test('a file that says it is empty is read to its end', async () => {
  const { bytes } = await readTrusted('/proc/self/status', { uid, limit: 1 << 16 })
  expect(bytes.toString()).toContain('Pid:')
  expect((await readTrusted('/proc/self/status', { uid, limit: 3 })).objections).toHaveLength(1)
})
