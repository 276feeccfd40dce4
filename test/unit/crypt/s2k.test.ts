import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { deriveKey, newS2k, readS2k, writeS2k } from '../../../src/crypt/s2k.ts'

const salt = Buffer.from('0102030405060708', 'hex')

/** RFC 4880 §3.7.1.3, done the slow way: the repetition is written out. */
function slow(name: string, count: number, passphrase: string, bytes: number): Buffer {
  const unit = Buffer.concat([salt, Buffer.from(passphrase)])
  const total = Math.max(count, unit.length)
  const data = Buffer.concat(Array<Buffer>(Math.ceil(total / unit.length)).fill(unit)).subarray(0, total)
  const digest = (zeros: number) => createHash(name).update(Buffer.alloc(zeros)).update(data).digest()
  return Buffer.concat([digest(0), digest(1)]).subarray(0, bytes)
}

test.each([
  [8, 'sha256', 0],
  [8, 'sha256', 1024],
  [8, 'sha256', 65536],
  [2, 'sha1', 1_015_808],
  [2, 'sha1', 3_145_729],
  [10, 'sha512', 2_000_001],
])('hash %d (%s), %d bytes', async (hash, name, count) => {
  for (const passphrase of ['p', 'grüße', 'a passphrase of some length, with blanks']) {
    expect(await deriveKey({ hash, salt, count }, passphrase, 32)).toEqual(slow(name, count, passphrase, 32))
  }
})

test('a fresh specifier is iterated, salted SHA-256 at the highest count, and is read back', () => {
  const s2k = newS2k()
  expect(s2k.count).toBe(65_011_712)
  expect(readS2k(writeS2k(s2k))).toEqual({ s2k, size: 11 })
  expect(newS2k().salt).not.toEqual(s2k.salt)
})

test('the three kinds of specifiers are read, others are left to gpg', () => {
  const read = (hex: string) => readS2k(Buffer.from(hex, 'hex'))
  expect(read('0008ff')).toEqual({ s2k: { hash: 8, salt: Buffer.alloc(0), count: 0 }, size: 2 })
  expect(read('01080102030405060708')).toEqual({ s2k: { hash: 8, salt, count: 0 }, size: 10 })
  expect(read('0308010203040506070860')).toEqual({ s2k: { hash: 8, salt, count: 65536 }, size: 11 })
  expect(read('0401')).toBeUndefined()
  expect(() => read('03080102')).toThrow('cut off')
})

test('an unknown hash gives no key', async () => {
  expect(await deriveKey({ hash: 99, salt, count: 0 }, 'p', 32)).toBeUndefined()
})
