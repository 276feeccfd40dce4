/**
 * The signatures that an interrupted session wrote, up to a safe point: the metadata and checksums of what its volumes
 * hold, which the source may not hold any more.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { parseSignatureMember } from '../../format/member.ts'
import { comparePaths } from '../../format/path-order.ts'
import { TarReader } from '../../format/tar/reader.ts'
import { hasCode } from '../../lib/errors.ts'
import type { KeptBytes } from './appender.ts'
import type { SafePoint } from './restart-decision.ts'

/**
 * The part of a signature archive (plain tar, maybe torn) that belongs to the volumes before a safe point. Undefined if
 * it does not reach so far, or is not what the journal says.
 */
export async function keptSignatures(path: string, point: SafePoint): Promise<KeptBytes | undefined> {
  const bytes = point.signatures?.bytes ?? (await scan(path, point))
  if (bytes === undefined) return undefined
  const hash = await hashBeginning(path, bytes)
  if (hash === undefined) return undefined
  const expected = point.signatures?.sha256
  return expected === undefined || hash.copy().digest('hex') === expected ? { bytes, hash } : undefined
}

/** Length of the entries up to the point's path, which must be among them; there is none for the inside of a file. */
async function scan(path: string, point: SafePoint): Promise<number | undefined> {
  const reader = new TarReader(createReadStream(path) as AsyncIterable<Buffer>)
  try {
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      const order = comparePaths(parseSignatureMember(entry.name).path, point.path)
      if (order >= 0) return order === 0 ? reader.memberEnd : undefined
    }
    return undefined
  } catch (error) {
    if (!hasCode(error, 'ARCHIVE_INVALID', 'HOSTILE_MEMBER')) throw error
    // Torn before the point.
    return undefined
  } finally {
    await reader.close()
  }
}

async function hashBeginning(path: string, bytes: number): Promise<Hash | undefined> {
  const hash = createHash('sha256')
  let left = bytes
  if (bytes > 0) {
    for await (const chunk of createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      left -= chunk.length
    }
  }
  return left === 0 ? hash : undefined
}
