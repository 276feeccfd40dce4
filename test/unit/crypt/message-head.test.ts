import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { ByteReader } from '../../../src/crypt/byte-reader.ts'
import { readMessageHeader } from '../../../src/crypt/message-head.ts'

/** A passphrase packet that asks for the most hashing: version 4, AES-256, iterated and salted SHA-512. */
const passphrase = Buffer.concat([
  Buffer.from([0xc3, 13, 4, 9, 3, 10]),
  Buffer.alloc(8, 's'),
  Buffer.from([0xff]),
])
/** The beginning of a protected packet. */
const body = Buffer.from([0xd2, 40, 1])

const header = (keys: number): ReturnType<typeof readMessageHeader> => {
  const bytes = Buffer.concat([...Array<Buffer>(keys).fill(passphrase), body])
  return readMessageHeader(new ByteReader(Readable.from([bytes])[Symbol.asyncIterator]()))
}

test('a message of as many passphrases as anybody uses has a head', async () => {
  expect((await header(16)).keys).toHaveLength(16)
})

test('a message that would have a wrong passphrase hashed for minutes is refused', async () => {
  await expect(header(17)).rejects.toThrow('has too many passphrase packets')
})
