/**
 * A stored file, opened once and read as often as needed: what was checked is what is read.
 */
import { open, type FileHandle } from 'node:fs/promises'

const readBytes = 1 << 20

/** An open file with its path, which is for messages. */
export class StoredFile {
  readonly path: string
  readonly #handle: FileHandle
  #closed: Promise<void> | undefined

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.#handle = handle
  }

  /** Errors are those of node:fs. */
  static async open(path: string): Promise<StoredFile> {
    return new StoredFile(path, await open(path, 'r'))
  }

  /** Takes over an open file. */
  static of(path: string, handle: FileHandle): StoredFile {
    return new StoredFile(path, handle)
  }

  /** The file in blocks of up to 1 MiB, from a position on. A block is valid until the next is asked for. */
  async *blocks(from = 0): AsyncGenerator<Buffer, void, undefined> {
    let position = from
    let buffer = Buffer.allocUnsafe(65536)
    for (;;) {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      position += bytesRead
      // Most files are small; the large ones get large reads.
      if (buffer.length < readBytes && bytesRead === buffer.length) buffer = Buffer.allocUnsafeSlow(readBytes)
    }
  }

  /** Bytes it has now. */
  async size(): Promise<number> {
    return (await this.#handle.stat()).size
  }

  close(): Promise<void> {
    this.#closed ??= this.#handle.close()
    return this.#closed
  }
}

/** Copies of blocks, for receivers that keep what they get. */
export async function* owned(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const block of blocks) yield Buffer.from(block)
}
