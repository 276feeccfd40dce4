/** The sets that interrupted sessions left unfinished in the archive directory. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Manifest } from '../../format/manifest.ts'
import { parseManifest } from '../../format/manifest-parser.ts'
import { hasCode } from '../../lib/errors.ts'
import { identityKey, type RepositoryFile, type SetIdentity } from '../chain/sets.ts'

export interface PartialSet {
  readonly identity: SetIdentity
  /** Name of the `.manifest.part`. */
  readonly manifest: string | undefined
  /** Name of the `.sigtar.part`. */
  readonly signatures: string | undefined
}

/** The partial sets of an archive directory, newest first. */
export function partialSets(local: readonly RepositoryFile[]): PartialSet[] {
  const found = new Map<string, { -readonly [K in keyof PartialSet]: PartialSet[K] }>()
  for (const { name, parsed } of local) {
    if (!parsed.partial || parsed.kind === 'volume') continue
    const { type, start, end, kind } = parsed
    const key = identityKey(parsed)
    const set = found.get(key) ?? {
      identity: { type, start, end },
      manifest: undefined,
      signatures: undefined,
    }
    set[kind] = name
    found.set(key, set)
  }
  return [...found.values()].sort((a, b) => b.identity.end - a.identity.end)
}

/** A partial manifest: what it says, and whether a volume stands in it more than once. */
export interface PartialManifest {
  readonly manifest: Manifest
  readonly repeated: boolean
}

/** Reads a partial manifest; undefined if it is damaged. */
export async function readPartialManifest(
  archiveDir: string,
  name: string,
): Promise<PartialManifest | undefined> {
  const bytes = await readFile(join(archiveDir, name))
  try {
    const manifest = parseManifest(bytes)
    const blocks = bytes.toString('latin1').match(/^volume[ \t]+[0-9]+:/gim)?.length ?? 0
    return { manifest, repeated: blocks > manifest.volumes.length }
  } catch (error) {
    if (!hasCode(error, 'MANIFEST_UNREADABLE')) throw error
    return undefined
  }
}
