/** Upload bodies from bytes in memory. */
import { Readable } from 'node:stream'
import type { Body } from '../../src/backend/backend.ts'

export function fileBodyOf(bytes: Buffer): Body {
  return { size: bytes.length, open: () => Readable.from([bytes]) }
}
