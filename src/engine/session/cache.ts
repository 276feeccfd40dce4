/**
 * The one door to cached manifests and signature archives: a file is used only if it is what the ledger says, or, where
 * another program wrote it, after it has been read through once (archive format §11.2).
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type Manifest } from '../../format/manifest.ts'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { TarReader } from '../../format/tar/reader.ts'
import { hasCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { Collection } from '../chain/collection.ts'
import { type RepositoryFile, unlistedVolumes } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { cachedName } from './archive-dir.ts'
import { Ledger, measure } from './ledger.ts'

/** Why a cached file must not be used, in words that follow its name. */
export type CacheFaults = ReadonlyMap<string, string>

/**
 * Looks at the cached copies of these remote files. Returns the names of the faulty ones; the others are in the ledger
 * afterwards.
 */
export async function examineCache(
  context: EngineContext,
  collection: Collection,
  { files, ledger }: { readonly files: readonly RepositoryFile[]; readonly ledger: Ledger },
): Promise<CacheFaults> {
  const present = new Set(collection.local.map(({ name }) => name))
  const sizes = new Map(collection.listing.map(({ name, size }) => [name, size]))
  const faults = new Map<string, string>()
  for (const file of files) {
    const name = cachedName(file)
    if (!present.has(name)) continue
    context.signal.throwIfAborted()
    const size = sizes.get(file.name)
    // An empty remote file has nothing that could be fetched.
    const remote = size === undefined || size === 0 ? undefined : { name: file.name, size }
    const fault = await examine(context, { name, file, remote, ledger, collection })
    if (fault !== undefined) faults.set(name, fault)
  }
  return faults
}

interface Examined {
  readonly name: string
  readonly file: RepositoryFile
  readonly remote: { readonly name: string; readonly size: number } | undefined
  readonly ledger: Ledger
  readonly collection: Collection
}

async function examine(context: EngineContext, subject: Examined): Promise<string | undefined> {
  const { name, file, remote, ledger } = subject
  const path = join(context.archiveDir, name)
  const entry = ledger.get(name)
  let found: { size: number; sha256: string }
  try {
    found = await measure(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return `cannot be read: ${messageOf(error)}`
  }
  if (entry === undefined) {
    const fault = await validateCached(context, file, (manifest) => namesTooFew(subject, manifest))
    if (fault === undefined) ledger.set(name, { ...found, remote })
    return fault
  }
  if (found.size !== entry.size || found.sha256 !== entry.sha256)
    return 'is not what was written there: it was damaged or replaced'
  const { remote: known } = entry
  if (remote === undefined) return undefined
  if (known?.name === remote.name && known.size !== remote.size)
    return `belongs to a remote file of ${known.size} bytes, which has ${remote.size} bytes now`
  if (known?.name !== remote.name) ledger.set(name, { ...found, remote })
  return undefined
}

/** A manifest that names fewer volumes than there are is cut short, or of another repository. */
function namesTooFew({ file, collection }: Examined, manifest: Manifest): string | undefined {
  const sets = collection.chains.flatMap((chain) => chain.sets)
  const set = sets.find((each) => each.manifest === file)
  const unlisted = set === undefined ? [] : unlistedVolumes(set, manifest)
  return unlisted.length === 0 ? undefined : `does not name the volumes ${unlisted.join(', ')} of its set`
}

/** Reads a cached file through. Returns what is wrong; of a manifest that is sound in itself, what `judge` says. */
async function validateCached(
  context: EngineContext,
  file: RepositoryFile,
  judge: (manifest: Manifest) => string | undefined,
): Promise<string | undefined> {
  const path = join(context.archiveDir, cachedName(file))
  const { kind } = file.parsed
  const { signal } = context
  try {
    const plain = kind === 'manifest' ? createReadStream(path) : await context.crypt.open(path, 'gz')
    const manifest = await readThrough(kind, plain, { signal })
    return manifest && judge(manifest)
  } catch (error) {
    if (!hasCode(error, 'INTEGRITY', 'ARCHIVE_INVALID', 'HOSTILE_MEMBER', 'MANIFEST_UNREADABLE')) throw error
    return `is damaged: ${messageOf(error)}`
  }
}

/**
 * Reads the plain bytes of a manifest or signature archive to their end. Returns what a manifest says. Throws ARCHIVE_INVALID, HOSTILE_MEMBER,
 * MANIFEST_UNREADABLE, and what the bytes throw.
 */
export async function readThrough(
  kind: RepositoryFile['parsed']['kind'],
  plain: AsyncIterable<Buffer>,
  { stored, signal }: { readonly stored?: number; readonly signal: AbortSignal },
): Promise<Manifest | undefined> {
  if (kind === 'manifest') {
    return parseManifestPieces(plain, { signal, ...(stored !== undefined && { stored }) })
  }
  const reader = new TarReader(plain)
  try {
    while ((await reader.next()) !== undefined) signal.throwIfAborted()
  } finally {
    await reader.close()
  }
  return undefined
}

/**
 * The cached copy of a manifest; undefined where there is none that can be trusted, which is told: then the remote one
 * counts.
 */
export async function readCachedManifest(
  context: EngineContext,
  file: RepositoryFile,
  ledger: Ledger,
): Promise<Manifest | undefined> {
  const name = cachedName(file)
  const path = join(context.archiveDir, name)
  try {
    const entry = ledger.get(name)
    if (entry !== undefined && (await measure(path)).sha256 !== entry.sha256)
      throw new UserError('MANIFEST_UNREADABLE', 'it is not what was written there')
    return await parseManifestPieces(createReadStream(path))
  } catch (error) {
    if (hasCode(error, 'MANIFEST_UNREADABLE') || isErrno(error, 'EISDIR', 'EIO', 'EACCES'))
      context.emit({ type: 'cache-damaged', path, detail: `is not used: ${messageOf(error)}` })
    else if (!isErrno(error, 'ENOENT')) throw error
    return undefined
  }
}

/** Enters finished files of the archive directory into the ledger. A failure to do so costs time later, nothing else. */
export async function enterCached(context: EngineContext, names: readonly string[]): Promise<void> {
  try {
    const ledger = await Ledger.read(context.archiveDir)
    for (const name of names) ledger.set(name, await measure(join(context.archiveDir, name)))
    await ledger.save()
  } catch (error) {
    const text = `The ledger of the archive directory was not written: ${messageOf(error)}`
    context.emit({ type: 'note', level: 'warning', text })
  }
}
