/** Where a tar block belongs, for the manifest and for whoever has to go on behind it. */
import type { ByteString } from '../../lib/bytestring.ts'

/** The blocks of a file from the first: what was stored of it so far. */
export interface BlockPrefix {
  readonly action: 'snapshot' | 'diff'
  /** Of the headers of block 1 and the SHA-256 of the content of all blocks, lower-case hex. */
  readonly sha256: string
}

/** A block's path, and its number unless it is the only or last block of the file. */
export interface BlockPosition {
  readonly path: ByteString
  readonly block: number | undefined
  /** The blocks up to this one. To be asked before the file's next block is stored. */
  readonly prefix?: () => BlockPrefix
}
