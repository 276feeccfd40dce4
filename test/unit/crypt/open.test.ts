import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import {
  codeOf,
  cryptFixture,
  cryptSettings,
  goldenKeys,
  noise,
  openFile,
  prose,
  sealFile,
} from '../../support/crypt.ts'
import { projectRoot } from '../../support/program.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('crypt')
const path = join(dir, 'file.gpg')
const keys = cryptSettings(dir, {
  encryption: 'keys',
  recipients: [goldenKeys.a],
  keyFiles: [goldenKeys.secret],
})
const symmetric = cryptSettings(dir, { encryption: 'symmetric', passphrase: 'golden' })
const hostKey = join(projectRoot, 'test/fixtures/keys/host.secret.asc')
const curveKey = '5962594D91C7A64A8290DD1C0A95D85EA67CFB98'
const lines = Buffer.from(Array.from({ length: 2500 }, (_, n) => `line ${n + 1}\n`).join(''))

describe('what is written here is read here', () => {
  test.each([
    ['to one key', keys],
    ['to two keys', { ...keys, recipients: [goldenKeys.a, goldenKeys.b] }],
    ['to a hidden key', { ...keys, recipients: [], hiddenRecipients: [goldenKeys.b] }],
    ['signed', { ...keys, signKey: goldenKeys.s }],
    // One RSA primary with all capabilities and no subkey, as the LFOps role makes it.
    [
      'to the key of a host, signed by it',
      { ...keys, keyFiles: [hostKey], recipients: ['host@'], signKey: 'host@' },
    ],
    ['to a passphrase', symmetric],
    ['to a passphrase, signed', { ...symmetric, keyFiles: keys.keyFiles, signKey: goldenKeys.s }],
  ])('%s', async (_, settings) => {
    for (const bytes of [0, 1, 511, 512, 100_000, 1_500_000]) {
      for (const data of bytes > 200_000 ? [prose(bytes), noise(bytes)] : [prose(bytes)]) {
        await sealFile(path, settings, data, { settleEvery: bytes === 100_000 ? 1 : 7, piece: 40_000 })
        const options = { checkSigner: settings.signKey !== undefined }
        expect((await openFile(path, settings, 'gpg', options)).equals(data)).toBe(true)
      }
    }
  })

  test('pieces of a byte are no trouble', async () => {
    await sealFile(path, keys, prose(2000), { piece: 1 })
    expect((await openFile(path, keys, 'gpg')).equals(prose(2000))).toBe(true)
  })
})

describe('what gpg 2.4 wrote is read', () => {
  const files = [goldenKeys.secret, cryptFixture('cv25519.secret.gpg')]
  const reader = cryptSettings(dir, { encryption: 'keys', keyFiles: files, passphrase: 'golden' })
  test.each([
    ['ocb-key.gpg', lines],
    ['ocb-cv25519.gpg', lines],
    ['ocb-exact.gpg', lines.subarray(0, 3062)],
    ['ocb-both.gpg', lines.subarray(0, 3062)],
    ['ocb-passphrase.gpg', lines],
  ])('%s', async (name, data) => {
    expect((await openFile(cryptFixture(name), reader, 'gpg')).equals(data)).toBe(true)
  })

  test('and its signature is checked', async () => {
    const name = cryptFixture('ocb-signed.gpg')
    const signed = { ...reader, signKey: goldenKeys.a }
    expect((await openFile(name, signed, 'gpg', { checkSigner: true })).length).toBe(3062)
    const other = { ...reader, signKey: goldenKeys.s }
    expect(await codeOf(openFile(name, other, 'gpg', { checkSigner: true }))).toBe('WRONG_SIGNER')
  })

  test('a message without integrity protection is refused, whatever gpg is told', async () => {
    for (const implementation of ['auto', 'gpg'] as const) {
      const settings = { ...reader, implementation, gpgOptions: ['--ignore-mdc-error'] }
      expect(await codeOf(openFile(cryptFixture('cast5-nomdc.gpg'), settings, 'gpg'))).toBe('INTEGRITY')
    }
  })
})

