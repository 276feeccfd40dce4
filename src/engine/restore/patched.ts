/** Applies a delta to the version before it. */
import { UserError } from '../../lib/errors.ts'
import { DeltaParser } from '../../rsync/patch.ts'
import { Spool } from '../pack/spool.ts'
import { commandsOf, type Pieces } from './delta-commands.ts'
import { copiesOf, PassingBasis, planPassing } from './passing-basis.ts'

export interface PatchOptions {
  readonly tempDir: string
  /** Bytes that may be held of a delta, and as many of its basis. Beyond them the basis goes to a temporary file. */
  readonly memory: number
}

/**
 * What a delta may make: nothing in it says how long the file is. An honest one takes at least three bytes to copy a
 * block that is not the next one; blocks are rarely longer than 2 KiB, and 64 KiB are allowed for.
 */
const FREE_BYTES = 64 << 20
const MOST_PER_BYTE = 21_845

/** Small pieces are joined up to so many bytes: each may come as a single one. */
const GATHERED = 64 << 10
const COPY_PIECE = 1 << 20

/**
 * The version that `delta` makes of `basis`. A short delta is read first: then it is known what it wants, and the basis
 * passes by without being kept. Throws DELTA_INVALID.
 */
export async function* patched(basis: Pieces, delta: Pieces, options: PatchOptions): Pieces {
  try {
    const { pieces, ended } = await firstBytes(delta, options.memory)
    const plan = ended ? planPassing(copiesOf(pieces), options.memory) : undefined
    if (plan !== undefined) yield* gathered(made(pieces, new PassingBasis(basis, plan)))
    else yield* gathered(onSpool(basis, resumed(pieces, delta), options.tempDir))
  } finally {
    await basis.return()
    await delta.return()
  }
}

/** Copies of what a delta has, up to somewhat more than `most` bytes. */
async function firstBytes(delta: Pieces, most: number): Promise<{ pieces: Buffer[]; ended: boolean }> {
  const pieces: Buffer[] = []
  for (let size = 0; size <= most;) {
    const step = await delta.next()
    if (step.done === true) return { pieces, ended: true }
    pieces.push(Buffer.from(step.value))
    size += step.value.length
  }
  return { pieces, ended: false }
}

async function* resumed(first: readonly Buffer[], rest: Pieces): Pieces {
  yield* first
  yield* rest
}

async function* made(delta: readonly Buffer[], basis: PassingBasis): Pieces {
  const parser = new DeltaParser(Infinity)
  const deltaBytes = delta.reduce((sum, { length }) => sum + length, 0)
  let copied = 0
  for (const command of commandsOf(parser, delta)) {
    if ('literal' in command) {
      yield asBuffer(command.literal)
      continue
    }
    for await (const piece of basis.copy(command.copy)) {
      copied += piece.length
      if (copied > FREE_BYTES + 2 * basis.passed + deltaBytes * MOST_PER_BYTE) throw tooMuch()
      yield piece
    }
  }
  parser.end()
}

async function* onSpool(basis: Pieces, delta: Pieces, tempDir: string): Pieces {
  const version = new Spool(tempDir)
  try {
    for await (const piece of basis) version.addPassing(piece)
    const parser = new DeltaParser(version.size)
    const room = Buffer.allocUnsafe(Math.min(COPY_PIECE, version.size))
    let most = FREE_BYTES + 2 * version.size
    for await (const chunk of delta) {
      most += chunk.length * MOST_PER_BYTE
      for (const command of commandsOf(parser, [chunk])) {
        if ('literal' in command) {
          yield asBuffer(command.literal)
          continue
        }
        const { offset, length } = command.copy
        most -= length
        if (most < 0) throw tooMuch()
        for (let done = 0; done < length; done += COPY_PIECE)
          yield version.view(offset + done, length - done, room)
      }
    }
    parser.end()
  } finally {
    version.close()
  }
}

/** Joins small pieces. */
async function* gathered(pieces: Pieces): Pieces {
  const small = Buffer.allocUnsafe(GATHERED)
  let filled = 0
  for await (const piece of pieces) {
    if (filled + piece.length > GATHERED) {
      yield small.subarray(0, filled)
      filled = 0
    }
    if (piece.length > GATHERED) yield piece
    else {
      small.set(piece, filled)
      filled += piece.length
    }
  }
  if (filled > 0) yield small.subarray(0, filled)
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function tooMuch(): UserError {
  return new UserError('DELTA_INVALID', "The delta makes far more bytes than its own and its base's.")
}
