/**
 * Signs a message whose bytes stream by, with a secret key in this process (RFC 4880 §5.2.4, §5.4).
 */
import type { PrivateKey } from 'openpgp'
import { loadOpenpgp, openpgpConfig } from './openpgp.ts'
import { packet, tags } from './packet.ts'

/** Web streams cost some tenths of a millisecond a piece: small pieces are put together. */
const pieceBytes = 1 << 18

/** A signature being made. */
export interface MessageSigner {
  /** Goes before the literal data. */
  readonly onePass: Buffer
  /** Upper bound of the length of what `finish` gives. */
  readonly maxBytes: number
  /** Takes data, which must not change afterwards. */
  update(plain: Uint8Array): Promise<void> | undefined
  /** The signature packet: goes behind the literal data. */
  finish(): Promise<Buffer>
  abort(): void
}

/** Begins a signature over binary data by a decrypted key. */
export async function beginSignature(signingKey: PrivateKey): Promise<MessageSigner> {
  const { createMessage, sign, SignaturePacket } = await loadOpenpgp()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  writer.closed.catch(() => undefined)
  const message = await createMessage({ binary: readable })
  const signature = await sign({
    message,
    signingKeys: signingKey,
    detached: true,
    format: 'object',
    config: openpgpConfig,
  })
  const signed: unknown = signature.packets[0]
  if (!(signed instanceof SignaturePacket)) throw new TypeError('openpgp made no signature')
  // The signature sees only the data that is read from the message.
  const read = drain(message.getLiteralData())
  const made = allBytes(signature.write())
  for (const promise of [read, made]) promise.catch(() => undefined)
  let gathered: Uint8Array[] = []
  let held = 0
  const flush = async () => {
    const piece = Buffer.concat(gathered)
    gathered = []
    held = 0
    if (piece.length > 0) await writer.write(piece)
  }
  const body = Buffer.from([3, 0, signed.hashAlgorithm ?? 0, signed.publicKeyAlgorithm ?? 0])
  const issuer = Buffer.from(signed.issuerKeyID.toHex(), 'hex')
  return {
    onePass: packet(tags.onePass, Buffer.concat([body, issuer, Buffer.from([1])])),
    maxBytes: 2048,
    update: (plain) => {
      gathered.push(plain)
      held += plain.length
      return held >= pieceBytes ? flush() : undefined
    },
    finish: async () => {
      await flush()
      const [bytes] = await Promise.all([made, read, writer.close()])
      return bytes
    },
    abort: () => {
      writer.abort().catch(() => undefined)
    },
  }
}

async function drain(stream: unknown): Promise<void> {
  const reader = (stream as ReadableStream<Uint8Array>).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read());
}

async function allBytes(packets: unknown): Promise<Buffer> {
  if (packets instanceof Uint8Array) return Buffer.from(packets)
  const pieces: Uint8Array[] = []
  for await (const piece of packets as AsyncIterable<Uint8Array>) pieces.push(piece)
  return Buffer.concat(pieces)
}
