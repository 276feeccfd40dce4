/** Replicas made by ours: real duplicity restores them and goes on with them, and ours continues half ones. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Outcome, type Program, run, runWell } from '../support/program.ts'
import { noise } from '../support/tree.ts'
import { useTempDir } from '../support/temp.ts'
import { onDay } from './histories.ts'

jest.setTimeout(180_000)

const root = useTempDir('replicate')
const source = join(root, 'source')
const env = { ...baseEnvironment(root), PASSPHRASE: 'secret' }
const repository = join(root, 'repository')
const plain = ['--no-encryption']
let serial = 0

const cacheOf = (place: string): string => `${place}-cache`
const on = (place: string, options: readonly string[]): string[] => [
  ...options,
  '--archive-dir',
  cacheOf(place),
]

async function back(
  program: Program,
  place: string,
  kind: string,
  day: number,
  options: readonly string[],
): Promise<void> {
  writeFileSync(join(source, `day-${day}`), noise(String(day), 50_000))
  const args = [kind, ...on(place, options), '--volsize', '1', '--current-time', String(onDay(day))]
  await runWell(program, [...args, source, `file://${place}`], { cwd: root, env })
}

function replicate(to: string, options: readonly string[], from = repository): Promise<Outcome> {
  return run(engine, ['replicate', ...on(to, options), `file://${from}`, `file://${to}`], { cwd: root, env })
}

const fresh = (): string => join(root, `replica-${(serial += 1)}`)

async function restoresAll(place: string, options: readonly string[], last = 2): Promise<void> {
  for (let day = 0; day <= last; day += 1) {
    const target = fresh()
    const args = ['restore', ...on(place, options), '--time', String(onDay(day)), `file://${place}`, target]
    await runWell(duplicity08, args, { cwd: root, env })
    expect(readFileSync(join(target, `day-${day}`)).equals(noise(String(day), 50_000))).toBe(true)
    expect(existsSync(join(target, `day-${day + 1}`))).toBe(false)
  }
}

beforeAll(async () => {
  mkdirSync(source)
  writeFileSync(join(source, 'big'), noise('big', 2_200_000))
  await back(duplicity08, repository, 'full', 0, plain)
  await back(engine, repository, 'incremental', 1, plain)
  await back(duplicity08, repository, 'incremental', 2, plain)
})

test.each([
  ['gzip', plain],
  ['uncompressed', ['--no-encryption', '--no-compression']],
  ['a passphrase', []],
])('a replica with %s has the names of duplicity, which restores and continues it', async (_, options) => {
  const replica = fresh()
  const theirs = fresh()
  const { status, stdout, stderr } = await replicate(replica, options)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('Last full backup date: none\n')
  expect(stdout).toContain('Replicating duplicity-full.20231114T221320Z.vol1.difftar.gz.\n')
  const args = ['replicate', ...on(theirs, options), `file://${repository}`, `file://${theirs}`]
  await runWell(duplicity08, args, { cwd: root, env })
  expect(readdirSync(replica).sort()).toEqual(readdirSync(theirs).sort())
  await restoresAll(replica, options)
  await back(duplicity08, replica, 'incremental', 3, options)
  await restoresAll(replica, options, 3)
  rmSync(join(source, 'day-3'))
})

test('a replica without encryption of an encrypted repository has the names of duplicity', async () => {
  const encrypted = fresh()
  await replicate(encrypted, [])
  const [ours, theirs] = [fresh(), fresh()]
  expect((await replicate(ours, plain, encrypted)).status).toBe(0)
  const args = ['replicate', ...on(theirs, plain), `file://${encrypted}`, `file://${theirs}`]
  await runWell(duplicity08, args, { cwd: root, env })
  expect(readdirSync(ours).sort()).toEqual(readdirSync(theirs).sort())
  expect(readdirSync(ours).filter((name) => name.endsWith('.manifest.gz'))).toHaveLength(3)
  const checked = await run(engine, ['check', '--read-data', ...on(fresh(), plain), `file://${ours}`], {
    cwd: root,
    env,
  })
  expect(checked.status).toBe(0)
  await restoresAll(ours, plain)
  // 3.x replicates nothing, but reads such names.
  const target = fresh()
  await runWell(duplicity3, ['restore', ...on(ours, plain), `file://${ours}`, target], { cwd: root, env })
  expect(readFileSync(join(target, 'day-2')).equals(noise('2', 50_000))).toBe(true)
})

test('a plain volume in an encrypted set ends it, with a hint that replicate can follow', async () => {
  const [from, replica] = [fresh(), fresh()]
  await replicate(from, [])
  const volume = 'duplicity-full.20231114T221320Z.vol2.difftar'
  rmSync(join(from, `${volume}.gpg`))
  cpSync(join(repository, `${volume}.gz`), join(from, `${volume}.gz`))
  const { status, stderr } = await replicate(replica, [], from)
  expect(status).toBe(31)
  expect(stderr).toContain('--time leaves this one out')
  expect(stderr).not.toContain('--ignore-errors')
})

test('a second run finds everything there', async () => {
  const replica = fresh()
  await replicate(replica, plain)
  const before = readdirSync(replica)
  const { status, stdout } = await replicate(replica, plain)
  expect(status).toBe(0)
  expect(stdout).not.toContain('Replicating')
  expect(readdirSync(replica)).toEqual(before)
})

test('what is there of a half set is kept where it is whole, and replaced where it is not', async () => {
  const replica = fresh()
  await replicate(replica, plain)
  const name = (part: string): string => join(replica, `duplicity-full.20231114T221320Z.${part}`)
  rmSync(name('manifest.gz'))
  rmSync(name('vol3.difftar.gz'))
  truncateSync(name('vol2.difftar.gz'), 1000)
  const kept = statSync(name('vol1.difftar.gz')).ino
  expect((await replicate(replica, plain)).status).toBe(0)
  expect(statSync(name('vol1.difftar.gz')).ino).toBe(kept)
  await restoresAll(replica, plain)
})

test('a half set of other settings is not left beside the new one', async () => {
  const replica = fresh()
  await replicate(replica, plain)
  rmSync(join(replica, 'duplicity-full.20231114T221320Z.vol2.difftar.gz'))
  expect((await replicate(replica, [])).status).toBe(0)
  const ofFull = readdirSync(replica).filter((name) => name.startsWith('duplicity-full.'))
  expect(ofFull.every((name) => name.endsWith('.gpg'))).toBe(true)
  await restoresAll(replica, [])
})

test('--time leaves out the set of that moment, --dry-run writes nothing', async () => {
  const replica = fresh()
  const dry = await replicate(replica, [...plain, '--dry-run'])
  expect(dry.stdout.match(/^Replicating /gm)).toHaveLength(3 + 5)
  expect(existsSync(replica) ? readdirSync(replica) : []).toEqual([])
  await replicate(replica, [...plain, '--time', String(onDay(1))])
  expect(readdirSync(replica).filter((name) => name.includes('manifest'))).toHaveLength(1)
})

test('a place is not copied onto itself, also by way of a link; an empty one gives nothing', async () => {
  const same = await replicate(repository, plain)
  expect(same.status).toBe(2)
  expect(same.stderr).toContain('Source and destination of replicate are the same')
  const empty = await replicate(fresh(), plain, join(root, 'nothing'))
  expect({ status: empty.status, stdout: empty.stdout }).toEqual({
    status: 0,
    stdout: 'Last full backup date: none\nNo old backup sets found.\n',
  })
})

test.each([
  [
    'altered',
    (path: string) => {
      writeFileSync(path, 'altered')
    },
    21,
  ],
  [
    'missing',
    (path: string) => {
      rmSync(path)
    },
    52,
  ],
])('a volume that is %s ends it before the manifest of its set', async (_, harm, status) => {
  const [from, replica] = [fresh(), fresh()]
  cpSync(repository, from, { recursive: true })
  harm(join(from, 'duplicity-full.20231114T221320Z.vol2.difftar.gz'))
  expect((await replicate(replica, plain, from)).status).toBe(status)
  expect(readdirSync(replica).filter((name) => name.includes('manifest'))).toEqual([])
})