describe('what duplicity wrote is read', () => {
  const golden = (scenario: string, name: string) => join(projectRoot, 'test/golden', scenario, 'repo', name)
  const volume = 'duplicity-inc.20231114T221320Z.to.20231115T221320Z.vol1.difftar.gpg'

  test('to two keys, each alone opens it, and the signature is checked', async () => {
    const signed = { ...keys, signKey: '1CCF0B88D7F99510' }
    const data = await openFile(golden('b-gpg-2keys-signed', volume), signed, 'gpg', { checkSigner: true })
    expect(data.length).toBe(20480)
  })

  test('to a passphrase', async () => {
    expect((await openFile(golden('c-symmetric', volume), symmetric, 'gpg')).length).toBe(20480)
    const manifest = 'duplicity-inc.20231114T221320Z.to.20231115T221320Z.manifest.gpg'
    expect((await openFile(golden('c-symmetric', manifest), symmetric, 'gpg')).toString()).toContain(
      'Volume 1:',
    )
  })
})

describe('what is not encrypted', () => {
  test.each(['gz', 'plain'] as const)('passes as %s only where no signature is demanded', async (form) => {
    await sealFile(path, cryptSettings(dir, { compression: form === 'gz' }), prose(1000))
    const signed = { ...keys, signKey: goldenKeys.s }
    await expect(openFile(path, signed, form, { checkSigner: true })).rejects.toMatchObject({
      code: 'WRONG_SIGNER',
      message: `${path} is not encrypted and so not signed by ${goldenKeys.s}`,
    })
    // The copies in the archive directory, no signer, and whoever said --no-encryption.
    for (const [settings, checkSigner] of [
      [signed, false],
      [keys, true],
      [{ ...signed, encryption: 'none' }, true],
    ] as const)
      expect((await openFile(path, settings, form, { checkSigner })).equals(prose(1000))).toBe(true)
  })
})

describe('altered data is refused before any of it is given out', () => {
  let byKey: Buffer = Buffer.alloc(0)
  let bySigner: Buffer = Buffer.alloc(0)
  const signed = { ...keys, signKey: goldenKeys.s }
  // An elliptic curve is some times faster to open than RSA.
  const quick = { ...keys, recipients: [curveKey], keyFiles: [cryptFixture('cv25519.secret.gpg')] }
  beforeAll(async () => {
    byKey = await sealFile(path, quick, prose(300_000))
    bySigner = await sealFile(path, signed, prose(3000))
  })

  const refused = ['INTEGRITY', 'DECRYPT_FAILED', 'GPG_FAILED']

  test('a flipped bit in every region', async () => {
    const step = Math.floor(byKey.length / 60)
    const places = [
      ...Array(24).keys(),
      ...Array.from({ length: 60 }, (_, n) => n * step),
      ...last(byKey, 50),
    ]
    for (const at of places) {
      writeFileSync(path, flip(byKey, at))
      expect(refused).toContain(await codeOf(openFile(path, quick, 'gpg')))
    }
  })

  test('an end that is missing', async () => {
    for (const end of [0, 1, 5, 300, 450, 480, 1000, byKey.length - 23, byKey.length - 1]) {
      writeFileSync(path, byKey.subarray(0, end))
      expect(await codeOf(openFile(path, quick, 'gpg'))).toBe('INTEGRITY')
    }
  })

  test('data behind the message, even another message', async () => {
    for (const more of [Buffer.from([0]), byKey]) {
      writeFileSync(path, Buffer.concat([byKey, more]))
      expect(await codeOf(openFile(path, quick, 'gpg'))).toBe('INTEGRITY')
    }
  })

  test('what is not encrypted at all', async () => {
    writeFileSync(path, Buffer.from('cb0c620000000000686f6d65', 'hex'))
    expect(await codeOf(openFile(path, quick, 'gpg'))).toBe('INTEGRITY')
    writeFileSync(path, 'a text')
    expect(await codeOf(openFile(path, quick, 'gpg'))).toBe('INTEGRITY')
  })

  test('OCB: every flipped byte and every missing end', async () => {
    const stored = readFileSync(cryptFixture('ocb-cv25519.gpg'))
    const places = Array.from({ length: 80 }, (_, n) => Math.floor((n * stored.length) / 80))
    for (const at of [...places, ...last(stored, 40)]) {
      writeFileSync(path, flip(stored, at))
      expect(refused).toContain(await codeOf(openFile(path, quick, 'gpg')))
      writeFileSync(path, stored.subarray(0, at))
      expect(await codeOf(openFile(path, quick, 'gpg'))).toBe('INTEGRITY')
    }
  })

  test('OCB: chunks that were dropped or exchanged', async () => {
    const stored = readFileSync(cryptFixture('ocb-exact.gpg'))
    // The body is in one part of 2048 bytes and a last one; exchanging bytes across chunks breaks both tags.
    for (const [from, to] of [
      [420, 1480],
      [1470, 420],
    ] as const) {
      const bad = Buffer.from(stored)
      stored.copy(bad, to, from, from + 1000)
      writeFileSync(path, bad)
      expect(await codeOf(openFile(path, keys, 'gpg'))).toBe('INTEGRITY')
    }
  })

  test('a file that is changed between check and reading', async () => {
    const stored = await sealFile(path, keys, noise(4_000_000))
    const crypt = createCrypt(keys)
    const blocks = await crypt.open(path, 'gpg')
    writeFileSync(path, flip(stored, stored.length - 3000))
    const read = async () => {
      for await (const piece of blocks) expect(piece.length).toBeGreaterThan(0)
    }
    expect(await codeOf(read())).toBe('INTEGRITY')
    await crypt.close()
  })

  test('an unsigned file where a signature is due, and one by another key', async () => {
    await sealFile(path, keys, prose(10))
    await expect(openFile(path, signed, 'gpg', { checkSigner: true })).rejects.toThrow(
      `Volume was signed by key None, not ${goldenKeys.s}`,
    )
    writeFileSync(path, bySigner)
    const other = { ...keys, signKey: goldenKeys.b }
    await expect(openFile(path, other, 'gpg', { checkSigner: true })).rejects.toThrow(
      `Volume was signed by key ${goldenKeys.s}, not ${goldenKeys.b}`,
    )
  })

  test('a signature by an unknown key does not matter where none is asked for', async () => {
    writeFileSync(path, bySigner)
    expect((await openFile(path, keys, 'gpg')).equals(prose(3000))).toBe(true)
  })
})

