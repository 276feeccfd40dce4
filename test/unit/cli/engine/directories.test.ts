import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { archivePath, makeArchiveDir, makeTempDir, tempRoot } from '../../../../src/cli/engine/directories.ts'
import { parseArguments } from '../../../../src/cli/engine/parse.ts'
import { OptionValues } from '../../../../src/cli/engine/values.ts'
import { useTempDir } from '../../../support/temp.ts'

const work = useTempDir('directories')

function values(...argv: string[]): OptionValues {
  const read = new OptionValues()
  for (const argument of parseArguments(argv)) {
    if (argument.kind === 'option') read.add(argument, { expand, now: 0 })
  }
  return read
}

function expand(path: string): string {
  return path.replace(/^~/, '/home/me')
}

const mode = (path: string): number => statSync(path).mode & 0o777

test('the archive directory has the name of the MD5 of the URL', () => {
  const path = archivePath(values(), 'file://repo', { env: {}, expand })
  expect(path).toBe('/home/me/.cache/duplicity/9476cc24b8ab1a6d9da476d720b225c0')
})

test('options and XDG_CACHE_HOME say where it is', () => {
  const at = (env: Record<string, string>, ...argv: string[]) =>
    archivePath(values(...argv), 'u:', { env, expand })
  expect(at({ XDG_CACHE_HOME: '/c' }, '--name', 'n')).toBe('/c/duplicity/n')
  expect(at({ XDG_CACHE_HOME: '' }, '--name', 'n')).toBe('/duplicity/n')
  expect(at({}, '--archive-dir', '~/a/', '--name', 'n/m')).toBe('/home/me/a/n/m')
})

test('it is made for its owner only, whatever the umask is', () => {
  const before = process.umask(0o277)
  try {
    makeArchiveDir(join(work, 'made'))
  } finally {
    process.umask(before)
  }
  expect(mode(join(work, 'made'))).toBe(0o700)
})

test('one that is there keeps its mode', () => {
  mkdirSync(join(work, 'there'))
  const before = mode(join(work, 'there'))
  makeArchiveDir(join(work, 'there'))
  expect(mode(join(work, 'there'))).toBe(before)
})

test('a file in its place is an error', () => {
  writeFileSync(join(work, 'file'), '')
  expect(() => {
    makeArchiveDir(join(work, 'file', 'x'))
  }).toThrow(/^Specified archive directory '.*' does not exist, or is not a directory$/)
  expect(() => {
    makeArchiveDir(join(work, 'file'))
  }).toThrow(expect.objectContaining({ code: 'ARCHIVE_DIR' }))
})

test('temporary files go where --tempdir or the first usable variable says', () => {
  const env = { TMPDIR: join(work, 'missing'), TEMP: work }
  expect(tempRoot(values(), { env, cwd: '/' })).toBe(work)
  expect(tempRoot(values('--tempdir', 'there'), { env, cwd: work })).toBe(join(work, 'there'))
  expect(() => tempRoot(values('--tempdir', join(work, 'missing')), { env, cwd: '/' })).toThrow(
    expect.objectContaining({ code: 'TEMP_SPACE' }),
  )
})

test('the temporary directory is private and goes with everything in it', () => {
  const dir = makeTempDir(work)
  expect(dir.path).toMatch(/\/duplicity-[0-9a-f]{10}-tempdir$/)
  expect(mode(dir.path)).toBe(0o700)
  writeFileSync(join(dir.path, 'x'), '')
  dir.remove()
  expect(statSync(dir.path, { throwIfNoEntry: false })).toBeUndefined()
  expect(() => makeTempDir(join(work, 'missing'))).toThrow(expect.objectContaining({ code: 'TEMP_SPACE' }))
})
