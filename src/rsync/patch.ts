/** Reading deltas (docs/format/librsync.md §2). */
import { UserError } from '../lib/errors.ts'

/**
 * One step of a delta: bytes to write, or a range of the basis to copy. A long literal comes in several commands.
 * The bytes of a literal are a view of the chunk that was pushed.
 */
export type DeltaCommand =
  { readonly literal: Uint8Array } | { readonly copy: { readonly offset: number; readonly length: number } }

const MAGIC = 0x72730236
const MAGIC_LENGTH = 4
const END = 0x00
const LITERAL_IN_CODE = 0x40
const LITERAL = 0x41
const COPY = 0x45
const LAST_CODE = 0x54

type State = 'magic' | 'code' | 'operands' | 'literal' | 'ended'

/**
 * Reads a delta that arrives in chunks of any size, and checks all that can be checked without the basis: every
 * error is DELTA_INVALID. It holds 17 bytes at most.
 */
export class DeltaParser {
  readonly #basisSize: number
  #state: State = 'magic'
  /** The operands (or the magic) so far, and how many bytes they have in all. */
  readonly #operands = Buffer.alloc(16)
  #have = 0
  #want = MAGIC_LENGTH
  #code = 0
  /** Bytes of the literal still to come. */
  #literalLeft = 0
  /** Bytes of the delta before the chunk in hand: for messages. */
  #read = 0

  /** `basisSize` is the size in bytes of the file to which the delta will be applied. */
  constructor(basisSize: number) {
    this.#basisSize = basisSize
  }

  /** Takes the next bytes of the delta; returns the commands that they complete. */
  push(chunk: Uint8Array): DeltaCommand[] {
    const commands: DeltaCommand[] = []
    for (let at = 0; at < chunk.length;) {
      switch (this.#state) {
        case 'magic':
        case 'operands': {
          const part = chunk.subarray(at, at + this.#want - this.#have)
          this.#operands.set(part, this.#have)
          this.#have += part.length
          at += part.length
          if (this.#have === this.#want) this.#complete(commands, this.#read + at)
          break
        }
        case 'code':
          this.#command(chunk[at] ?? END, this.#read + at)
          at += 1
          break
        case 'literal': {
          const literal = chunk.subarray(at, at + this.#literalLeft)
          commands.push({ literal })
          at += literal.length
          this.#literalLeft -= literal.length
          if (this.#literalLeft === 0) this.#state = 'code'
          break
        }
        case 'ended':
          throw invalid(`has bytes after its end at byte ${this.#read + at}`)
      }
    }
    this.#read += chunk.length
    return commands
  }

  /** Says that the delta is complete. Throws where its end command is missing. */
  end(): void {
    if (this.#state !== 'ended') throw invalid(`is cut short after ${this.#read} bytes`)
  }

  #command(code: number, at: number): void {
    this.#code = code
    this.#have = 0
    this.#state = 'operands'
    if (code === END) this.#state = 'ended'
    else if (code <= LITERAL_IN_CODE) this.#literal(code, at)
    else if (code < COPY) this.#want = 1 << (code - LITERAL)
    else if (code <= LAST_CODE) this.#want = (1 << ((code - COPY) >> 2)) + (1 << ((code - COPY) & 3))
    else throw invalid(`has the reserved command 0x${code.toString(16)} at byte ${at}`)
  }

  /** Acts on the magic or on a command whose operands are all there. */
  #complete(commands: DeltaCommand[], at: number): void {
    if (this.#state === 'magic') {
      if (this.#operands.readUInt32BE(0) !== MAGIC) throw invalid('does not begin as a librsync delta does')
      this.#state = 'code'
    } else if (this.#code < COPY) {
      this.#literal(this.#number(0, this.#want, at), at)
    } else {
      const width = 1 << ((this.#code - COPY) >> 2)
      const offset = this.#number(0, width, at)
      const length = this.#number(width, this.#want - width, at)
      if (length === 0) throw invalid(`has a copy of no bytes before byte ${at}`)
      if (length > this.#basisSize || offset > this.#basisSize - length) {
        throw new UserError(
          'DELTA_INVALID',
          `The delta does not fit: it copies ${length} bytes from offset ${offset} of a file of ${this.#basisSize} bytes.`,
        )
      }
      commands.push({ copy: { offset, length } })
      this.#state = 'code'
    }
  }

  #literal(length: number, at: number): void {
    if (length === 0) throw invalid(`has a literal of no bytes before byte ${at}`)
    this.#literalLeft = length
    this.#state = 'literal'
  }

  #number(start: number, width: number, at: number): number {
    if (width < 8) return this.#operands.readUIntBE(start, width)
    const value = this.#operands.readUInt32BE(start) * 0x100000000 + this.#operands.readUInt32BE(start + 4)
    if (!Number.isSafeInteger(value)) throw invalid(`has a number above 2^53 before byte ${at}`)
    return value
  }
}

function invalid(what: string): UserError {
  return new UserError('DELTA_INVALID', `The delta ${what}.`)
}
