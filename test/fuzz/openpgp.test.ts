/** OpenPGP framing and compressed data, before and behind encryption. */
import { createCipheriv } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { aeadHeaderBytes, decryptAead, readAeadHeader } from '../../src/crypt/aead.ts'
import { BodyDecoder } from '../../src/crypt/body.ts'
import { ByteReader } from '../../src/crypt/byte-reader.ts'
import { CfbMdcWriter, decryptCfbMdc, fitsCfb } from '../../src/crypt/cfb-mdc.ts'
import { inflate } from '../../src/crypt/inflate.ts'
import { Malformed } from '../../src/crypt/malformed.ts'
import { expectEnd, readMessageHeader, recipientKeyId } from '../../src/crypt/message-head.ts'
import { readMessage, type SignatureTrace } from '../../src/crypt/message.ts'
import { PartialWriter } from '../../src/crypt/partial.ts'
import { passwordSessionKey } from '../../src/crypt/password-key.ts'
import { readS2k } from '../../src/crypt/s2k.ts'
import { fuzz, inPieces, isAnswer, runs } from './fuzz.ts'
import { randomFrom } from './mutate.ts'

const session = { algorithm: 9, key: Buffer.alloc(32, 7) }

/** Deflate makes at most 1032 bytes of one, and messages may be nested three deep: no test of memory, but of sense. */
const MOST = 1 << 30

fuzz({
  parser: 'message',
  read: async (input, random) => {
    const traces: SignatureTrace[] | undefined = random(2) === 0 ? [] : undefined
    await drain(readMessage(inPieces(input, random), traces))
  },
  words: [
    Buffer.from([0xcb]),
    Buffer.from([0xc8]),
    Buffer.from([0xff, 0xff]),
    Buffer.from([0xe9]),
    Buffer.from([0xc4]),
  ],
})

fuzz({
  parser: 'head',
  read: async (input, random) => {
    const reader = new ByteReader(inPieces(input, random))
    const { keys, length } = await readMessageHeader(reader)
    for (const key of keys) {
      recipientKeyId(key)
      if (key.tag === 3 && cheap(key.body)) await passwordSessionKey(key, 'passphrase')
    }
    await drain(reader.body(length))
    await expectEnd(reader)
  },
  words: [
    Buffer.from([0xc1]),
    Buffer.from([0xc3]),
    Buffer.from([0xd2]),
    Buffer.from([0xd4]),
    Buffer.from([0xca]),
  ],
})

fuzz({
  parser: 'gzip',
  read: (input, random) =>
    drain(inflate(inPieces(input, random), (['gzip', 'zlib', 'deflate'] as const)[random(3)] ?? 'gzip')),
  words: [Buffer.from([0x1f, 0x8b, 8]), Buffer.from([0, 0, 0xff, 0xff])],
})

test('an encrypted body that was changed anywhere, or cut, is told before its end is reached', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.integer({ min: 1, max: 3000 }),
      fc.nat(),
      fc.nat(4),
      async (start, size, place, cut) => {
        const random = randomFrom(start)
        const writer = new CfbMdcWriter(session)
        const plain = Buffer.alloc(size, 'p')
        const sealed = Buffer.concat([writer.begin(), writer.update(plain), writer.end()]).subarray(1)
        expect((await all(decryptCfbMdc(inPieces(sealed, random), session))).equals(plain)).toBe(true)
        const changed = Buffer.from(cut === 0 ? sealed.subarray(0, place % sealed.length) : sealed)
        if (cut !== 0)
          changed[place % changed.length] = (changed[place % changed.length] ?? 0) ^ (1 << (cut - 1))
        fitsCfb(session, changed)
        await expect(all(decryptCfbMdc(inPieces(changed, random), session))).rejects.toBeInstanceOf(Malformed)
      },
    ),
    runs(150),
  )
})

test('chunks that were changed, cut, doubled or moved are told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.nat(400), fc.nat(), fc.nat(5), async (start, size, place, kind) => {
      const random = randomFrom(start)
      const body = sealOcb(Buffer.alloc(size, 'p'), 0)
      const open = (bytes: Buffer): Promise<Buffer> =>
        all(decryptAead(inPieces(bytes.subarray(aeadHeaderBytes), random), session, readAeadHeader(bytes)))
      expect((await open(body)).equals(Buffer.alloc(size, 'p'))).toBe(true)
      const at = place % body.length
      let changed = Buffer.from(body)
      if (kind === 0) changed = changed.subarray(0, Math.max(aeadHeaderBytes, at))
      else if (kind === 1) changed = Buffer.concat([body, body.subarray(-(1 + (at % 40)))])
      else if (kind === 2) changed = Buffer.concat([body.subarray(0, 99), body.subarray(19)])
      // The first byte names the version and is looked at elsewhere.
      else changed[Math.max(4, at)] = (changed[Math.max(4, at)] ?? 0) ^ (1 << kind)
      if (changed.equals(body)) return
      await expect(open(changed)).rejects.toBeInstanceOf(Malformed)
    }),
    runs(150),
  )
})

