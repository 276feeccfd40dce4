import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readdirSync, writeFileSync } from 'node:fs'
import { Bench, type Ran } from '../../support/cli.ts'

/** Strings that must be found in the environment of the engine, and nowhere else. */
const canaries = {
  PASSPHRASE: 'canary one / with "quotes" & more',
  SIGN_PASSPHRASE: 'canary-two',
  SWIFT_PASSWORD: 'canary3\nsecond line of canary3',
  AWS_SECRET_ACCESS_KEY: 'cAnArY+four/==',
}
const own = 'canary-of-the-source'
const inUrl = 'canary%2Furl'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

const secret = /canary/i

/** An engine that says every secret on every channel. */
function configureTattler(exit: unknown): void {
  const all = [
    ...Object.values(canaries),
    own,
    'canary/url',
    inUrl,
    Buffer.from(canaries.SIGN_PASSPHRASE).toString('base64'),
  ]
  const said = all.join(' and ')
  const events = [
    { type: 'note', level: 'warning', text: said },
    { type: 'trouble', trouble: 'unreadable', path: said, fullPath: said, detail: said },
    { type: 'forcing-full', reason: 'recipients-changed', detail: encodeURIComponent(canaries.PASSPHRASE) },
    { type: 'restore-trouble', path: said, detail: said },
  ]
  bench.configure({
    backup_sources: [
      { path: bench.source('a'), dest: `sftp://user:${inUrl}@host/path`, env: { BACKUP_TOKEN: own } },
    ],
    encryption: 'symmetric',
    env: { ...bench.play({ events, stdout: said.split('\n'), stderr: said.split('\n'), exit }), ...canaries },
    loglevel: 'debug',
  })
}

const failing = {
  type: 'exit',
  status: 31,
  error: { code: 'GPG_FAILED', message: `bad: ${canaries.PASSPHRASE}`, hint: own },
}

const base64 = Buffer.from(canaries.SIGN_PASSPHRASE).toString('base64').replace(/=+$/, '')

function expectClean(text: string): void {
  expect(text.replaceAll(/duba-cli-\w+/g, '')).not.toMatch(secret)
  expect(text).not.toContain(base64)
}

function expectCleanRun(ran: Ran): void {
  expectClean(ran.stdout)
  expectClean(ran.stderr)
  for (const name of readdirSync(bench.at('log'))) expectClean(bench.read(`log/${name}`))
  for (const { argv, commandLine } of bench.dumped()) expectClean(JSON.stringify([argv, commandLine]))
}

test.each([{ exit: undefined }, { exit: failing }])(
  'no secret reaches argv, log, error, table or JSON (%#)',
  async ({ exit }) => {
    configureTattler(exit)
    for (const argv of [
      [],
      ['--json'],
      ['status'],
      ['status', '--json'],
      ['ls', bench.at('a')],
      ['restore', bench.at('a'), '--to', 'out'],
    ]) {
      const ran = await bench.run(argv)
      expectCleanRun(ran)
      expect(ran.stdout + ran.stderr).not.toBe('')
    }
    expectClean(bench.read('state/status.json'))
    const env = bench.dumped()[0]?.env
    expect(env).toMatchObject({ ...canaries, BACKUP_TOKEN: own, FTP_PASSWORD: 'canary/url' })
  },
)

test('a login in the URL keeps the cache directory of the whole URL', async () => {
  configureTattler(undefined)
  await bench.run([])
  const argv = bench.dumped()[0]?.argv ?? []
  expect(argv).toContain('sftp://user@host/path')
  expect(argv[argv.indexOf('--name') + 1]).toMatch(/^[0-9a-f]{32}$/)
})

test('our own environment is handed on only in part', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  const ours = {
    PATH: process.env['PATH'],
    HOME: '/root',
    LC_ALL: 'C',
    GNUPGHOME: '/g',
    AWS_TOKEN: own,
    PASSPHRASE: own,
  }
  await bench.run([], { env: ours })
  const backup = bench.dumped()[0]?.env ?? {}
  expect(backup).toMatchObject({ HOME: '/root', LC_ALL: 'C', GNUPGHOME: '/g' })
  expect(JSON.stringify(backup)).not.toContain(own)
  await bench.run(['restore', bench.at('a'), '--to', 'out'], { env: ours })
  const restore = bench.dumped()[1]?.env ?? {}
  expect(restore).toMatchObject({ PASSPHRASE: own })
  expect(restore).not.toHaveProperty('AWS_TOKEN')
})

