/**
 * The content of a file from its snapshot and the deltas after it, checked against the checksum that was recorded when the
 * file was read: the sums inside of deltas are short and can be made to collide (docs/security.md).
 */
import { createHash } from 'node:crypto'
import { recordedSha256, recordedSize } from '../../format/records.ts'
import { type DeltaCommand, DeltaParser } from '../../rsync/patch.ts'
import { UserError } from '../../lib/errors.ts'
import { Spool } from '../pack/spool.ts'
import type { SetItem } from './set-reader.ts'

const COPY_PIECE = 1 << 20

/**
 * Yields the content of the last version. Versions in between are held in memory or, if large, in a temporary file.
 * Throws DELTA_INVALID where a delta does not fit, ARCHIVE_INVALID where the sequence begins with a delta, and at the very
 * end HASH_MISMATCH where a volume, and CONTENT_MISMATCH where the content is not what was backed up: until then it must
 * not be trusted.
 */
export async function* contentOf(items: readonly SetItem[], tempDir: string): AsyncGenerator<Buffer> {
  yield* checked(items, tempDir)
  for (const item of items) await item.proven()
}

async function* checked(items: readonly SetItem[], tempDir: string): AsyncGenerator<Buffer> {
  const newest = items.at(-1)
  if (newest === undefined) return
  // Without a checksum to come there is nothing to compute.
  if (newest.whole && newest.records === undefined) {
    yield* assembled(items, tempDir)
    return
  }
  const digest = createHash('sha256')
  let size = 0
  for await (const piece of assembled(items, tempDir)) {
    digest.update(piece)
    size += piece.length
    yield piece
  }
  const { records } = newest
  const expectedSize = recordedSize(records)
  if (expectedSize !== undefined && expectedSize !== size) {
    throw mismatch(`has ${size} bytes instead of ${expectedSize}`)
  }
  const expected = recordedSha256(records)
  if (expected === undefined) return
  const found = digest.digest('base64url')
  if (found !== expected) throw mismatch(`has the SHA-256 ${found} instead of ${expected}`)
}

function mismatch(what: string): UserError {
  return new UserError('CONTENT_MISMATCH', `the content is not what was backed up: it ${what}`, {
    hint: 'The archive was damaged or tampered with, or a file was made so that its changes are not seen: restore an older version.',
  })
}

async function* assembled(items: readonly SetItem[], tempDir: string): AsyncGenerator<Buffer> {
  const [base, ...deltas] = items
  if (base === undefined) return
  if (base.action === 'diff') {
    throw new UserError(
      'ARCHIVE_INVALID',
      'the first patch in its sequence is a delta: the version it builds on is missing',
    )
  }
  if (deltas.length === 0) {
    yield* piecesOf(base)
    return
  }
  let version = new Spool(tempDir)
  try {
    for await (const piece of piecesOf(base)) version.add(Buffer.from(piece))
    for (const [index, delta] of deltas.entries()) {
      if (index === deltas.length - 1) {
        yield* patched(delta, version)
        return
      }
      const next = new Spool(tempDir)
      try {
        for await (const piece of patched(delta, version)) next.add(Buffer.from(piece))
      } catch (error) {
        next.close()
        throw error
      }
      version.close()
      version = next
    }
  } finally {
    version.close()
  }
}

async function* piecesOf(item: SetItem): AsyncGenerator<Buffer> {
  for (;;) {
    const piece = await item.read()
    if (piece === undefined) return
    yield piece
  }
}

/**
 * What a delta may make: nothing in it says how long the file is. An honest one takes at least three bytes to copy a
 * block that is not the next one; blocks are rarely longer than 2 KiB, and 64 KiB are allowed for.
 */
const FREE_BYTES = 64 << 20
const MOST_PER_BYTE = 21_845

/** A delta is read so many bytes at a time, and small pieces are joined up to so many: each may come as a single byte. */
const DELTA_PIECE = 16 << 10
const GATHERED = 64 << 10

async function* patched(delta: SetItem, basis: Spool): AsyncGenerator<Buffer> {
  const parser = new DeltaParser(basis.size)
  let most = FREE_BYTES + 2 * basis.size
  let gathered = Buffer.allocUnsafe(GATHERED)
  let filled = 0
  for await (const chunk of piecesOf(delta)) {
    most += chunk.length * MOST_PER_BYTE
    for (let at = 0; at < chunk.length; at += DELTA_PIECE) {
      for (const command of parser.push(chunk.subarray(at, at + DELTA_PIECE))) {
        if ('copy' in command) most -= command.copy.length
        if (most < 0) {
          throw new UserError('DELTA_INVALID', "The delta makes far more bytes than its own and its base's.")
        }
        for (const piece of bytesOf(command, basis)) {
          if (filled + piece.length > GATHERED) {
            yield gathered.subarray(0, filled)
            gathered = Buffer.allocUnsafe(GATHERED)
            filled = 0
          }
          if (piece.length > GATHERED) yield Buffer.from(piece)
          else {
            gathered.set(piece, filled)
            filled += piece.length
          }
        }
      }
    }
  }
  parser.end()
  if (filled > 0) yield gathered.subarray(0, filled)
}

/** What a command stands for, in pieces that are valid until the next is asked for. */
function* bytesOf(command: DeltaCommand, basis: Spool): Generator<Uint8Array> {
  if ('literal' in command) {
    yield command.literal
    return
  }
  const { offset, length } = command.copy
  for (let done = 0; done < length; done += COPY_PIECE) {
    yield basis.read(offset + done, Math.min(COPY_PIECE, length - done))
  }
}
