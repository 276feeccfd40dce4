import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import { codeOf, cryptSettings, noise, openFile, prose, sealFile } from '../../support/crypt.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('crypt')
const path = join(dir, 'file')
const gz = cryptSettings(dir)
const raw = cryptSettings(dir, { compression: false })

test.each([0, 1, 511, 512, 100_000, 3_000_000])(
  '%d bytes come back from gzip and from raw',
  async (bytes) => {
    for (const data of [prose(bytes), noise(bytes)]) {
      const stored = await sealFile(path, gz, data, { settleEvery: 9 })
      expect(gunzipSync(stored).equals(data)).toBe(true)
      expect((await openFile(path, gz, 'gz')).equals(data)).toBe(true)
      expect((await sealFile(path, raw, data)).equals(data)).toBe(true)
      expect((await openFile(path, raw, 'plain')).equals(data)).toBe(true)
    }
  },
)

test('the gzip header has neither name nor time', async () => {
  const stored = await sealFile(path, gz, prose(10))
  expect(stored.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff')
})

test('an empty gzip file has 20 bytes', async () => {
  expect((await sealFile(path, gz, Buffer.alloc(0))).length).toBe(20)
})

test('several members and a name in the header are read, as duplicity writes them', async () => {
  writeFileSync(path, Buffer.concat([gzipSync('one '), gzipSync('two')]))
  expect((await openFile(path, gz, 'gz')).toString()).toBe('one two')
})

test('gzip that is damaged, cut off or empty is an INTEGRITY error', async () => {
  const stored = await sealFile(path, gz, prose(5000))
  for (const bad of [
    stored.subarray(0, -1),
    stored.subarray(0, 500),
    Buffer.alloc(0),
    flipped(stored, 700),
    flipped(stored, stored.length - 5),
  ]) {
    writeFileSync(path, bad)
    expect(await codeOf(openFile(path, gz, 'gz'))).toBe('INTEGRITY')
  }
})

test('the form follows the settings; sealLocal never encrypts', async () => {
  const symmetric = createCrypt(cryptSettings(dir, { encryption: 'symmetric', passphrase: 'p' }))
  expect([createCrypt(gz).form, createCrypt(raw).form, symmetric.form]).toEqual(['gz', 'plain', 'gpg'])
  expect([createCrypt(gz).encrypts, symmetric.encrypts]).toEqual([false, true])
  const parts: Uint8Array[] = []
  const seal = symmetric.sealLocal((bytes) => void parts.push(bytes), 'gz')
  await seal.write(prose(10))
  await seal.finish()
  expect(gunzipSync(Buffer.concat(parts)).equals(prose(10))).toBe(true)
})

test('the iteration may be ended early', async () => {
  await sealFile(path, gz, noise(3_000_000))
  const crypt = createCrypt(gz)
  for await (const piece of await crypt.open(path, 'gz')) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  await crypt.close()
})

test('a missing file is told by its errno', async () => {
  expect(await codeOf(openFile(join(dir, 'none'), gz, 'gz'))).toBe('ENOENT')
})

function flipped(data: Buffer, at: number): Buffer {
  const copy = Buffer.from(data)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}
