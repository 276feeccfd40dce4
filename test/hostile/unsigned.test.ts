/**
 * Where a signer is demanded, nothing is used, and nothing is signed by a replication, that was not signed: neither what is
 * not encrypted at all, nor what others encrypted, be it a volume, a manifest or a signature archive.
 */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { cryptSettings, goldenKeys, openFile, sealFile } from '../support/crypt.ts'
import { engine } from '../support/engine.ts'
import { baseEnvironment, type Outcome, run, runWell } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { manifestVolume } from './repository.ts'

jest.setTimeout(120_000)

const root = useTempDir('unsigned')
const env = { ...baseEnvironment(root), PASSPHRASE: '', SIGN_PASSPHRASE: '' }
const toKey = ['--key-file', goldenKeys.secret, '--encrypt-key', goldenKeys.a]
const signed = [...toKey, '--sign-key', goldenKeys.s]
const plain = ['--no-encryption']
const firstDay = 1_700_000_000
let serial = 0

const fresh = (): string => join(root, `place-${(serial += 1)}`)
const url = (place: string): string => `file://${place}`
const day = (count: number): string => String(firstDay + count * 86_400)

/** Runs the engine with an archive directory of its own. */
function duba(args: readonly string[], archive = fresh()): Promise<Outcome> {
  return run(engine, [...args, '--archive-dir', archive], { cwd: root, env })
}

async function back(place: string, options: readonly string[], at = 0): Promise<void> {
  const source = join(root, `source-${at}`)
  fs.mkdirSync(source, { recursive: true })
  fs.writeFileSync(join(source, 'file'), `of day ${at}`)
  const archive = ['--archive-dir', fresh(), '--current-time', day(at)]
  await runWell(engine, ['full', ...options, ...archive, source, url(place)], { cwd: root, env })
}

const repositories = { plain: fresh(), signed: fresh(), foreign: fresh() }
beforeAll(async () => {
  await back(repositories.plain, plain)
  await back(repositories.signed, signed)
  await back(repositories.foreign, toKey)
})

/** A copy of a repository. */
function copyOf(which: keyof typeof repositories): string {
  const place = fresh()
  fs.cpSync(repositories[which], place, { recursive: true })
  return place
}

/** The signed repository with one file of another, under the name it has there. */
function swapped(from: 'plain' | 'foreign', part: RegExp): string {
  const place = copyOf('signed')
  for (const name of fs.readdirSync(place).filter((each) => part.test(each))) fs.rmSync(join(place, name))
  for (const name of fs.readdirSync(repositories[from]).filter((each) => part.test(each)))
    fs.copyFileSync(join(repositories[from], name), join(place, name))
  return place
}

/** The signed repository with a plain one beside it, made at another time. */
async function mixed(at: number): Promise<string> {
  const place = copyOf('signed')
  const other = fresh()
  await back(other, plain, at)
  fs.cpSync(other, place, { recursive: true })
  return place
}

const restored = (target: string): string | undefined =>
  fs.existsSync(target) ? fs.readFileSync(join(target, 'file'), 'utf8') : undefined

test.each(['plain', 'foreign'] as const)(
  'a repository that is %s is neither restored nor verified',
  async (which) => {
    const place = copyOf(which)
    const target = fresh()
    expect(await duba(['restore', ...signed, url(place), target])).toMatchObject({ status: 22 })
    expect(restored(target)).toBeUndefined()
    expect(await duba(['restore', '--ignore-errors', ...signed, url(place), target])).not.toMatchObject({
      status: 0,
    })
    expect(restored(target)).toBeUndefined()
    const verified = await duba(['verify', ...signed, url(place), join(root, 'source-0')])
    expect(verified).toMatchObject({ status: 22 })
    expect((await duba(['list-current-files', ...signed, url(place)])).status).not.toBe(0)
    const checked = await duba(['check', ...signed, url(place)])
    expect(checked.status).toBe(1)
    expect(checked.stdout).toMatch(/damaged/)
  },
)

test('without a signer, or when told not to expect encryption, a plain repository is restored', async () => {
  for (const options of [[], plain, [...plain, '--sign-key', goldenKeys.s]]) {
    const target = fresh()
    expect(await duba(['restore', ...options, url(repositories.plain), target])).toMatchObject({ status: 0 })
    expect(restored(target)).toBe('of day 0')
  }
})

test('the archive directory holds plain copies of what is signed, and they are used', async () => {
  const archive = fresh()
  for (const target of [fresh(), fresh()]) {
    expect(await duba(['restore', ...signed, url(repositories.signed), target], archive)).toMatchObject({
      status: 0,
    })
    expect(restored(target)).toBe('of day 0')
  }
  expect(
    fs.readdirSync(archive, { recursive: true }).filter((name) => /manifest$|sigtar\.gz$/.test(String(name))),
  ).toHaveLength(2)
})

test('a plain backup beside signed ones, older or newer, is left aside', async () => {
  for (const at of [-1, 1]) {
    const place = await mixed(at)
    const target = fresh()
    const { status, stdout } = await duba(['restore', ...signed, url(place), target])
    expect(status).toBe(0)
    expect(stdout).toContain('not encrypted and so not signed')
    expect(restored(target)).toBe('of day 0')
  }
})

const listed = (stdout: string): string[] => stdout.match(/^.*:\d\d \d{4} .*$/gm) ?? []

