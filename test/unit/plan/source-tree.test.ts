import { expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realTree } from '../../../src/plan/source-tree.ts'

test('entries are sorted by bytes and know their kind; names that are not UTF-8 are told', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-tree-'))
  try {
    mkdirSync(join(dir, 'Z'))
    symlinkSync('/nowhere', join(dir, 'ä'))
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/z`), Buffer.from([0xff])]), '')
    expect(await realTree.entries(dir)).toEqual([
      { name: 'Z', utf8: true, directory: true },
      { name: 'z\udcff', utf8: false, directory: false },
      { name: 'ä', utf8: true, directory: false },
    ])
    expect(await realTree.look(join(dir, 'ä'))).toBeUndefined()
    expect(await realTree.look(join(dir, 'no'))).toEqual({ trouble: 'missing' })
    expect(await realTree.look(join(dir, 'ä/x'))).toEqual({ trouble: 'missing' })
    expect(await realTree.entries(join(dir, 'no'))).toEqual({ trouble: 'missing' })
    writeFileSync(join(dir, 'file'), '')
    expect(await realTree.entries(join(dir, 'file'))).toMatchObject({ trouble: 'error' })
    expect(await realTree.look(join(dir, 'file/x'))).toMatchObject({ trouble: 'error' })
  } finally {
    rmSync(dir, { recursive: true })
  }
})