describe('secrets', () => {
  test('a wrong passphrase, and none', async () => {
    await sealFile(path, symmetric, prose(100))
    expect(await codeOf(openFile(path, { ...symmetric, passphrase: 'wrong' }, 'gpg'))).toBe('DECRYPT_FAILED')
    expect(await codeOf(openFile(path, { ...symmetric, passphrase: undefined }, 'gpg'))).toBe(
      'SECRET_MISSING',
    )
    const wrong = { ...symmetric, passphrase: 'wrong' }
    expect(await codeOf(openFile(cryptFixture('ocb-passphrase.gpg'), wrong, 'gpg'))).toBe('DECRYPT_FAILED')
  })

  test('an early end, and a file that is never read, leave nothing open', async () => {
    await sealFile(path, keys, noise(2_000_000))
    const crypt = createCrypt(keys)
    for await (const piece of await crypt.open(path, 'gpg')) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    expect(descriptorsOf(path)).toBe(0)
    const unread = await crypt.open(path, 'gpg')
    expect(descriptorsOf(path)).toBe(1)
    await unread[Symbol.asyncIterator]().return?.()
    expect(descriptorsOf(path)).toBe(0)
    await crypt.open(path, 'gpg')
    await crypt.close()
    expect(descriptorsOf(path)).toBe(0)
  })
})

/** How many open files of this process are the file at `path`. */
function descriptorsOf(path: string): number {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd))
    } catch {
      // The descriptor of the listing itself.
      return ''
    }
  })
  return links.filter((link) => link === path).length
}

function flip(data: Buffer, at: number): Buffer {
  const copy = Buffer.from(data)
  copy.writeUInt8(copy.readUInt8(at) ^ 0x10, at)
  return copy
}

function last(data: Buffer, count: number): number[] {
  return Array.from({ length: count }, (_, n) => data.length - count + n)
}
