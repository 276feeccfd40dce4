/** Deltas and content on their way: in pieces. */
import type { DeltaCommand, DeltaParser } from '../../rsync/patch.ts'

/** Content in pieces that are valid until the next is asked for. */
export type Pieces = AsyncGenerator<Buffer, void, undefined>

/** A delta is parsed so many bytes at a time: each of them may be a command. */
const DELTA_PIECE = 16 << 10

/** The commands that chunks of a delta complete. Throws DELTA_INVALID. */
export function* commandsOf(parser: DeltaParser, chunks: Iterable<Buffer>): Generator<DeltaCommand> {
  for (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += DELTA_PIECE)
      yield* parser.push(chunk.subarray(at, at + DELTA_PIECE))
}
