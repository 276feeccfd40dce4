/**
 * The grammar of a decrypted message (RFC 4880 §11.3): compressed data or literal data, signed or not. One message,
 * nothing before, between or behind.
 */
import { createHash, type Hash } from 'node:crypto'
import { ByteReader } from './byte-reader.ts'
import { inflate } from './inflate.ts'
import { Malformed } from './malformed.ts'
import { tags, type BodyLength } from './packet.ts'
import { hashNames } from './s2k.ts'

/** A compression that is left to gpg. */
export class NeedsGpg extends Error {
  override readonly name = 'NeedsGpg'
}

/** A one-pass signature and what became of it. */
export interface SignatureTrace {
  /** Body of the signature packet. */
  readonly signature: Buffer
  /** Of the literal data, begun with the announced algorithm; undefined for one that is not known here. */
  readonly hash: Hash | undefined
  readonly hashAlgorithm: number
}

/** Each layer can make a thousand bytes of one, and nobody who writes backups needs a second. */
const deepest = 1
const mostSignatures = 16

/**
 * Yields the literal data of the message. Where `traces` is given, the data is hashed for every signature, and the
 * signatures are added to it before the iteration ends. Throws Malformed and NeedsGpg.
 */
export async function* readMessage(
  blocks: AsyncGenerator<Buffer, void, undefined>,
  traces?: SignatureTrace[],
  depth = 0,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* readPackets(new ByteReader(blocks), traces, depth)
  } finally {
    await blocks.return()
  }
}

async function* readPackets(
  reader: ByteReader,
  traces: SignatureTrace[] | undefined,
  depth: number,
): AsyncGenerator<Buffer, void, undefined> {
  const announced: { hash: Hash | undefined; hashAlgorithm: number }[] = []
  const before: Buffer[] = []
  let content = false
  for (let header = await reader.header(); header; header = await reader.header()) {
    const { tag, length } = header
    if (tag === tags.marker || tag === tags.padding) {
      await reader.smallBody(length)
    } else if (tag === tags.onePass && !content) {
      if (announced.length >= mostSignatures) throw new Malformed('has too many signatures')
      announced.push(beginHash(await reader.smallBody(length), traces !== undefined))
    } else if (tag === tags.signature) {
      const signature = await reader.smallBody(length)
      if (!content) before.push(signature)
      else if (before.length > 0 || announced.length === 0)
        throw new Malformed('has a signature that was not announced')
      else traces?.push({ signature, ...(announced.pop() ?? none) })
    } else if (tag === tags.literal && !content) {
      content = true
      yield* literal(reader, length, announced)
    } else if (tag === tags.compressed && !content) {
      content = true
      yield* await compressed(reader, length, traces, depth, announced.length > 0)
    } else {
      throw new Malformed(`holds an OpenPGP packet of type ${tag} where none may be`)
    }
  }
  if (!content) throw new Malformed('holds no data')
  if (traces !== undefined && announced.length > 0) throw new Malformed('lacks an announced signature')
  for (const signature of before) traces?.push({ signature, ...none })
}

const none = { hash: undefined, hashAlgorithm: 0 }

async function* literal(
  reader: ByteReader,
  length: BodyLength,
  announced: readonly { hash: Hash | undefined }[],
): AsyncGenerator<Buffer, void, undefined> {
  const body = reader.body(length)
  // Format, length of the name, name, four bytes of time; it can be cut anywhere by the lengths.
  let start = Buffer.alloc(0)
  let skip = 6
  for await (const piece of body) {
    let data = piece
    if (skip > 0) {
      start = Buffer.concat([start, piece])
      if (start.length < 2) continue
      skip = 6 + start.readUInt8(1)
      if (start.length < skip) continue
      data = start.subarray(skip)
      skip = 0
    }
    if (data.length === 0) continue
    for (const { hash } of announced) hash?.update(data)
    yield data
  }
  if (skip > 0) throw new Malformed('is cut off')
}

async function compressed(
  reader: ByteReader,
  length: BodyLength,
  traces: SignatureTrace[] | undefined,
  depth: number,
  signed: boolean,
): Promise<AsyncGenerator<Buffer, void, undefined>> {
  if (depth >= deepest) throw new Malformed('is compressed again and again')
  if (signed) throw new NeedsGpg('a signature over compressed data')
  const body = reader.body(length)
  const first = await body.next()
  if (first.done) throw new Malformed('is cut off')
  const algorithm = first.value.readUInt8(0)
  const data = prepend(first.value.subarray(1), body)
  switch (algorithm) {
    case 0:
      return readMessage(data, traces, depth + 1)
    case 1:
      return readMessage(inflate(data, 'deflate'), traces, depth + 1)
    case 2:
      return readMessage(inflate(data, 'zlib'), traces, depth + 1)
    default:
      throw new NeedsGpg(`compression algorithm ${algorithm}`)
  }
}

async function* prepend(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first
  yield* rest
}

function beginHash(onePass: Buffer, wanted: boolean): { hash: Hash | undefined; hashAlgorithm: number } {
  const hashAlgorithm = onePass[2] ?? 0
  const name = hashNames[hashAlgorithm]
  const usable = wanted && name !== undefined && onePass[0] === 3 && onePass[1] === 0
  return { hash: usable ? createHash(name) : undefined, hashAlgorithm }
}
