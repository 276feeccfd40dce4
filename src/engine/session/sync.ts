/**
 * Brings the archive directory in step with the remote, which is authoritative (archive format §11.2).
 *
 * One difference to duplicity, on purpose: an empty remote listing never empties the cache. A listing that fails to
 * show what is there must not cost the only other copy.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { baseName } from '../../format/filename.ts'
import { type Collection, readCollection } from '../chain/collection.ts'
import { chainAt } from '../chain/choose.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import { hasCode } from '../../lib/errors.ts'
import { fetchFile } from '../fetch.ts'
import type { EngineContext, SyncRequest } from '../request.ts'
import { cachedName, listArchiveDir, writeCached } from './archive-dir.ts'

/** Lists both sides and classifies what is there. Warnings are told once, here. */
export async function loadCollection(context: EngineContext): Promise<Collection> {
  const remote = await context.backend.list(context.signal)
  const collection = readCollection(remote, await listArchiveDir(context.archiveDir), context.names)
  for (const warning of collection.warnings) context.emit({ type: 'collection-warning', warning })
  return collection
}

/** Synchronises, then reads the collection again if anything changed. Returns the collection to work with. */
export async function synchronize(
  context: EngineContext,
  request: SyncRequest,
  collection: Collection,
): Promise<Collection> {
  const { copy, remove } = planSync(collection, request)
  if (copy.length === 0 && remove.length === 0) {
    context.emit({ type: 'in-sync' })
    return collection
  }
  if (request.dryRun) {
    context.emit({ type: 'sync-planned', copy: copy.map(({ name }) => name), remove })
    return collection
  }
  context.emit({ type: 'sync-began' })
  for (const name of remove) {
    const path = join(context.archiveDir, name)
    context.emit({ type: 'sync-deleted', path })
    await rm(path, { force: true })
  }
  for (const file of copy) {
    context.signal.throwIfAborted()
    context.emit({ type: 'sync-copied', name: file.name })
    await copyToCache(context, file).catch((error: unknown) => {
      if (request.leaveUnsigned !== true || !hasCode(error, 'WRONG_SIGNER')) throw error
      const text = `${file.name} is left out: ${error.message}`
      context.emit({ type: 'note', level: 'warning', text })
    })
  }
  return readCollection(collection.listing, await listArchiveDir(context.archiveDir), context.names)
}

function planSync(
  collection: Collection,
  request: SyncRequest,
): { copy: RepositoryFile[]; remove: string[] } {
  const isMetadata = ({ parsed }: RepositoryFile): boolean => parsed.kind !== 'volume'
  const remote = collection.remote.filter(isMetadata)
  // Whatever form or state a remote file is in: while its name is there, the cached copy belongs to something.
  const present = new Set(
    collection.classes
      .filter(({ where, class: kind }) => where === 'remote' && kind !== 'foreign' && kind !== 'partial')
      .map(({ name }) => baseName(name)),
  )
  const empty = new Set(
    collection.classes.filter(({ class: kind }) => kind === 'empty').map(({ name }) => name),
  )
  const finals = new Set(collection.local.map(({ name }) => name))
  const chain = chainAt(collection.chains, request.time)
  const needed = ({ parsed }: RepositoryFile): boolean =>
    request.mode === 'full' || chain === undefined || (parsed.start <= chain.end && chain.start <= parsed.end)
  const copy = remote.filter((file) => needed(file) && !finals.has(cachedName(file)) && !empty.has(file.name))
  const remove = remote.length === 0 ? [] : [...finals].filter((name) => !present.has(baseName(name)))
  return { copy, remove: remove.sort() }
}

async function copyToCache(context: EngineContext, file: RepositoryFile): Promise<void> {
  const fetched = await fetchFile(context, file.name, { sha1: false })
  try {
    const plain = await context.crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
    await writeCached(context.archiveDir, cachedName(file), async (target) => {
      const write = async (bytes: Uint8Array): Promise<void> => {
        await target.writeFile(bytes)
      }
      const seal = context.crypt.sealLocal(write, file.parsed.kind === 'manifest' ? 'plain' : 'gz')
      try {
        for await (const chunk of plain) await seal.write(chunk)
        await seal.finish()
      } finally {
        seal.abort()
      }
    })
  } finally {
    await fetched.release()
  }
}
