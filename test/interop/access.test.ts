/**
 * Volumes with access points (docs/decisions/0010): duplicity reads them and goes on with them as before; ours restores
 * every path through them, and without them where they are wrong.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { parseManifest } from '../../src/format/manifest-parser.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, run, runWell } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { noise } from '../support/tree.ts'
import { onDay } from './histories.ts'

jest.setTimeout(180_000)

const root = useTempDir('access-interop')
const source = join(root, 'source')
const env = { ...baseEnvironment(root), PASSPHRASE: 'secret' }

/** About 20 MB: many files, one of several points, names that need quotes. */
const names = [
  ...Array.from({ length: 60 }, (_, n) => `dir ${n % 3}/file-${String(n).padStart(2, '0')}`),
  'dir 1',
  'large',
  'zz "quoted"\n',
]

const some = names.filter((_, n) => n % 7 === 3 || n >= 60)

beforeAll(() => {
  for (const n of [0, 1, 2]) mkdirSync(join(source, `dir ${n}`), { recursive: true })
  for (const [n, name] of names.entries())
    if (name !== 'dir 1') writeFileSync(join(source, name), content(name, n))
})

function content(name: string, n: number): Buffer {
  if (name === 'large') return Buffer.concat([noise('large', 5_000_000), Buffer.alloc(4_000_000, 'words ')])
  const size = 60_000 + n * 3_001
  return n % 2 === 0 ? noise(name, size) : Buffer.alloc(size, `${name} `)
}

const forms = ['gpg', 'gz', 'plain'] as const
const optionsOf = {
  gpg: [],
  gz: ['--no-encryption'],
  plain: ['--no-encryption', '--no-compression'],
}

describe.each(forms)('%s', (form) => {
  const repository = join(root, form)
  const url = `file://${repository}`
  const cache = join(root, `${form}-cache`)
  const options = [...optionsOf[form], '--archive-dir', cache]
  const manifestPath = (): string => {
    const [folder = ''] = readdirSync(cache)
    const name = readdirSync(join(cache, folder)).find((each) => /full.*manifest$/.test(each)) ?? ''
    return join(cache, folder, name)
  }

  async function restores(wanted: readonly string[]): Promise<void> {
    for (const name of wanted) {
      const target = join(root, 'target')
      const args = ['restore', ...options, '--path-to-restore', name, url, target]
      await runWell({ ...engine, syntax: '3' }, args, { cwd: root, env })
      if (name === 'dir 1') expect(readdirSync(target)).toEqual(readdirSync(join(source, name)))
      else expect(readFileSync(target).equals(readFileSync(join(source, name)))).toBe(true)
      rmSync(target, { recursive: true })
    }
  }

  beforeAll(async () => {
    const args = ['full', ...options, '--volsize', '12', '--current-time', String(onDay(0))]
    await runWell(engine, [...args, source, url], { cwd: root, env })
  })

  test('the manifest tells where volumes can be entered, once a file', () => {
    const { volumes } = parseManifest(readFileSync(manifestPath()))
    const paths = volumes.flatMap(({ access = [] }) => access.map(({ path }) => path))
    expect(paths.length).toBeGreaterThan(2)
    for (const { access = [] } of volumes)
      expect(new Set(access.map(({ path }) => path)).size).toBe(access.length)
  })

  test('ours restores through them', () => restores(some))

  test('wrong places cost nothing but time', async () => {
    const path = manifestPath()
    const text = readFileSync(path, 'latin1')
    const wrong = text.replace(
      /DubaAccess (\d+)/g,
      (_, offset: string) => `DubaAccess ${Number(offset) + 777}`,
    )
    expect(wrong).not.toBe(text)
    writeFileSync(path, wrong, 'latin1')
    // The ledger of the cache would fetch the remote manifest instead.
    rmSync(join(path, '..', '.duba-cache.json'), { force: true })
    await restores(['large', 'dir 1/file-31', 'zz "quoted"\n'])
    writeFileSync(path, text, 'latin1')
  })

  test('where gpg has to read, the volume is read from its beginning', async () => {
    const target = join(root, 'target')
    const args = ['restore', ...options, '--crypto', 'gpg', '--file-to-restore', 'large', url, target]
    await runWell(engine, args, { cwd: root, env })
    expect(readFileSync(target).equals(readFileSync(join(source, 'large')))).toBe(true)
    rmSync(target)
  })

  test('a damaged volume is refused although only its end is wanted', async () => {
    const copy = join(root, `${form}-damaged`)
    mkdirSync(copy)
    for (const name of readdirSync(repository)) {
      const bytes = readFileSync(join(repository, name))
      if (name.includes('vol1.')) bytes.writeUInt8(bytes.readUInt8(2000) ^ 1, 2000)
      writeFileSync(join(copy, name), bytes)
    }
    const args = ['restore', ...optionsOf[form], '--archive-dir', join(root, `${form}-damaged-cache`)]
    const target = join(root, 'damaged-target')
    const outcome = await run(
      engine,
      [...args, '--file-to-restore', 'dir 2/file-29', `file://${copy}`, target],
      { cwd: root, env },
    )
    expect(outcome.status).not.toBe(0)
    expect(outcome.stdout + outcome.stderr).toMatch(/vol1/)
    expect(readdirSync(root)).not.toContain('damaged-target')
  })

  test.each([duplicity08, duplicity3])('$name verifies, restores and goes on', async (oracle) => {
    const cacheOf = join(root, `${form}-${oracle.name}-cache`)
    const own = [...optionsOf[form], '--archive-dir', cacheOf]
    const verify = ['verify', ...own, '--compare-data', url, source]
    expect((await runWell(oracle, verify, { cwd: root, env })).stdout).toMatch(/, 0 difference/)
    const more = ['incremental', ...own, '--current-time', String(onDay(oracle === duplicity08 ? 1 : 2))]
    await runWell(oracle, [...more, source, url], { cwd: root, env })
    const target = join(root, 'target')
    const pathOption = oracle.syntax === '3' ? '--path-to-restore' : '--file-to-restore'
    await runWell(oracle, ['restore', ...own, pathOption, 'large', url, target], { cwd: root, env })
    expect(readFileSync(target).equals(readFileSync(join(source, 'large')))).toBe(true)
    rmSync(target)
  })

  test('ours reads the chain that they went on with', () => restores(some.slice(-3)))
})