test('a body in parts of any size is the body', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 5000 }),
      fc.constantFrom(512, 1024, 4096),
      fc.integer(),
      (array, size, start) => {
        const random = randomFrom(start)
        const writer = new PartialWriter(18, size)
        const plain = Buffer.from(array)
        const frames: Buffer[] = []
        for (let at = 0; at < plain.length;) {
          const step = 1 + random(1500)
          frames.push(...writer.push(plain.subarray(at, at + step)))
          if (random(4) === 0) frames.push(...writer.flush())
          at += step
        }
        const packet = Buffer.concat([...frames, ...writer.end()])
        const { length, rest } = firstLength(packet)
        const decoder = new BodyDecoder(length)
        const bodies: Buffer[] = []
        for (let at = 0; !decoder.done;) {
          const { body, used } = decoder.decode(Buffer.from(rest.subarray(at, at + 1 + random(900))))
          bodies.push(Buffer.from(body))
          at += used
        }
        expect(Buffer.concat(bodies).equals(plain)).toBe(true)
      },
    ),
    runs(150),
  )
})

/** An OCB packet body with chunks of 64 bytes (draft-koch-librepgp §5.16). */
function sealOcb(plain: Buffer, chunkOctet: number): Buffer {
  const chunk = 2 ** (chunkOctet + 6)
  const head = Buffer.concat([Buffer.from([1, 9, 2, chunkOctet]), Buffer.alloc(15, 'n')])
  const parts = [head]
  const sealChunk = (index: number, data: Buffer, total?: number): void => {
    const nonce = Buffer.from(head.subarray(4))
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(7) ^ BigInt(index), 7)
    const cipher = createCipheriv('aes-256-ocb' as 'aes-256-gcm', session.key, nonce, { authTagLength: 16 })
    const numbers = Buffer.alloc(total === undefined ? 8 : 16)
    numbers.writeBigUInt64BE(BigInt(index))
    if (total !== undefined) numbers.writeBigUInt64BE(BigInt(total), 8)
    cipher.setAAD(Buffer.concat([Buffer.from([0xd4]), head.subarray(0, 4), numbers]))
    parts.push(cipher.update(data), cipher.final(), cipher.getAuthTag())
  }
  const chunks = Math.max(1, Math.ceil(plain.length / chunk))
  for (let index = 0; index < chunks; index++)
    sealChunk(index, plain.subarray(index * chunk, (index + 1) * chunk))
  sealChunk(chunks, Buffer.alloc(0), plain.length)
  return Buffer.concat(parts)
}

function firstLength(packet: Buffer): { length: ConstructorParameters<typeof BodyDecoder>[0]; rest: Buffer } {
  const first = packet.readUInt8(1)
  if (first >= 224 && first < 255)
    return { length: { kind: 'partial', bytes: 2 ** (first & 31) }, rest: packet.subarray(2) }
  const wide = first < 192 ? 1 : first === 255 ? 5 : 2
  const bytes =
    wide === 1
      ? first
      : wide === 2
        ? ((first - 192) << 8) + packet.readUInt8(2) + 192
        : packet.readUInt32BE(2)
  return { length: { kind: 'definite', bytes }, rest: packet.subarray(1 + wide) }
}

async function drain(blocks: AsyncIterable<Buffer>): Promise<void> {
  let size = 0
  for await (const { length } of blocks) {
    size += length
    expect(size).toBeLessThan(MOST)
  }
}

async function all(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of blocks) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

/** Whether a passphrase packet asks for little hashing: the most that one may ask for, 65 MB, is bounded, and slow. */
function cheap(body: Buffer): boolean {
  try {
    return (readS2k(body.subarray(body[0] === 5 ? 3 : 2))?.s2k.count ?? 0) <= 1 << 17
  } catch (error) {
    if (!isAnswer(error)) throw error
    return true
  }
}
