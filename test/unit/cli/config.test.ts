import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url))

test.each(readdirSync(examples))('the example %s is valid wherever it is looked at', async (file) => {
  const { status, stdout, stderr } = await bench.runBare(['config', 'validate', join(examples, file)])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain(`${file}: valid, `)
})

const json = (text: string): unknown => JSON.parse(text)

test('validate says what it checked', async () => {
  bench.configure({
    backup_sources: [{ path: bench.source('a') }, { path: '/off', state: 'absent' }],
    env: {},
    sign_key: '01234567',
  })
  mkdirSync(bench.at('conf.d'))
  writeFileSync(bench.at('conf.d/1.json'), '{"backup_sources": [{"path": "/b"}]}')
  const plain = await bench.run(['config', 'validate'])
  expect([plain.status, plain.stdout]).toEqual([
    0,
    `${bench.config}, ${bench.at('conf.d/1.json')}: valid, 2 jobs, and 1 switched off\n`,
  ])
  expect(plain.stderr).toMatch(/^warning: .*:1: the configuration names the key 01234567 by 8 digits.*\n$/)
  const { status, stdout } = await bench.run(['config', 'validate', '--json'])
  expect(status).toBe(0)
  expect(json(stdout)).toMatchObject({ valid: true, jobs: 2, faults: [], warnings: [{ line: 1 }] })
})

test('validate tells faults of the text, of the meaning and of the jobs', async () => {
  bench.configure({ backup_sources: [{ path: '/a' }, { path: '/a/' }] })
  const twice = await bench.run(['config', 'validate'])
  expect(twice.status).toBe(2)
  expect(twice.stderr).toContain('have the same destination')
  bench.configure({ backup_sources: [{ path: '/a', volsze: 1 }], env: { PASSPHRASE: 12345 } })
  const { status, stdout, stderr } = await bench.run(['config', 'validate', '--json'])
  expect([status, stderr]).toEqual([2, ''])
  expect(json(stdout)).toMatchObject({
    valid: false,
    faults: [
      { path: 'backup_sources[0].volsze', message: 'is not a known key', remedy: 'Did you mean "volsize"?' },
      { path: 'env.PASSPHRASE', value: 'not shown' },
    ],
  })
  expect(stdout).not.toContain('12345')
})

test('validate tells faults of form, of meaning and of files at once', async () => {
  bench.configure({
    ...{ volsize: 'x', exclude_files: [bench.at('none'), 5], hooks: { before: [{}] } },
    backup_sources: [{ path: bench.source('a'), encryption: 'keys' }],
  })
  const { status, stderr } = await bench.run(['config', 'validate'])
  expect(status).toBe(2)
  expect(stderr).toContain('has 5 faults')
  expect(stderr).toContain('volsize ("x") must be a whole number')
  expect(stderr).toContain('exclude_files[1] (5) must be a text')
  expect(stderr).toContain('hooks.before[0] has neither "command" nor "shell"')
  expect(stderr).toContain('backup_sources[0].encryption is "keys", but no key is given')
  expect(stderr).toContain(`exclude_files[0] ("${bench.at('none')}") does not exist`)
})

test('validate of a candidate starts nothing, and its place does not matter', async () => {
  const config = {
    backup_dest: 'file:///d',
    encryption: 'symmetric',
    backup_sources: [],
    hooks: { before: [{ command: ['/bin/touch', bench.at('touched')] }] },
    env: { PASSPHRASE: { $command: ['/bin/touch', bench.at('touched')] } },
  }
  writeFileSync(bench.at('candidate'), JSON.stringify(config))
  chmodSync(bench.at('candidate'), 0o666)
  const { status, stdout, stderr } = await bench.run(['config', 'validate', 'candidate'])
  expect([status, stdout]).toEqual([0, `${bench.at('candidate')}: valid, 0 jobs\n`])
  expect(stderr).toContain('is writable by others')
  expect(existsSync(bench.at('touched'))).toBe(false)
  writeFileSync(bench.at('part'), '{"encryption": "none"}')
  writeFileSync(bench.config, JSON.stringify(config))
  const part = await bench.run(['config', 'validate', 'part', '--part'])
  expect(part.status).toBe(2)
  expect(part.stderr).toContain(`add "keys" to "conf_d_may" in ${bench.config}`)
})

