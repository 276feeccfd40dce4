import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { generateKey, revokeKey, type PrivateKey } from 'openpgp'
import { createCrypt } from '../../../src/crypt/create.ts'
import type { CryptSettings } from '../../../src/crypt/crypt.ts'
import { cryptSettings, goldenKeys, openFile, prose, sealFile } from '../../support/crypt.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('keys')
const path = join(dir, 'file.gpg')

/** Writes a key into a file and returns the file's path. */
function keyFile(name: string, content: string | Uint8Array): string {
  writeFileSync(join(dir, name), content)
  return join(dir, name)
}

async function make(
  name: string,
  options: Partial<Parameters<typeof generateKey>[0]> = {},
): Promise<PrivateKey> {
  const made = await generateKey({
    type: 'curve25519',
    userIDs: { name, email: `${name.toLowerCase()}@example.invalid` },
    ...options,
    format: 'object',
  })
  return made.privateKey
}

async function refusal(changes: Partial<CryptSettings>): Promise<string> {
  const crypt = createCrypt(cryptSettings(dir, { encryption: 'keys', ...changes }))
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

let good: PrivateKey
let goodFile = ''
beforeAll(async () => {
  good = await make('Good')
  goodFile = keyFile('good.asc', good.armor())
})

describe('keys from files', () => {
  test('armored and binary, public and secret, several in a file', async () => {
    const both = keyFile(
      'both.asc',
      `${good.toPublic().armor()}\nSome words.\n${(await make('Second')).armor()}`,
    )
    const binary = keyFile('good.gpg', good.toPublic().write())
    for (const keyFiles of [[goodFile], [binary], [both], [both, binary], [goldenKeys.public, both]]) {
      expect(await refusal({ recipients: ['good@example.invalid'], keyFiles })).toBe('none')
    }
    expect(await refusal({ recipients: ['second', 'GOOD'], keyFiles: [both] })).toBe('none')
  })

  test('every way to name a key', async () => {
    const fingerprint = good.getFingerprint()
    const [subkey] = good.getSubkeys()
    const sub = subkey?.getFingerprint() ?? ''
    const names = [
      fingerprint,
      fingerprint.slice(-16),
      `0x${fingerprint.slice(-8)}`,
      sub,
      sub.slice(-16),
      `${sub}!`,
    ]
    for (const name of names) expect(await refusal({ recipients: [name], keyFiles: [goodFile] })).toBe('none')
  })

  test('a name that fits two keys is ambiguous', async () => {
    const keyFiles = [goodFile, keyFile('twin.asc', (await make('Good')).armor())]
    expect(await refusal({ recipients: ['Good'], keyFiles })).toMatch(
      /^KEY_UNUSABLE: .*Good is ambiguous: it fits .* and/,
    )
  })

  test('one key in two files is one key, and the newer expiry counts', async () => {
    const short = await make('Prolonged', { keyExpirationTime: 1, date: new Date(Date.now() - 60_000) })
    const expired = keyFile('short.asc', short.armor())
    expect(await refusal({ recipients: ['Prolonged'], keyFiles: [expired] })).toMatch(
      /^KEY_UNUSABLE: .*expired on \d{4}/,
    )
  })

  test('revoked, unable to encrypt, unknown, or no key at all', async () => {
    const { privateKey } = await revokeKey({ key: await make('Gone'), format: 'object' })
    const gone = keyFile('gone.asc', privateKey.armor())
    expect(await refusal({ recipients: ['Gone'], keyFiles: [gone] })).toMatch(
      /^KEY_UNUSABLE: .*Gone .*is revoked/,
    )
    const signer = keyFile('signer.asc', (await make('Signer', { subkeys: [{ sign: true }] })).armor())
    expect(await refusal({ recipients: ['Signer'], keyFiles: [signer] })).toMatch(
      /^KEY_UNUSABLE: .*cannot encrypt/,
    )
    expect(await refusal({ recipients: ['Nobody'], keyFiles: [goodFile] })).toMatch(/^KEY_UNUSABLE: .*Nobody/)
    expect(await refusal({ recipients: [], keyFiles: [goodFile] })).toMatch(/^KEY_UNUSABLE: No key/)
  })

  test('a key file that is missing or holds no key', async () => {
    const nothing = keyFile('nothing.asc', 'no key')
    for (const file of [join(dir, 'none.asc'), nothing]) {
      expect(await refusal({ recipients: ['Good'], keyFiles: [file] })).toContain(
        `KEY_UNUSABLE: The key file ${file}`,
      )
    }
  })
})

describe('secrets', () => {
  test('a symmetric file needs a passphrase that is not empty', async () => {
    expect(await refusal({ encryption: 'symmetric' })).toMatch(/^SECRET_MISSING: A passphrase is needed/)
    expect(await refusal({ encryption: 'symmetric', passphrase: '' })).toMatch(
      /^SECRET_MISSING: Cannot use empty/,
    )
    expect(await refusal({ encryption: 'symmetric', passphrase: 'p' })).toBe('none')
  })

  test('a protected key is opened by its passphrase, and signs with the signing passphrase', async () => {
    const locked = await make('Locked', { passphrase: 'lock' })
    const keyFiles = [keyFile('locked.asc', locked.armor())]
    const keys = {
      encryption: 'keys',
      recipients: ['Locked'],
      keyFiles,
      signKey: locked.getFingerprint(),
    } as const
    expect(await refusal(keys)).toMatch(/^SECRET_MISSING: .*no passphrase was given/)
    expect(await refusal({ ...keys, signPassphrase: 'wrong' })).toMatch(
      /^KEY_UNUSABLE: .*passphrase is not the right/,
    )
    const settings = cryptSettings(dir, { ...keys, passphrase: 'lock' })
    await sealFile(path, settings, prose(5000))
    expect((await openFile(path, settings, 'gpg', { checkSigner: true })).equals(prose(5000))).toBe(true)
    const other = cryptSettings(dir, { ...keys, passphrase: 'wrong' })
    await expect(openFile(path, other, 'gpg')).rejects.toThrow('passphrase is not the right one')
    await expect(openFile(path, other, 'gpg')).rejects.not.toThrow(/wrong.*wrong/)
  })

  test('a signing key must be able to sign, and be there', async () => {
    const keys = { recipients: ['Good'], keyFiles: [goodFile, goldenKeys.public] } as const
    expect(await refusal({ ...keys, signKey: goldenKeys.s })).toMatch(/^(KEY_UNUSABLE|GPG_FAILED): /)
    const { privateKey } = await revokeKey({ key: await make('Former'), format: 'object' })
    const former = keyFile('former.asc', privateKey.armor())
    const signing = { ...keys, keyFiles: [goodFile, former], signKey: 'Former' }
    expect(await refusal(signing)).toMatch(/^KEY_UNUSABLE: The signing key Former cannot sign/)
  })
})

describe('comparing recipients', () => {
  const keyFiles = [goldenKeys.public]
  const compare = async (settings: Partial<CryptSettings>, known?: string[]) => {
    const crypt = createCrypt(cryptSettings(dir, { encryption: 'keys', keyFiles, ...settings }))
    return crypt.compareRecipients(path, known)
  }
  const { a, b } = goldenKeys
  const write = (settings: Partial<CryptSettings>) =>
    sealFile(path, cryptSettings(dir, { encryption: 'keys', keyFiles, ...settings }), prose(10))

  test('the same keys, by whatever name, in whatever order', async () => {
    await write({ recipients: [a, b] })
    expect(await compare({ recipients: [b.slice(-16), 'Test A'] })).toEqual({ same: true, difference: '' })
  })

  test('a key more, a key less', async () => {
    await write({ recipients: [a] })
    expect(await compare({ recipients: [a, b] })).toEqual({ same: false, difference: `key ${b} was added` })
    await write({ recipients: [a, b] })
    expect(await compare({ recipients: [a] })).toEqual({
      same: false,
      difference: 'key 8D4D4E3EA3EADE6B is no longer named',
    })
  })

  test('hidden keys are compared with what was written down', async () => {
    await write({ recipients: [a], hiddenRecipients: [b] })
    const same = { recipients: [a], hiddenRecipients: [b] }
    expect((await compare(same)).same).toBe(true)
    expect((await compare(same, [a, b])).same).toBe(true)
    expect(await compare({ recipients: [a] }, [a, b])).toMatchObject({ same: false })
    expect(await compare({ ...same, hiddenRecipients: [a] }, [a, b])).toMatchObject({ same: false })
    expect(await compare({ recipients: [a], hiddenRecipients: [goldenKeys.a] })).toMatchObject({ same: true })
  })

  test('a renewed subkey is the same key, as long as the old one is still in it', async () => {
    const old = await make('Renewed')
    const oldFile = keyFile('old.asc', old.toPublic().armor())
    await write({ recipients: ['Renewed'], keyFiles: [oldFile] })
    const renewed = await old.addSubkey({ type: 'curve25519' })
    const newFile = keyFile('new.asc', renewed.toPublic().armor())
    expect((await compare({ recipients: ['Renewed'], keyFiles: [newFile] })).same).toBe(true)
    renewed.subkeys = renewed.subkeys.slice(1)
    const bareFile = keyFile('bare.asc', renewed.toPublic().armor())
    expect((await compare({ recipients: ['Renewed'], keyFiles: [bareFile] })).same).toBe(false)
    const known = [old.getFingerprint().toUpperCase()]
    expect((await compare({ recipients: ['Renewed'], keyFiles: [bareFile] }, known)).same).toBe(true)
  })

  test('passphrase against keys', async () => {
    await write({ recipients: [a] })
    expect((await compare({ encryption: 'symmetric', passphrase: 'p' })).difference).toContain(
      'encrypted to keys',
    )
    await write({ encryption: 'symmetric', passphrase: 'p' })
    expect((await compare({ recipients: [a] })).difference).toContain('encrypted with a passphrase')
    expect((await compare({ encryption: 'symmetric', passphrase: 'q' })).same).toBe(true)
  })

  test('describeRecipients gives the fingerprints of the primary keys, sorted', async () => {
    const named = { encryption: 'keys', keyFiles, recipients: ['Test A'], hiddenRecipients: [b] } as const
    expect(await createCrypt(cryptSettings(dir, named)).describeRecipients()).toEqual([b, a])
    expect(await createCrypt(cryptSettings(dir)).describeRecipients()).toEqual([])
  })

  test('signer is the primary key that signs, known once writing was prepared', async () => {
    const { s } = goldenKeys
    const named = { encryption: 'keys', keyFiles: [goldenKeys.secret], recipients: [a], signKey: s } as const
    const crypt = createCrypt(cryptSettings(dir, named))
    expect(crypt.signer).toBeUndefined()
    await crypt.prepareWriting()
    expect(crypt.signer).toBe(s)
    await crypt.close()
    const unsigned = createCrypt(cryptSettings(dir, { ...named, signKey: undefined }))
    await unsigned.prepareWriting()
    expect(unsigned.signer).toBeUndefined()
  })
})
