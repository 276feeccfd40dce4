import { expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../../src/run/whole-file.ts'
import { useTempDir } from '../../support/temp.ts'

const all = useTempDir('whole')
const options = { group: undefined, mode: 0o644, onTrouble: () => undefined }

test('links that others lay in the way lead nowhere: neither that of the file nor one of a name that can be guessed', async () => {
  const dir = mkdtempSync(join(all, 'x'))
  const [path, victim] = [join(dir, 'metrics'), join(dir, 'victim')]
  writeFileSync(victim, 'kept', { mode: 0o600 })
  for (const name of [path, `${path}.new`, `${path}.${process.pid}.new`]) symlinkSync(victim, name)
  await writeWhole(path, 'text', options)
  expect(readFileSync(path, 'utf8')).toBe('text')
  expect([readFileSync(victim, 'utf8'), statSync(victim).mode & 0o777]).toEqual(['kept', 0o600])
  expect(statSync(path).mode & 0o777).toBe(0o644)
  expect(readdirSync(dir)).toHaveLength(4)
})

test('a file that cannot be replaced leaves nothing beside it', async () => {
  const dir = mkdtempSync(join(all, 'x'))
  await expect(writeWhole(dir, 'text', options)).rejects.toMatchObject({ code: 'EISDIR' })
  expect(readdirSync(all).filter((name) => name.endsWith('.new'))).toEqual([])
})
