/** Keys of a real GnuPG that must not be used: each is refused before anything is written anywhere. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { duplicity08 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { fingerprints, gpg, keyFile, useGpgHome } from '../support/gpg-home.ts'
import { baseEnvironment, run, runWell } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const work = useTempDir('keys')
const home = useGpgHome(duplicity08, ['host', 'sign'])
const none = Buffer.alloc(0)
const past = ['--faked-system-time', '20200101T000000!']
const batch = ['--pinentry-mode', 'loopback', '--passphrase', '']
const env = { PASSPHRASE: '', SIGN_PASSPHRASE: '' }

const made = new Map<string, string>()

/** Makes a key, with an encryption subkey unless `subkey` is undefined; remembers its fingerprint. */
function make(name: string, when: readonly string[], primary: string, subkey: string | undefined): void {
  gpg(duplicity08, home, [...when, ...batch, '--quick-gen-key', name, 'ed25519', 'cert,sign', primary], none)
  const listing = gpg(duplicity08, home, ['--with-colons', '--list-keys', name], none).toString()
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? ''
  made.set(name, fingerprint)
  if (subkey === undefined) return
  gpg(duplicity08, home, [...when, ...batch, '--quick-add-key', fingerprint, 'cv25519', 'encr', subkey], none)
}

beforeAll(() => {
  make('expired-primary', past, '1y', '1y')
  make('expired-subkey', past, '0', '1y')
  make('revoked-key', [], '0', '0')
  make('sign-only', [], '0', undefined)
  make('twin one', [], '0', '0')
  make('twin two', [], '0', '0')
  const certificate = join(home, 'openpgp-revocs.d', `${made.get('revoked-key') ?? ''}.rev`)
  const armor = readFileSync(certificate, 'utf8').replace(':-----BEGIN', '-----BEGIN')
  gpg(duplicity08, home, ['--import'], Buffer.from(armor))
  for (const [name, fingerprint] of made) {
    const secret = gpg(duplicity08, home, [...batch, '--export-secret-keys', fingerprint], none)
    writeFileSync(join(work, `${name}.gpg`), secret)
  }
  mkdirSync(join(work, 'source'))
  writeFileSync(join(work, 'source', 'file'), 'content')
})

const { host, sign } = fingerprints
const usable = ['--encrypt-key', host]
/** Options of one case; `KEY` stands for the fingerprint of the key that was made. */
const cases: [string, string, string[], RegExp][] = [
  ['an expired recipient', 'expired-primary', ['--encrypt-key', 'KEY'], /expired on 2020-12-31/],
  ['a recipient whose subkey expired', 'expired-subkey', ['--encrypt-key', 'KEY'], /expired|cannot encrypt/],
  ['a revoked recipient', 'revoked-key', ['--encrypt-key', 'KEY'], /is revoked/],
  ['a recipient that can only sign', 'sign-only', ['--encrypt-key', 'KEY'], /cannot encrypt/],
  ['a name that fits two keys', 'twin one', ['--encrypt-key', 'twin'], /ambiguous/],
  ['a second recipient that expired', 'expired-primary', [...usable, '--encrypt-key', 'KEY'], /expired/],
  [
    'a hidden recipient that expired',
    'expired-primary',
    [...usable, '--hidden-encrypt-key', 'KEY'],
    /expired/,
  ],
  ['an expired signing key', 'expired-primary', [...usable, '--sign-key', 'KEY'], /expired|cannot sign/],
  ['a revoked signing key', 'revoked-key', [...usable, '--sign-key', 'KEY'], /revoked|cannot sign/],
]

/** Nothing of a session: no file beside the lock. */
function written(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /duplicity-|duba/.test(name),
  )
}

describe.each(['keyring', 'key file'] as const)('keys from a %s', (from) => {
  test.each(cases)('%s is refused and nothing is written', async (label, key, words, message) => {
    const place = join(work, `${from} ${label}`.replaceAll(' ', '-'))
    mkdirSync(join(place, 'repo'), { recursive: true })
    const fingerprint = made.get(key) ?? ''
    const options = words.map((word) => (word === 'KEY' ? fingerprint : word))
    const files = from === 'keyring' ? [] : [join(work, `${key}.gpg`), join(work, 'twin two.gpg')]
    const empty = join(work, 'empty-home')
    mkdirSync(empty, { recursive: true, mode: 0o700 })
    if (from === 'key file') files.push(keyFile('host', 'public'))
    const outcome = await run(
      engine,
      [
        ...['full', ...options, ...files.flatMap((path) => ['--key-file', path])],
        ...['--archive-dir', 'archive', join(work, 'source'), 'file://repo'],
      ],
      {
        cwd: place,
        env: { ...baseEnvironment(place), ...env, GNUPGHOME: from === 'keyring' ? home : empty },
      },
    )
    expect(outcome.stdout + outcome.stderr).toMatch(message)
    expect(outcome.status).toBe(31)
    expect([...written(join(place, 'repo')), ...written(join(place, 'archive'))]).toEqual([])
  })
})

test('a key that expires between two backups stops the incremental before the cache is filled', async () => {
  const place = join(work, 'later')
  mkdirSync(join(place, 'repo'), { recursive: true })
  const surroundings = { cwd: place, env: { ...baseEnvironment(place), ...env, GNUPGHOME: home } }
  const common = ['--archive-dir', 'archive', join(work, 'source'), 'file://repo']
  await runWell(engine, ['full', ...usable, '--sign-key', sign, ...common], surroundings)
  const before = written(join(place, 'repo'))
  const cold = common.map((word) => (word === 'archive' ? 'cold' : word))
  const expired = ['--encrypt-key', made.get('expired-primary') ?? '']
  expect((await run(engine, ['incremental', ...expired, ...cold], surroundings)).status).toBe(31)
  expect([written(join(place, 'repo')), written(join(place, 'cold'))]).toEqual([before, []])
})
