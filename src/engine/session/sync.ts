/**
 * Brings the archive directory in step with the remote, which is authoritative (archive format §11.2).
 *
 * One difference to duplicity, on purpose: an empty remote listing never empties the cache. A listing that fails to
 * show what is there must not cost the only other copy.
 */
import { lstat, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { baseName } from '../../format/filename.ts'
import { cutSignatures } from '../chain/chains.ts'
import { type Collection, readCollection } from '../chain/collection.ts'
import { plainMetadata } from '../chain/downgrade.ts'
import { chainAt } from '../chain/choose.ts'
import { identityKey, type RepositoryFile } from '../chain/sets.ts'
import { hasCode, isErrno, messageOf, keptOf, UserError } from '../../lib/errors.ts'
import { fetchFile } from '../fetch.ts'
import { demandsSigner, type EngineContext, type SyncRequest } from '../request.ts'
import { cachedName, listArchiveDir, makeWorkDir, removeCached, writeCached } from './archive-dir.ts'
import { examineCache, readThrough } from './cache.ts'
import { Ledger, measure } from './ledger.ts'
import { settleComplete } from './leftovers.ts'

/** Lists both sides and classifies what is there. Warnings are told once, here. */
export async function loadCollection(context: EngineContext): Promise<Collection> {
  const remote = await context.backend.list(context.signal)
  const collection = readCollection(remote, await listArchiveDir(context.archiveDir), context.names)
  for (const warning of collection.warnings) context.emit({ type: 'collection-warning', warning })
  return collection
}

/**
 * Synchronises, then reads the collection again if anything changed. Returns the collection to work with: of the archive
 * directory it holds only what `examineCache` found good, and no primary chain where a file of it could not be had.
 * Throws what the remote and the secrets cause; a damaged remote file is told and gone without.
 */
export async function synchronize(
  context: EngineContext,
  request: SyncRequest,
  loaded: Collection,
): Promise<Collection> {
  const settled = !request.dryRun && (await settleComplete(context, loaded))
  const collection = settled ? await readAgainst(context, loaded) : loaded
  const { archiveDir, emit } = context
  const ledger = await Ledger.read(archiveDir)
  ledger.keepOnly(new Set(collection.local.map(({ name }) => name)))
  const { needed, remove } = planSync(collection, request, demandsSigner(context))
  const faults = new Map(await examineCache(context, collection, { files: needed, ledger }))
  for (const [name, detail] of faults) emit({ type: 'cache-damaged', path: join(archiveDir, name), detail })
  const good = new Set(collection.local.map(({ name }) => name).filter((name) => !faults.has(name)))
  const copy = fetchable(collection, needed).filter((file) => !good.has(cachedName(file)))
  if (copy.length === 0 && remove.length === 0 && faults.size === 0) {
    emit({ type: 'in-sync' })
    await save(context, ledger)
    return collection
  }
  const readAgain = (): Promise<Collection> => readAgainst(context, collection, (name) => !faults.has(name))
  if (request.dryRun) {
    emit({ type: 'sync-planned', copy: copy.map(({ name }) => name), remove })
    return readAgain()
  }
  emit({ type: 'sync-began' })
  for (const name of remove) {
    emit({ type: 'sync-deleted', path: join(archiveDir, name) })
    await removeCached(archiveDir, name)
  }
  const failed = await copyAll(context, copy, { request, faults, ledger, collection })
  await save(context, ledger)
  return withoutFailed(await readAgain(), failed)
}

/** The collection after changes in the archive directory, of whose files those count that are `good`. */
async function readAgainst(
  context: EngineContext,
  { listing }: Collection,
  good: (name: string) => boolean = () => true,
): Promise<Collection> {
  const local = (await listArchiveDir(context.archiveDir)).filter(({ name }) => good(name))
  return readCollection(listing, local, context.names)
}

/**
 * A chain with a file that could not be had is not built upon, and of signatures those are not read that the expected
 * signer did not make. What is damaged stays, so that it is told when it is read.
 */
function withoutFailed(collection: Collection, failed: ReadonlyMap<string, UserError>): Collection {
  const { primary } = collection
  const used = [
    ...(primary?.chain.sets.map(({ manifest }) => manifest) ?? []),
    ...(primary?.signatures.files ?? []),
  ]
  const broken = used.some((file) => file !== undefined && failed.has(cachedName(file)))
  const signatureChains = cutSignatures(
    collection.signatureChains,
    (file) => !hasCode(failed.get(cachedName(file)), 'WRONG_SIGNER'),
  )
  return { ...collection, signatureChains, ...(broken && { primary: undefined }) }
}

/** The ledger spares work; where it cannot be written the work is done again next time. */
async function save(context: EngineContext, ledger: Ledger): Promise<void> {
  await ledger.save().catch((error: unknown) => {
    context.emit({ type: 'note', level: 'warning', text: messageOf(error) })
  })
}

/** What of the remote has content. */
function fetchable(collection: Collection, files: readonly RepositoryFile[]): RepositoryFile[] {
  const empty = new Set(collection.listing.filter(({ size }) => size === 0).map(({ name }) => name))
  return files.filter(({ name }) => !empty.has(name))
}

function planSync(
  collection: Collection,
  request: SyncRequest,
  signed: boolean,
): { needed: RepositoryFile[]; remove: string[] } {
  const isMetadata = ({ parsed }: RepositoryFile): boolean => parsed.kind !== 'volume'
  const remote = collection.remote.filter(isMetadata)
  // Whatever form or state a remote file is in: while its name is there, the cached copy belongs to something.
  const present = new Set(
    collection.classes
      .filter(({ where, class: kind }) => where === 'remote' && kind !== 'foreign' && kind !== 'partial')
      .map(({ name }) => baseName(name)),
  )
  const chain = chainAt(collection.chains, request.time)
  // Of an interrupted session everything is here in parts; its signatures there may not even be readable here.
  const parts = collection.local.filter(({ parsed }) => parsed.partial)
  const interrupted = new Set(parts.map(({ parsed }) => identityKey(parsed)))
  const refused = plainMetadata(collection.remote, signed)
  const needed = remote.filter((file) => {
    const { parsed } = file
    return (
      !refused.has(file) &&
      !(parsed.kind === 'signatures' && interrupted.has(identityKey(parsed))) &&
      (request.mode === 'full' ||
        chain === undefined ||
        (parsed.start <= chain.end && chain.start <= parsed.end))
    )
  })
  const finals = collection.local.filter(({ parsed }) => !parsed.partial).map(({ name }) => name)
  const remove = remote.length === 0 ? [] : finals.filter((name) => !present.has(baseName(name)))
  return { needed, remove: remove.sort() }
}

interface CopyPlan {
  readonly request: SyncRequest
  /** Cached name → why it is fetched again; what was fetched is taken off. */
  readonly faults: Map<string, string>
  readonly ledger: Ledger
  readonly collection: Collection
}

/** Copies files to the archive directory. Returns why some could not be had, by their cached names. */
async function copyAll(
  context: EngineContext,
  files: readonly RepositoryFile[],
  { request, faults, ledger, collection }: CopyPlan,
): Promise<Map<string, UserError>> {
  const sizes = new Map(collection.listing.map(({ name, size }) => [name, size]))
  const failed = new Map<string, UserError>()
  for (const file of files) {
    context.signal.throwIfAborted()
    context.emit({ type: 'sync-copied', name: file.name })
    const name = cachedName(file)
    try {
      await copyToCache(context, file)
      const size = sizes.get(file.name)
      const remote = size === undefined ? undefined : { name: file.name, size }
      ledger.set(name, { ...(await measure(join(context.archiveDir, name))), remote })
      faults.delete(name)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const goesOn =
        hasCode(error, ...damage, ...secrets) ||
        (request.leaveUnsigned === true && hasCode(error, 'WRONG_SIGNER'))
      const why = explained(error, file, faults.get(name))
      if (!goesOn) throw why
      context.emit({ type: 'sync-failed', name: file.name, detail: error.message })
      failed.set(name, why)
    }
  }
  const nothing = request.reading === true ? collection.local.length === 0 : true
  const locked = [...failed.values()].find((error) => hasCode(error, ...secrets))
  if (locked !== undefined && nothing && failed.size === files.length) throw locked
  return failed
}

const damage = ['INTEGRITY', 'ARCHIVE_INVALID', 'HOSTILE_MEMBER', 'MANIFEST_UNREADABLE'] as const
const secrets = ['DECRYPT_FAILED', 'KEY_MISSING', 'GPG_FAILED'] as const

/** The error with the file's name, and why it had to be fetched where that is only for a faulty cached copy. */
function explained(error: UserError, file: RepositoryFile, fault: string | undefined): UserError {
  if (fault === undefined && error.message.includes(file.name)) return error
  const why =
    fault === undefined ? '' : ` has to be fetched again, because its copy in the archive directory ${fault}`
  const text = `${file.name}${why}: ${error.message}`
  return new UserError(error.code, text, {
    cause: error,
    ...keptOf(error),
  })
}

/** Copies one file, which is looked at while it is written. A directory in its place is moved aside. */
async function copyToCache(context: EngineContext, file: RepositoryFile): Promise<void> {
  const fetched = await fetchFile(context, file.name, { sha1: false })
  try {
    const { size: stored } = await stat(fetched.path)
    const plain = await context.crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
    try {
      await moveAside(context, cachedName(file))
      await writeCopy(context, file, { plain, stored })
    } finally {
      await plain[Symbol.asyncIterator]().return?.()
    }
  } catch (error) {
    if (!hasCode(error, 'ARCHIVE_INVALID', 'HOSTILE_MEMBER', 'MANIFEST_UNREADABLE')) throw error
    throw new UserError('ARCHIVE_INVALID', `${file.name} is damaged: ${messageOf(error)}`, { cause: error })
  } finally {
    await fetched.release()
  }
}

/** Bytes that a file may unpack to: more than deflate can make of it. Other compression could make millions of one. */
const roomFor = (stored: number): number => (1 << 25) + 1100 * stored

/** Writes what is read through at the same time: of what is no manifest or signature archive only the beginning. */
async function writeCopy(
  { archiveDir, crypt, signal }: EngineContext,
  file: RepositoryFile,
  { plain, stored }: { readonly plain: AsyncIterable<Buffer>; readonly stored: number },
): Promise<void> {
  const { kind } = file.parsed
  await writeCached(archiveDir, cachedName(file), async (target) => {
    const write = async (bytes: Uint8Array): Promise<void> => {
      await target.writeFile(bytes)
    }
    const seal = crypt.sealLocal(write, kind === 'manifest' ? 'plain' : 'gz')
    async function* written(): AsyncGenerator<Buffer> {
      let left = roomFor(stored)
      for await (const chunk of plain) {
        signal.throwIfAborted()
        left -= chunk.length
        if (left < 0)
          throw new UserError('ARCHIVE_INVALID', `it unpacks to far more than ${stored} bytes can hold`)
        await seal.write(chunk)
        yield chunk
      }
    }
    try {
      await readThrough(kind, written(), { stored, signal })
      await seal.finish()
    } finally {
      seal.abort()
    }
  })
}

/** Makes room for a file where a directory stands; nothing in it is lost. */
async function moveAside(context: EngineContext, name: string): Promise<void> {
  const path = join(context.archiveDir, name)
  const status = await lstat(path).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  })
  if (status?.isDirectory() !== true) return
  const aside = await makeWorkDir(context.archiveDir, '.duba-aside-')
  await rename(path, join(aside, name))
  context.emit({ type: 'cache-damaged', path, detail: `is a directory, moved to ${aside}` })
}