test('commands that read signatures alone leave a plain backup beside signed ones aside', async () => {
  const mine = (await duba(['list-current-files', ...signed, url(repositories.signed)])).stdout
  for (const at of [-1, 1]) {
    const place = await mixed(at)
    // What was cached when no signer was demanded does not count either.
    const warm = fresh()
    await duba(['list-current-files', ...plain, url(place)], warm)
    for (const archive of [fresh(), warm]) {
      const list = await duba(['list-current-files', ...signed, url(place)], archive)
      expect(list).toMatchObject({ status: 0, stderr: '' })
      expect(list.stdout).toContain('not encrypted and so not signed')
      expect(listed(list.stdout).slice(-2)).toEqual(listed(mine).slice(-2))
      const versions = await duba(['versions', ...signed, url(place)], archive)
      expect(versions.status).toBe(0)
      expect(versions.stdout.match(/ stored file$/gm)).toHaveLength(1)
      const compared = await duba(['compare', ...signed, '--before-time', day(0), url(place)], archive)
      expect(compared).toMatchObject({ status: 0, stderr: '' })
      const planned = await duba(
        ['restore', ...signed, '--dry-run', '--conflict', 'fail', url(place), fresh()],
        archive,
      )
      expect(planned.status).toBe(0)
    }
  }
})

test('a newer backup that somebody else encrypted is named, and the older state does not pass for it', async () => {
  const place = copyOf('signed')
  const other = fresh()
  await back(other, toKey, 1)
  fs.cpSync(other, place, { recursive: true })
  const list = await duba(['list-current-files', ...signed, url(place)])
  expect(list.status).toBe(18)
  expect(list.stdout).toMatch(/Cannot copy duplicity-full-signatures\.20231115.*going on without it/)
  expect(list.stderr).toContain('The backup of 20231115T221320Z could not be looked at')
  expect(listed(list.stdout).at(-1)).toMatch(/ file$/)
  const before = await duba(['list-current-files', ...signed, '--time', day(0), url(place)])
  expect(before).toMatchObject({ status: 0, stderr: '' })
  const target = fresh()
  expect(await duba(['restore', ...signed, url(place), target])).toMatchObject({ status: 22 })
  expect(restored(target)).toBeUndefined()
  const past = await duba(['restore', ...signed, '--time', day(0), url(place), target])
  expect(past).toMatchObject({ status: 0, stderr: '' })
  expect(restored(target)).toBe('of day 0')
})

test('a replication leaves a plain backup beside signed ones aside', async () => {
  for (const at of [-1, 1]) {
    const place = await mixed(at)
    const replica = fresh()
    const { status, stdout } = await duba(['replicate', ...signed, url(place), url(replica)])
    expect(status).toBe(0)
    expect(stdout).toContain('not encrypted and so not signed')
    expect(fs.readdirSync(replica).sort()).toEqual(fs.readdirSync(repositories.signed).sort())
  }
})

test.each([
  ['plain', /./],
  ['plain', /vol1/],
  ['plain', /manifest/],
  ['plain', /sigtar/],
  ['foreign', /vol1/],
  ['foreign', /manifest/],
  ['foreign', /sigtar/],
] as const)('a replication does not sign what is %s: %s', async (from, part) => {
  const replica = fresh()
  const { status, stderr } = await duba(['replicate', ...signed, url(swapped(from, part)), url(replica)])
  expect({ status: status === 0, stderr: stderr === '' }).toEqual({ status: false, stderr: false })
  // Without the manifest, which comes last, nothing is a backup.
  const names = fs.existsSync(replica) ? fs.readdirSync(replica) : []
  expect(names.filter((name) => name.includes('manifest'))).toEqual([])
  if (part.test('sigtar')) expect(names).toEqual([])
})

/** Encrypts to the key, as anybody can. */
async function encrypt(path: string, plainBytes: Buffer): Promise<void> {
  const anybody = { encryption: 'keys', recipients: [goldenKeys.a], keyFiles: [goldenKeys.public] } as const
  await sealFile(path, cryptSettings(root, anybody), plainBytes)
}

test('a manifest that fits the signed volumes, and that somebody else encrypted, gets no signature', async () => {
  const place = copyOf('signed')
  const names = fs.readdirSync(place)
  const volume = names.find((name) => name.includes('vol1')) ?? ''
  const manifest = names.find((name) => name.includes('manifest')) ?? ''
  const sha1 = createHash('sha1')
    .update(fs.readFileSync(join(place, volume)))
    .digest('hex')
  await encrypt(join(place, manifest), Buffer.from(`Hostname h\nLocaldir /src\n${manifestVolume(1, sha1)}`))
  const replica = fresh()
  expect(await duba(['replicate', ...signed, url(place), url(replica)])).toMatchObject({ status: 22 })
  expect(fs.existsSync(replica) ? fs.readdirSync(replica) : []).toEqual([])
})

test('a replica that others have begun is made anew, though its content be right', async () => {
  const replica = fresh()
  fs.mkdirSync(replica)
  const reader = cryptSettings(root, { encryption: 'keys', keyFiles: [goldenKeys.secret] })
  for (const name of fs.readdirSync(repositories.signed).filter((each) => !each.includes('manifest')))
    await encrypt(join(replica, name), await openFile(join(repositories.signed, name), reader, 'gpg'))
  const target = fresh()
  expect(await duba(['replicate', ...signed, url(repositories.signed), url(replica)])).toMatchObject({
    status: 0,
  })
  expect(await duba(['restore', ...signed, url(replica), target])).toMatchObject({ status: 0 })
  expect(restored(target)).toBe('of day 0')
})