test('a new version of a part is judged in place of the one that is there, also under a name for the time being', async () => {
  bench.configure({ backup_sources: [] })
  const source = bench.source('a')
  const part = (dest: string): string => JSON.stringify({ backup_sources: [{ path: source, dest }] })
  bench.source('conf.d')
  writeFileSync(bench.at('conf.d/a.json'), part('file:///old'))
  writeFileSync(bench.at('a.json'), part('file:///new'))
  writeFileSync(bench.at('tmp123'), part('file:///new'))
  expect(await bench.run(['config', 'validate', '--part', 'a.json'])).toMatchObject({
    status: 0,
    stdout: `${bench.config}, ${bench.at('a.json')}: valid, 1 jobs\n`,
  })
  expect((await bench.run(['config', 'validate', '--part', 'tmp123'])).status).toBe(2)
  expect((await bench.run(['config', 'validate', '--part', '--as', 'a.json', 'tmp123'])).status).toBe(0)
  for (const wrong of [
    ['--as', 'a.json'],
    ['--part', '--as', 'conf.d/a.json'],
  ])
    expect((await bench.run(['config', 'validate', 'tmp123', ...wrong])).stderr).toContain('--as')
})

test('files that the configuration names are checked, and a backup refuses those of others', async () => {
  const hook = bench.at('hook')
  writeFileSync(hook, '#!/bin/sh\n', { mode: 0o700 })
  writeFileSync(bench.at('patterns'), '# all\n\n**.o\n[z-a]\n', { mode: 0o600 })
  const standard = { backup_sources: [{ path: bench.source('a') }], hooks: { before: [{ command: [hook] }] } }
  bench.configure({ ...standard, exclude_files: [bench.at('none'), bench.at('patterns')] })
  const told = await bench.run(['config', 'validate'])
  expect(told.status).toBe(2)
  expect(told.stderr).toContain(`exclude_files[0] ("${bench.at('none')}") does not exist`)
  expect(told.stderr).toContain(`${bench.at('patterns')}:4: line ("[z-a]") is no usable pattern`)
  bench.configure(standard)
  chmodSync(hook, 0o702)
  const run = await bench.run([])
  expect([run.status, existsSync(bench.dump)]).toEqual([2, false])
  expect(run.stderr).toContain(`hooks.before[0].command[0] ("${hook}") is writable by others`)
})

test('validate tells faults of files and of jobs at once, with the name of this host in URLs', async () => {
  const hook = bench.at('hook')
  writeFileSync(hook, '', { mode: 0o700 })
  chmodSync(hook, 0o702)
  const sources = ['a', 'b'].map((name) => ({ path: bench.source(name), dest: `file:///x/{host}` }))
  bench.configure({
    backup_sources: [...sources, { path: bench.source('c'), dest: 'file:///x/host-1' }],
    hooks: { before: [{ command: [hook] }] },
  })
  const { status, stderr } = await bench.run(['config', 'validate'])
  expect(status).toBe(2)
  expect(stderr).toContain('has 3 faults')
  expect(stderr).toContain('is writable by others')
  expect(stderr.match(/same destination, file:\/\/\/x\/host-1/g)).toHaveLength(2)
})

test('a password with a slash that is not encoded is a fault, and is shown nowhere', async () => {
  bench.configure({ backup_sources: [{ path: '/a', dest: 'sftp://me:canary/canary@host/x' }] })
  const { status, stdout, stderr } = await bench.run(['config', 'show'])
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('backup_sources[0].dest seems to hold a password with a "/" in it')
  expect(stderr).not.toContain('canary')
})

test('show gives what counts, without secrets, and where it comes from', async () => {
  bench.configure({
    backup_sources: [{ path: '/a', dest: 'sftp://me:canary1@host/x' }],
    env: { FTP_PASSWORD: 'canary2', USER_NAME: 'me', TOKEN: { $command: ['/bin/t', 'canary3'] } },
    volsize: 7,
  })
  mkdirSync(bench.at('conf.d'))
  writeFileSync(bench.at('conf.d/1.json'), '{\n"volsize": 8 }')
  const plain = await bench.run(['config', 'show'])
  expect(json(plain.stdout)).toMatchObject({
    volsize: 8,
    nice: 19,
    backup_sources: [{ dest: 'sftp://me:***@host/x' }],
    env: { FTP_PASSWORD: '***', USER_NAME: 'me', TOKEN: { $command: ['/bin/t', '***'] } },
  })
  const origin = await bench.run(['config', 'show', '--origin'])
  expect(origin.stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'default: nice = 19',
      `${bench.at('conf.d/1.json')}:2: volsize = 8`,
      `${bench.config}:1: env.USER_NAME = "me"`,
      `${bench.config}:1: backup_sources[0].path = "/a"`,
    ]),
  )
  const both = await bench.run(['config', 'show', '--origin', '--json'])
  expect(json(both.stdout)).toMatchObject({ files: [bench.config, bench.at('conf.d/1.json')] })
  expect(plain.stdout + origin.stdout + both.stdout).not.toContain('canary')
})

test('schema prints the schema, and other words are refused', async () => {
  expect(json((await bench.run(['config', 'schema'])).stdout)).toMatchObject({ title: 'DubaConfig' })
  expect((await bench.run(['config', 'show', 'file'])).status).toBe(2)
  expect((await bench.run(['config', 'shw'])).status).toBe(2)
  expect((await bench.run(['config', 'validate', '--part'])).status).toBe(2)
})