test.each([
  '{"env": {"PASSPHRASE": "canary" "x": 1}}',
  '{"backup_sources": [], "env": {"SWIFT_PASSWORD": ["canary"]}}',
  '{"backup_sources": [], "env": {"SWIFT_PASSWORD": 17, "A B": "canary"}}',
  '{"backup_sources": [], "passphrase": "canary", "encryption": "none"}',
  '{"backup_sources": [{"path": "/a", "dest": "canary://u:canary@h", "evn": "canary"}]}',
  '{"backup_sources": "canary", "backup_dest": "x:u:canary@h"',
  '{"backup_sources": [], "backup_dest": "sftp:/u:can@ary/canary@host"}',
])('errors of the configuration show no secret: %s', async (text) => {
  writeFileSync(bench.config, text)
  const { status, stdout, stderr } = await bench.run([])
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr.replaceAll(/duba-cli-\w+/g, '')).not.toMatch(secret)
})

test('references are followed by a backup and a restore, and by nothing that only looks', async () => {
  const marker = bench.at('asked')
  writeFileSync(bench.at('password'), 'canary-file\n', { mode: 0o600 })
  const said = ['canary-file', 'canary-command']
  bench.configure({
    backup_sources: [
      { path: bench.source('a'), env: { X: { $file: bench.at('none') } } },
      { path: bench.source('b') },
    ],
    encryption: 'symmetric',
    env: {
      ...bench.play({ stdout: said, stderr: said }),
      PASSPHRASE: { $command: ['/bin/sh', '-c', `echo x >> ${marker}; echo canary-command`] },
      TOKEN: { $file: bench.at('password') },
    },
    loglevel: 'debug',
  })
  const looks = await bench.run(['config', 'validate'])
  await bench.run(['status'])
  expect((await bench.run(['config', 'show'])).stdout).not.toContain('echo')
  expect(readdirSync(bench.dir)).not.toContain('asked')
  const run = await bench.run([])
  expect(run.status).toBe(1)
  expect(run.stderr).toContain(
    `a: failed: A secret cannot be had: the file ${bench.at('none')} does not exist.`,
  )
  const secrets = { PASSPHRASE: 'canary-command', TOKEN: 'canary-file' }
  expect(bench.dumped().at(-1)?.env).toMatchObject(secrets)
  expect((await bench.run(['restore', bench.at('b'), '--to', 'out'])).status).toBe(0)
  expect(bench.dumped().at(-1)?.env).toMatchObject(secrets)
  expect(JSON.stringify(bench.dumped().map(({ argv }) => argv))).not.toMatch(/canary-/)
  for (const { stdout, stderr } of [looks, run]) expect(stdout + stderr).not.toMatch(/canary-[cf]/)
  for (const name of readdirSync(bench.at('log')))
    expect(bench.read(`log/${name}`)).not.toMatch(/canary-[cf]/)
})

test('duba env follows references, warns of what everybody can read, and shows no control character', async () => {
  const file = bench.at('token')
  writeFileSync(file, 'of the\u001b file\n', { mode: 0o644 })
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: { TOKEN: { $file: file } } }] })
  const uid = process.getuid?.() ?? 0
  const { status, stdout, stderr } = await bench.run(['env', bench.source('a'), '--show-secrets'], { uid })
  expect(status).toBe(0)
  expect(stderr).toContain('everybody on this machine can read it')
  expect(stdout).toContain(`export TOKEN='of the'"$(printf '\\033')"' file'`)
})

test('references are followed by exec', async () => {
  writeFileSync(bench.at('password'), 'canary-file\n', { mode: 0o600 })
  bench.configure({
    backup_sources: [{ path: bench.source('a') }],
    encryption: 'symmetric',
    // It has no descriptor for events.
    env: {
      ...bench.play({ events: [], exit: null, status: 0 }),
      PASSPHRASE: { $file: bench.at('password') },
    },
  })
  const { status } = await bench.run(['exec', bench.at('a'), '--', 'collection-status'])
  expect(status).toBe(0)
  expect(bench.dumped()).toMatchObject([{ env: { PASSPHRASE: 'canary-file' } }])
})
