/** Files that duplicity 0.8.22 wrote, for the tests of the formats. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { UserError } from '../../../src/lib/errors.ts'

const root = join(import.meta.dirname, '../../fixtures/format')

/** Names of the files of a scenario that hold tar, in order. */
export function archiveNames(scenario: string): string[] {
  return readdirSync(join(root, scenario))
    .filter((name) => name.includes('tar'))
    .sort()
}

/** The bytes of a file, decompressed if its name says so. */
export function fixture(scenario: string, name: string): Buffer {
  const bytes = readFileSync(join(root, scenario, name))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** The bytes as a source that gives pieces of at most `size` bytes. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}

/** The code of the `UserError` that the action throws; 'none' if it throws nothing. */
export function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return codeOfError(error)
  }
  return 'none'
}

/** The same for an action that gives a promise. */
export async function codeOfAsync(action: () => Promise<unknown>): Promise<string> {
  try {
    await action()
  } catch (error) {
    return codeOfError(error)
  }
  return 'none'
}

function codeOfError(error: unknown): string {
  if (error instanceof UserError) return error.code
  throw error
}
