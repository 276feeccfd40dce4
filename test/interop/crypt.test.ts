/** Files sealed here are opened by gpg, and the other way round, whoever holds the keys. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createCrypt } from '../../src/crypt/create.ts'
import type { CryptSettings } from '../../src/crypt/crypt.ts'
import { codeOf, cryptFixture, cryptSettings, noise, openFile, prose, sealFile } from '../support/crypt.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { fingerprints, gpg, keyFile, useGpgHome } from '../support/gpg-home.ts'
import { baseEnvironment } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

const dir = useTempDir('crypt')
const path = join(dir, 'file.gpg')
const opened = join(dir, 'file')
const everything = useGpgHome(duplicity08, ['host', 'master', 'sign'])
const hostOnly = useGpgHome(duplicity08, ['host'])
const masterOnly = useGpgHome(duplicity08, ['master'])
const nothing = useGpgHome(duplicity08, [])

function settings(home: string, changes: Partial<CryptSettings>): CryptSettings {
  const env = { ...baseEnvironment(home), GNUPGHOME: home }
  return cryptSettings(dir, { gpgBinary: 'gpg', env, passphrase: '', ...changes })
}

const { host, master, sign } = fingerprints
const passphrase = 'päss phrase'
const loopback = ['--pinentry-mode', 'loopback', '--passphrase', passphrase]
const samples = [0, 1, 511, 512, 100_000]
  .map((bytes) => prose(bytes))
  .concat(noise(3_000_000), prose(3_000_000))

interface Case {
  readonly seal: Partial<CryptSettings>
  /** Homes whose gpg must open what was sealed, each alone. */
  readonly homes: readonly string[]
  /** What gpg is told to write the same. */
  readonly gpgArgs: readonly string[]
}

const keys = { encryption: 'keys' } as const
const signFile = keyFile('sign', 'secret')
const cases: Record<string, Case> = {
  'a passphrase': {
    seal: { encryption: 'symmetric', passphrase },
    homes: [nothing],
    gpgArgs: [...loopback, '--symmetric'],
  },
  'one key': { seal: { ...keys, recipients: [host] }, homes: [hostOnly], gpgArgs: ['-e', '-r', host] },
  'two keys': {
    seal: { ...keys, recipients: [host, master.slice(-16)] },
    homes: [hostOnly, masterOnly],
    gpgArgs: ['-e', '-r', host, '-r', master],
  },
  'a hidden key': {
    seal: { ...keys, recipients: [host], hiddenRecipients: [master] },
    homes: [hostOnly, masterOnly],
    gpgArgs: ['-e', '-r', host, '-R', master],
  },
  'a key, signed by the keyring': {
    seal: { ...keys, recipients: [host], signKey: sign },
    homes: [hostOnly],
    gpgArgs: ['-se', '-r', host, '-u', sign],
  },
  'a key, signed by a key file': {
    seal: { ...keys, recipients: [host], signKey: sign, keyFiles: [signFile] },
    homes: [hostOnly],
    gpgArgs: ['-se', '-r', host, '-u', sign],
  },
  'a passphrase, signed by a key file': {
    seal: { encryption: 'symmetric', passphrase, signKey: sign, keyFiles: [signFile] },
    homes: [nothing],
    gpgArgs: [...loopback, '-s', '-u', sign, '--symmetric'],
  },
  'a key, by gpg itself': {
    seal: { ...keys, recipients: [host], hiddenRecipients: [master], signKey: sign, implementation: 'gpg' },
    homes: [hostOnly, masterOnly],
    gpgArgs: ['-se', '-r', host, '-u', sign],
  },
  'a key file, by gpg itself': {
    seal: { ...keys, recipients: ['host@'], keyFiles: [keyFile('host', 'public')], implementation: 'gpg' },
    homes: [hostOnly],
    gpgArgs: ['-e', '-r', host],
  },
  'a passphrase, by gpg itself': {
    seal: { encryption: 'symmetric', passphrase, implementation: 'gpg' },
    homes: [nothing],
    gpgArgs: [...loopback, '--symmetric', '--cipher-algo', 'CAMELLIA256'],
  },
}

describe.each(Object.entries(cases))('to %s', (_, { seal, homes, gpgArgs }) => {
  test('gpg opens what we sealed', async () => {
    for (const data of samples) {
      await sealFile(path, settings(everything, seal), data, { settleEvery: 5 })
      for (const home of homes) {
        const args = seal.encryption === 'symmetric' ? loopback : []
        gpg(duplicity08, home, [...args, '--yes', '--output', opened, '--decrypt', path], Buffer.alloc(0))
        expect(readFileSync(opened).equals(data)).toBe(true)
      }
    }
  })

  test('we open what gpg sealed', async () => {
    const options = { checkSigner: seal.signKey !== undefined }
    for (const data of samples) {
      gpg(duplicity08, everything, ['--yes', '--output', path, ...gpgArgs], data)
      expect((await openFile(path, settings(everything, seal), 'gpg', options)).equals(data)).toBe(true)
    }
  })

  test('we open what we sealed', async () => {
    const options = { checkSigner: seal.signKey !== undefined }
    for (const data of samples.slice(-3)) {
      await sealFile(path, settings(everything, seal), data)
      for (const implementation of ['auto', 'gpg'] as const) {
        const reader = settings(everything, { ...seal, implementation })
        expect((await openFile(path, reader, 'gpg', options)).equals(data)).toBe(true)
      }
    }
  })
})

