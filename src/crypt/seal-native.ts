/**
 * Writes OpenPGP messages in this process: session keys, then protected data (AES-256, MDC) that holds compressed
 * data (ZIP) that holds the literal data, signed where wanted. Nothing is held but the chunks under way.
 */
import { CfbMdcWriter, cfbOverhead } from './cfb-mdc.ts'
import type { AccessPlace, ByteSink, Seal } from './crypt.ts'
import { chunkBytes, Deflater } from './deflate.ts'
import type { MessageHead } from './message-key.ts'
import { tags } from './packet.ts'
import { PartialWriter } from './partial.ts'
import { Output } from './seal-plain.ts'
import type { MessageSigner } from './sign.ts'

/** Old-format header of indeterminate length and algorithm ZIP: raw deflate to the end of the packet around it. */
const compressedHeader = Buffer.from([0x80 | (tags.compressed << 2) | 3, 1])
/** Binary, no name, no time. */
const literalStart = Buffer.from([0x62, 0, 0, 0, 0, 0])
const outerPart = 1 << 17
/** More than all headers and trailers of a message without its session keys. */
const frameSlack = 64 + cfbOverhead

export interface NativeSealOptions {
  readonly level: number
  readonly threads: number
  /** Makes the session key of this message; called once, at once. */
  readonly head: () => Promise<MessageHead>
  /** Signs this message; called once, at once. */
  readonly signer: (() => Promise<MessageSigner>) | undefined
}

/** Begins a message. */
export function sealNative(sink: ByteSink, options: NativeSealOptions): Seal {
  return new NativeSeal(sink, options)
}

class NativeSeal implements Seal {
  readonly #output: Output
  readonly #deflater: Deflater
  readonly #literal = new PartialWriter(tags.literal, chunkBytes)
  readonly #outer = new PartialWriter(tags.protected, outerPart)
  readonly #head: Promise<MessageHead>
  readonly #signer: Promise<MessageSigner> | undefined
  #writer: CfbMdcWriter | undefined
  #headBytes = 4096
  #signatureBytes = 0
  #ready: { readonly signer: MessageSigner | undefined } | undefined

  constructor(sink: ByteSink, options: NativeSealOptions) {
    this.#output = new Output(sink)
    this.#deflater = new Deflater(options.level, options.threads, (bytes) => this.#encrypt(bytes))
    this.#head = options.head()
    this.#signer = options.signer?.()
    // Both are awaited later; a failure until then is not unhandled.
    this.#head.catch(() => undefined)
    this.#signer?.catch(() => undefined)
  }

  get written(): number {
    return this.#output.written
  }

  get pending(): number {
    const inside = this.#deflater.pending + this.#literal.held + this.#outer.held
    return inside + frameSlack + (this.#writer ? 0 : this.#headBytes) + this.#signatureBytes + (inside >> 9)
  }

  /** Parts of the literal packet are copies; only who signs holds on to what it was given. */
  get copies(): boolean {
    return this.#signer === undefined
  }

  write(plain: Uint8Array): Promise<void> | void {
    if (!this.#ready) return this.#writeFirst(plain)
    const signed = this.#ready.signer?.update(plain)
    const room = this.#deflate(this.#literal.push(plain))
    return signed && room ? Promise.all([signed, room]).then(() => undefined) : (signed ?? room)
  }

  async settle(): Promise<void> {
    if (this.#ready) await this.#deflate(this.#literal.flush())
    await this.#deflater.settle()
    for (const frame of this.#outer.flush()) await this.#output.put(frame)
  }

  access(): Promise<AccessPlace | undefined> {
    const frames = this.#literal.flush()
    // The first part of a packet must not be short.
    if (!this.#ready || this.#literal.held > 0) return Promise.resolve(undefined)
    // Who writes on waits for room then.
    this.#deflate(frames)?.catch(() => undefined)
    return new Promise((resolve) => {
      this.#deflater.restart(async () => {
        const writer = await this.#message()
        for (const frame of this.#outer.flush()) await this.#output.put(frame)
        const place = { offset: this.#output.written, before: writer.before().toString('base64url') }
        resolve(this.#outer.held > 0 ? undefined : place)
      })
    })
  }

  async finish(): Promise<void> {
    const { signer } = await this.#begin()
    await this.#deflate(this.#literal.end())
    if (signer) await this.#deflater.write(await signer.finish())
    await this.#deflater.end()
    const writer = await this.#message()
    for (const frame of this.#outer.push(writer.end())) await this.#output.put(frame)
    await this.#output.put(Buffer.concat(this.#outer.end()))
  }

  abort(): void {
    this.#deflater.abort()
    this.#output.abort()
    this.#signer?.then(
      (signer) => {
        signer.abort()
      },
      () => undefined,
    )
  }

  async #writeFirst(plain: Uint8Array): Promise<void> {
    await this.#begin()
    await this.write(plain)
  }

  async #begin(): Promise<{ readonly signer: MessageSigner | undefined }> {
    if (this.#ready) return this.#ready
    const signer = await this.#signer
    this.#ready = { signer }
    if (signer) {
      this.#signatureBytes = signer.maxBytes
      await this.#deflater.write(signer.onePass)
    }
    await this.#deflate(this.#literal.push(literalStart))
    return this.#ready
  }

  #deflate(frames: readonly Buffer[]): Promise<void> | undefined {
    const rooms = frames.flatMap((frame) => this.#deflater.write(frame) ?? [])
    return rooms.length > 1 ? Promise.all(rooms).then(() => undefined) : rooms[0]
  }

  async #encrypt(bytes: Buffer): Promise<void> {
    const writer = await this.#message()
    for (const frame of this.#outer.push(writer.update(bytes))) await this.#output.put(frame)
  }

  /** Writes the head before the first encrypted byte. */
  async #message(): Promise<CfbMdcWriter> {
    if (this.#writer) return this.#writer
    const { session, packets } = await this.#head
    await this.#output.put(packets)
    const writer = new CfbMdcWriter(session)
    this.#writer = writer
    for (const frame of this.#outer.push(writer.begin())) await this.#output.put(frame)
    for (const frame of this.#outer.push(writer.update(compressedHeader))) await this.#output.put(frame)
    return writer
  }
}
