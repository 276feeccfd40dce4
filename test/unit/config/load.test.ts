import { chmodSync, mkdirSync, mkdtempSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { showFault } from '../../../src/config/fault.ts'
import { examineCandidate, examineConfig, loadConfig } from '../../../src/config/load.ts'
import { useTempDir } from '../../support/temp.ts'

const uid = process.getuid?.() ?? 0
const minimal = { backup_dest: 'file:///d', encryption: 'none', backup_sources: [] }

const all = useTempDir('config')
const temp = { path: '' }
beforeEach(() => {
  temp.path = mkdtempSync(join(all, 'x'))
  mkdirSync(join(temp.path, 'conf.d'))
})

function write(name: string, value: unknown, mode = 0o600): string {
  const path = join(temp.path, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  chmodSync(path, mode)
  return path
}

test('files of conf.d count in the order of their names', async () => {
  const file = write('duba.json', { ...minimal, volsize: 1 })
  write('conf.d/b.json', { volsize: 3, backup_sources: [{ path: '/b' }] })
  write('conf.d/a.json', { volsize: 2 })
  write('conf.d/.hidden.json', 'no JSON')
  write('conf.d/c.json.rpmsave', 'no JSON')
  const { config, files, locate } = await loadConfig(file, { uid })
  expect(config).toMatchObject({ volsize: 3, backup_sources: [{ path: '/b' }] })
  expect(files.map((name) => name.slice(temp.path.length))).toEqual([
    '/duba.json',
    '/conf.d/a.json',
    '/conf.d/b.json',
  ])
  expect(locate(['volsize']).file).toBe(join(temp.path, 'conf.d/b.json'))
})

test('tells the faults of all files at once, in their order', async () => {
  const file = write('duba.json', '{\n"backup_sorces": [],\n"backup_sources": [] }', 0o620)
  write('conf.d/a.json', '{"volsize": "2",}')
  write('conf.d/b.json', { volsize: 'x', env: { PASSPHRASE: ['canary'] } })
  const error: unknown = await loadConfig(file, { uid }).catch((reason: unknown) => reason)
  expect(String(error).replaceAll(temp.path, '')).toBe(
    [
      'UserError: The configuration /duba.json has 5 faults:',
      '  /duba.json:1: the configuration is writable by its group. Run: chmod go-w /duba.json',
      '  /duba.json:2: backup_sorces is not a known key. Did you mean "backup_sources"?',
      '  /conf.d/a.json:1: the configuration is not valid JSON at column 17: a name in double quotes is missing, perhaps behind a comma too many. Correct this line.',
      '  /conf.d/b.json:1: volsize ("x") must be a whole number. Write it without the double quotes.',
      '  /conf.d/b.json:1: env.PASSPHRASE (not shown) must be a text in double quotes or an object in braces { }. Replace the value.',
    ].join('\n'),
  )
})

test('a file of conf.d that cannot be read hides no fault of the others', async () => {
  const file = write('duba.json', { ...minimal, volsize: 'x' })
  symlinkSync('nothing', join(temp.path, 'conf.d/a.json'))
  writeFileSync(join(temp.path, 'conf.d/b.json'), Buffer.from([0xff]))
  const error: unknown = await loadConfig(file, { uid }).catch((reason: unknown) => reason)
  expect(String(error).replaceAll(temp.path, '').split('\n')).toEqual([
    expect.stringContaining('/duba.json has 3 faults'),
    expect.stringContaining('/duba.json:1: volsize ("x") must be a whole number'),
    expect.stringContaining('/conf.d/a.json:1: the configuration cannot be read: it does not exist'),
    expect.stringContaining('/conf.d/b.json:1: the configuration cannot be read: it is not UTF-8 text'),
  ])
})

test('faults of form hide none of meaning, and make up none', async () => {
  const file = write('duba.json', {
    ...{ backup_dest: 5, volsize: 'x', env: { PASSPHRASE: 12345 }, window: {}, excludes: '/x' },
    backup_sources: [
      { path: '/a/../b', dests: { name: 'x' } },
      7,
      { dest: 'file:///x', encryption: 'keys' },
      { path: 5, hooks: { before: [{ optional: 'yes' }] } },
    ],
  })
  const { faults, loaded } = await examineConfig(file, { uid })
  const told = faults.map(({ path, message }) => `${path.join('.')} ${message}`)
  expect(told.slice(-3)).toEqual([
    'backup_sources.2.encryption is "keys", but no key is given',
    'backup_sources.0.path holds ".."',
    'backup_sources.3.hooks.before.0 has neither "command" nor "shell"',
  ])
  expect(told.filter((text) => / (?:must be|is missing|is not a known)/.test(text))).toHaveLength(
    told.length - 3,
  )
  expect(loaded?.config.backup_sources).toHaveLength(4)
})

test('a directory of parts that cannot be read hides no fault of the main file', async () => {
  const file = write('duba.json', { ...minimal, volsize: 'x' })
  rmdirSync(join(temp.path, 'conf.d'))
  symlinkSync('conf.d', join(temp.path, 'conf.d'))
  const { faults } = await examineConfig(file, { uid })
  expect(faults.map(showFault).join('\n').replaceAll(temp.path, '')).toMatch(
    /^\/conf\.d:1: the configuration cannot be read: ELOOP.*\n\/duba\.json:1: volsize/,
  )
})

test('what a file that cannot be read may hold is not said to be missing', async () => {
  const file = write('duba.json', { backup_sources: [{ path: '/a' }, { path: '/b/..' }] })
  write('conf.d/a.json', '{')
  write('conf.d/b.json', { version: 2 })
  const { faults } = await examineConfig(file, { uid })
  expect(faults.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
    expect.stringContaining('is not valid JSON'),
    'version can be set only in the main file',
    'backup_sources.1.path holds ".."',
  ])
})

test('a fault of the whole names the file that it comes from', async () => {
  const file = write('duba.json', { ...minimal, backup_dest: undefined })
  write('conf.d/a.json', { backup_sources: [{ path: '/a', dest: 'file:///a' }] })
  write('conf.d/b.json', { backup_sources: [{ path: '/b' }] })
  await expect(loadConfig(file, { uid })).rejects.toThrow(
    /conf\.d\/b\.json:1: backup_sources\[0\] has no destination/,
  )
})

test('warns of secrets that others can read and of short key ids', async () => {
  const file = write('duba.json', { ...minimal, sign_key: '0x01234567', env: { MY_TOKEN: 'x' } }, 0o644)
  write('conf.d/a.json', { env: { USER_NAME: 'x' } }, 0o644)
  const { warnings } = await loadConfig(file, { uid })
  expect(warnings.map((warning) => showFault(warning).replaceAll(temp.path, ''))).toEqual([
    '/duba.json:1: the configuration holds secrets, and everybody on this machine can read them. Run: chmod o-rwx /duba.json',
    '/duba.json:1: the configuration names the key 0x01234567 by 8 digits, and keys with the same 8 digits can be forged. Write the 40 digits of its fingerprint.',
  ])
})

test('a candidate is judged without its owner, alone or as a part', async () => {
  const file = write('duba.json', minimal)
  const part = write('part', { volsize: 2 }, 0o666)
  const { faults, loaded } = await examineCandidate(part, { uid, place: { of: file, name: 'part' } })
  expect([faults, loaded?.config.volsize]).toEqual([[], 2])
  expect(loaded?.warnings.map(({ message }) => message)).toEqual(['is writable by others'])
  const alone = await examineCandidate(part, { uid, place: undefined })
  expect(alone.faults.map(showFault).join()).toContain('backup_sources is missing')
})

test('a part that is new takes the place of the file of its name, or the one that its name gives it', async () => {
  const file = write('duba.json', minimal)
  const parts = ['10.json', '20.json', '30.json']
  for (const name of parts) write(`conf.d/${name}`, {})
  write('conf.d/20.json', { backup_sources: [{ path: '/a', dest: 'file:///b' }] })
  const part = write('new', { backup_sources: [{ path: '/a', dest: 'file:///c' }] })
  const judge = async (name: string): Promise<unknown> => {
    const { files, faults } = await examineCandidate(part, { uid, place: { of: file, name } })
    return [files.map((each) => basename(each)).join(' '), faults.length > 0]
  }
  expect(await judge('20.json')).toEqual(['duba.json 10.json new 30.json', false])
  expect(await judge('25.json')).toEqual(['duba.json 10.json 20.json new 30.json', true])
  expect(await judge('40.json')).toEqual(['duba.json 10.json 20.json 30.json new', true])
})

test.each([
  ['none.json', undefined, 'it does not exist'],
  ['bytes.json', Buffer.from([0xff]), 'it is not UTF-8 text'],
])('%s cannot be read', async (name, content, why) => {
  const file = join(temp.path, name)
  if (content !== undefined) writeFileSync(file, content)
  await expect(loadConfig(file, { uid })).rejects.toThrow(`The configuration ${file} cannot be read: ${why}`)
})