test('the packets are those that gpg itself writes', async () => {
  await sealFile(path, settings(everything, { ...keys, recipients: [master] }), prose(100_000))
  const list = gpg(duplicity08, everything, ['--list-packets', path], Buffer.alloc(0)).toString()
  expect(list).toMatch(/:pubkey enc packet: version 3, algo 1, keyid/)
  expect(list).toMatch(/:encrypted data packet:[\s\S]*mdc_method: 2/)
  expect(list).toMatch(/:compressed packet: algo=1/)
  expect(list).toMatch(/:literal data packet:\s+mode b \(62\), created 0, name=""/)
})

test('without the secret key the file stays closed, and gpg says why', async () => {
  await sealFile(path, settings(everything, { ...keys, recipients: [master] }), prose(100))
  for (const implementation of ['auto', 'gpg'] as const) {
    const reader = settings(hostOnly, { ...keys, implementation })
    await expect(openFile(path, reader, 'gpg')).rejects.toThrow('===== Begin GnuPG log =====')
    const hint = expect.stringMatching(/gpg --export-secret-keys --armor [0-9A-F]{16} > secret\.asc/)
    await expect(openFile(path, reader, 'gpg')).rejects.toMatchObject({ code: 'KEY_MISSING', hint })
  }
})

test('another signer, or none, is refused by either implementation', async () => {
  const plain: Partial<CryptSettings> = { ...keys, recipients: [host] }
  for (const implementation of ['auto', 'gpg'] as const) {
    const reader = settings(everything, { ...plain, signKey: master, implementation })
    await sealFile(path, settings(everything, { ...plain, signKey: sign }), prose(100))
    await expect(openFile(path, reader, 'gpg', { checkSigner: true })).rejects.toThrow(
      new RegExp(`Volume was signed by key ${sign}.*, not ${master}`),
    )
    await sealFile(path, settings(everything, plain), prose(100))
    expect(await codeOf(openFile(path, reader, 'gpg', { checkSigner: true }))).toBe('WRONG_SIGNER')
  }
})

test("bzip2, Camellia and GnuPG's OCB are opened", async () => {
  const golden = { keyFiles: ['test/golden/keys/secret.gpg'], passphrase: 'golden' }
  const reader = settings(nothing, { ...keys, ...golden })
  expect((await openFile(cryptFixture('bzip2.gpg'), reader, 'gpg')).length).toBe(23893)
  expect((await openFile(cryptFixture('camellia.gpg'), reader, 'gpg')).length).toBe(3062)
  expect((await openFile(cryptFixture('ocb-key.gpg'), reader, 'gpg')).length).toBe(23893)
})

test('gpg altering nothing: --ignore-mdc-error does not open an altered file', async () => {
  const stored = await sealFile(path, settings(everything, { ...keys, recipients: [host] }), noise(5000))
  stored.writeUInt8(stored.readUInt8(stored.length - 300) ^ 1, stored.length - 300)
  writeFileSync(path, stored)
  for (const implementation of ['auto', 'gpg'] as const) {
    const reader = settings(everything, { ...keys, implementation, gpgOptions: ['--ignore-mdc-error'] })
    expect(await codeOf(openFile(path, reader, 'gpg'))).toBe('INTEGRITY')
  }
})

