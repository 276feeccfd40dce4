/** Stored files with places to enter at: what is read from each is the rest of the plain bytes, and gpg reads the whole. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import type { AccessPlace, Crypt, CryptSettings, OpenOptions, StoredForm } from '../../../src/crypt/crypt.ts'
import { codeOf, cryptSettings, noise, prose } from '../../support/crypt.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('access')
const path = join(dir, 'file')
const forms: [StoredForm, () => CryptSettings][] = [
  ['gpg', () => cryptSettings(dir, { encryption: 'symmetric', passphrase: 'x' })],
  ['gz', () => cryptSettings(dir, { compression: true })],
  ['plain', () => cryptSettings(dir, { compression: false })],
]
let crypt: Crypt | undefined
afterEach(async () => {
  await crypt?.close()
  crypt = undefined
})

/** Pieces of odd lengths that compress well, badly and not at all, between which there are places. */
const pieces = [
  prose(700_001),
  noise(300_007),
  Buffer.alloc(90_000),
  noise(13),
  prose(5),
  noise(262_144),
  prose(99_999),
]

async function seal(settings: CryptSettings): Promise<{ sha1: string; places: (AccessPlace | undefined)[] }> {
  crypt = createCrypt(settings, { threads: 2 })
  await crypt.prepareWriting()
  const hash = createHash('sha1')
  const fd = openSync(path, 'w')
  const file = crypt.seal((bytes) => {
    hash.update(bytes)
    writeSync(fd, bytes)
  })
  const places: Promise<AccessPlace | undefined>[] = []
  for (const piece of pieces) {
    places.push(file.access())
    await file.write(piece)
  }
  await file.finish()
  closeSync(fd)
  return { sha1: hash.digest('hex'), places: await Promise.all(places) }
}

async function read(form: StoredForm, options: OpenOptions): Promise<Buffer> {
  const found: Buffer[] = []
  for await (const piece of (await crypt?.open(path, form, options)) ?? []) found.push(Buffer.from(piece))
  return Buffer.concat(found)
}

test.each(forms)(
  '%s: from every place comes the rest, and from the beginning everything',
  async (form, settings) => {
    const { sha1, places } = await seal(settings())
    expect(places.filter((place) => place !== undefined).length).toBeGreaterThanOrEqual(pieces.length - 1)
    for (const [index, from] of places.entries()) {
      const rest = Buffer.concat(from === undefined ? pieces : pieces.slice(index))
      expect((await read(form, { sha1, from })).equals(rest)).toBe(true)
    }
    expect((await read(form, { sha1 })).equals(Buffer.concat(pieces))).toBe(true)
    expect((await read(form, {})).equals(Buffer.concat(pieces))).toBe(true)
  },
)

test.each(forms)('%s: without a hash that proves the file, a place is not used', async (form, settings) => {
  const { places } = await seal(settings())
  const from = places[3]
  expect(from).toBeDefined()
  expect((await read(form, { from })).equals(Buffer.concat(pieces))).toBe(true)
})

test.each([
  ['before the protected data', { offset: 3, before: 'A'.repeat(22) }],
  ['behind the end', { offset: 100_000_000, before: 'A'.repeat(22) }],
  ['without what the cipher needs', { offset: 4000, before: '' }],
])('a place %s is refused as damage', async (_, from) => {
  const { sha1 } = await seal(cryptSettings(dir, { encryption: 'symmetric', passphrase: 'x' }))
  expect(await codeOf(read('gpg', { sha1, from }))).toBe('INTEGRITY')
})

test('places in the middle of a part are refused as damage', async () => {
  const { sha1 } = await seal(cryptSettings(dir, { encryption: 'symmetric', passphrase: 'x' }))
  const codes: unknown[] = []
  for (let offset = 70_001; offset < 70_011; offset += 1) {
    codes.push(await codeOf(read('gpg', { sha1, from: { offset, before: 'A'.repeat(22) } })))
  }
  // What the wrong bytes decrypt to is chance: one in some hundred is an empty stream, and so no damage.
  expect(codes.filter((code) => code === 'INTEGRITY').length).toBeGreaterThan(7)
})

test('a file with another hash is refused before anything is given of it', async () => {
  const { sha1, places } = await seal(cryptSettings(dir, { compression: true }))
  writeFileSync(path, Buffer.alloc(10), { flag: 'r+' })
  await expect(read('gz', { sha1, from: places[2] })).rejects.toMatchObject({ name: 'HashMismatch' })
})