describe('keys of the keyring', () => {
  const refusal = async (home: string, changes: Partial<CryptSettings>) => {
    const crypt = createCrypt(settings(home, { ...keys, ...changes }))
    try {
      await crypt.prepareWriting()
      return 'none'
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      return `${code ?? '?'}: ${message}`
    } finally {
      await crypt.close()
    }
  }
  const strange = useGpgHome(duplicity08, [])
  const change = (...args: string[]) => gpg(duplicity08, strange, args, Buffer.alloc(0))
  const trust = (key: string, level: number) =>
    gpg(duplicity08, strange, ['--import-ownertrust'], Buffer.from(`${key}:${level}:\n`))

  test('one that is not valid there must be named by its whole fingerprint', async () => {
    trust(master, 2)
    expect(await refusal(strange, { recipients: [master.slice(-16)] })).toMatch(
      /^KEY_UNUSABLE: .*does not call it valid/,
    )
    expect(await refusal(strange, { recipients: ['master@example.invalid'] })).toMatch(/^KEY_UNUSABLE/)
    expect(await refusal(strange, { recipients: [master] })).toBe('none')
    const trusting = { recipients: [master.slice(-16)], gpgOptions: ['--trust-model=always'] }
    expect(await refusal(strange, trusting)).toBe('none')
    trust(master, 6)
    expect(await refusal(strange, { recipients: [master.slice(-16)] })).toBe('none')
  })

  test('unknown, or unable to encrypt', async () => {
    expect(await refusal(strange, { recipients: ['nobody@example.invalid'] })).toMatch(
      /^KEY_UNUSABLE: .*was not found/,
    )
    expect(await refusal(strange, { recipients: [sign] })).toMatch(/^KEY_UNUSABLE: .*cannot encrypt/)
  })

  test('expired, disabled or revoked', async () => {
    const edit = ['--command-fd', '0', '--edit-key', master]
    gpg(duplicity08, strange, edit, Buffer.from('disable\nsave\n'))
    expect(await refusal(strange, { recipients: [master] })).toMatch(/^KEY_UNUSABLE: .*is disabled/)
    gpg(duplicity08, strange, edit, Buffer.from('enable\nsave\n'))
    change(
      '--passphrase',
      '',
      '--quick-generate-key',
      'Old <old@example.invalid>',
      'rsa1024',
      'default',
      '2035-01-01',
    )
    const fingerprint =
      /fpr:+([0-9A-F]{40}):/.exec(change('--with-colons', '-k', 'old@').toString())?.[1] ?? ''
    const future = { recipients: [fingerprint], gpgOptions: ['--faked-system-time=20360101T000000!'] }
    expect(await refusal(strange, future)).toMatch(/^KEY_UNUSABLE: .*expired on 2035-01-01/)
    const revocation = readFileSync(join(strange, 'openpgp-revocs.d', `${fingerprint}.rev`), 'utf8')
    gpg(duplicity08, strange, ['--import'], Buffer.from(revocation.replace(':-----BEGIN', '-----BEGIN')))
    expect(await refusal(strange, { recipients: [fingerprint] })).toMatch(/^KEY_UNUSABLE: .*is revoked/)
  })

  test('a signing key without its secret', async () => {
    const told = await refusal(nothing, { recipients: [host], signKey: sign })
    expect(told).toMatch(/^KEY_UNUSABLE: .*has no secret key here/)
  })
})

test("a protected key's passphrase goes to the agent through gpg", async () => {
  const args = ['--passphrase', 'lock', '--pinentry-mode', 'loopback', '--quick-generate-key']
  gpg(
    duplicity08,
    everything,
    [...args, 'Locked <locked@example.invalid>', 'rsa2048', 'sign,cert'],
    Buffer.alloc(0),
  )
  const signer = { ...keys, recipients: [host], signKey: 'locked@example.invalid' }
  // The agent must not know it from the generation.
  execFileSync('gpgconf', ['--homedir', everything, '--kill', 'gpg-agent'])
  const wrong = createCrypt(settings(everything, { ...signer, signPassphrase: 'canary' }))
  await expect(wrong.prepareWriting()).rejects.toThrow('GPGError: GPG Failed, see log below:')
  await expect(wrong.prepareWriting()).rejects.not.toThrow('canary')
  await sealFile(path, settings(everything, { ...signer, signPassphrase: 'lock' }), prose(1000))
  const reader = settings(everything, signer)
  expect((await openFile(path, reader, 'gpg', { checkSigner: true })).equals(prose(1000))).toBe(true)
  await wrong.close()
})

describe('with gpg 2.4', () => {
  const home = useGpgHome(duplicity3, ['host', 'master', 'sign'])
  const gpgBinary = join(dir, 'gpg24')
  const quoted = duplicity3.command('gpg').map((word) => `'${word.replaceAll("'", "'\\''")}'`)
  writeFileSync(gpgBinary, `#!/bin/sh\ncd '${dir}'\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o700 })

  test.each(Object.entries(cases))('what is sealed to %s is opened, by it and by us', async (_, { seal }) => {
    for (const data of [prose(0), prose(100_000), noise(700_000)]) {
      await sealFile(path, settings(home, { ...seal, gpgBinary }), data)
      const args = seal.encryption === 'symmetric' ? loopback : []
      gpg(duplicity3, home, [...args, '--yes', '--output', opened, '--decrypt', path], Buffer.alloc(0))
      expect(readFileSync(opened).equals(data)).toBe(true)
      const options = { checkSigner: seal.signKey !== undefined }
      for (const implementation of ['auto', 'gpg'] as const) {
        const reader = settings(home, { ...seal, gpgBinary, implementation })
        expect((await openFile(path, reader, 'gpg', options)).equals(data)).toBe(true)
      }
    }
  })

  test('OCB that gpg wrote to keys of its ring is opened, its session key coming from the agent', async () => {
    const data = noise(9_000_000)
    gpg(duplicity3, home, ['--yes', '--output', path, '--force-ocb', '-e', '-r', host], data)
    for (const implementation of ['auto', 'gpg'] as const) {
      const reader = settings(home, { ...keys, gpgBinary, implementation })
      expect((await openFile(path, reader, 'gpg')).equals(data)).toBe(true)
    }
  })
})
