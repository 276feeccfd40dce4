/**
 * One backup session in the archive directory (archive format §8): the growing manifest and signature archive, the
 * checkpoint after each volume, and the end in the order that makes the manifest the commit record.
 *
 * Both files grow under names that nobody recognises. When the first volume is ready they become `….sigtar.part` and
 * `….manifest.part` (signatures first); at the end, after their upload, they get their final names. The journal beside
 * them (`journal.ts`) lets a later run of ours go on where this one was interrupted.
 */
import { createReadStream } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  formatFileListHead,
  formatFileListLine,
  formatManifestHeader,
  formatManifestVolume,
  type ManifestVolume,
} from '../../format/manifest.ts'
import type { ByteSink, Seal } from '../../crypt/crypt.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { SetIdentity } from '../chain/sets.ts'
import type { EngineContext } from '../request.ts'
import { SealedFile } from '../volume/sealed-file.ts'
import { uploadFile } from '../volume/upload.ts'
import type { FinishedVolume } from '../volume/writer.ts'
import { Appender, type KeptBytes } from './appender.ts'
import { makeWorkDir, type SessionNames } from './archive-dir.ts'
import { enterCached } from './cache.ts'
import { Journal, removeJournal } from './journal.ts'

export interface SessionOptions {
  readonly context: EngineContext
  readonly identity: SetIdentity
  readonly names: SessionNames
  readonly hostname: ByteString
  readonly localdir: ByteString
  /** Whether the manifest lists new, changed and deleted regular files. */
  readonly recordFileList: boolean
}

/** Two zero blocks, padded to the record size of tar: the end of a signature archive (§5). */
const TAR_RECORD = 10240

/** Private names in the archive directory; duplicity ignores them. The lock keeps other sessions out. */
const WORK_PREFIX = '.duba-work-'

/** What an interrupted session left that the new one goes on with. */
export interface KeptSession {
  /** The volumes that stay. */
  readonly volumes: readonly ManifestVolume[]
  /** The beginning of the `.sigtar.part` that stays. */
  readonly signatures: KeptBytes
  readonly journal: Journal
}

export class Session {
  readonly #options: SessionOptions
  readonly #workDir: string
  readonly #manifest: Appender
  readonly #signatures: Appender
  readonly #fileList: Appender
  #journal: Journal | undefined
  #listed = 0

  private constructor(options: SessionOptions, workDir: string, kept: KeptSession | undefined) {
    const { context, names, hostname, localdir } = options
    this.#options = options
    this.#workDir = workDir
    this.#journal = kept?.journal
    this.#manifest = new Appender(join(workDir, 'manifest'))
    this.#signatures =
      kept === undefined
        ? new Appender(join(workDir, 'signatures'))
        : new Appender(join(context.archiveDir, names.partSignatures), kept.signatures)
    this.#fileList = new Appender(join(workDir, 'filelist'))
    this.#manifest.append(formatManifestHeader(hostname, localdir))
    for (const volume of kept?.volumes ?? []) this.#manifest.append(formatManifestVolume(volume))
  }

  /** Begins a session; its files live in a private directory inside the archive directory. */
  static async begin(options: SessionOptions): Promise<Session> {
    await removeStale(options.context.archiveDir)
    await removeJournal(options.context.archiveDir)
    const workDir = await makeWorkDir(options.context.archiveDir, WORK_PREFIX)
    return new Session(options, workDir, undefined)
  }

  /** Goes on with a session that was interrupted: its parts are cut back to what is kept. */
  static async resume(options: SessionOptions, kept: KeptSession): Promise<Session> {
    const { archiveDir } = options.context
    await removeStale(archiveDir)
    const workDir = await makeWorkDir(archiveDir, WORK_PREFIX)
    const session = new Session(options, workDir, kept)
    session.#manifest.sync()
    await rename(join(workDir, 'manifest'), join(archiveDir, options.names.partManifest))
    return session
  }

  /** Adds tar bytes to the signature archive: header and, padded, the signature. */
  addSignature(header: Uint8Array, pieces: Iterable<Uint8Array> = []): void {
    this.#signatures.append(header)
    let size = 0
    for (const piece of pieces) {
      this.#signatures.append(piece)
      size += piece.length
    }
    if (size % 512 !== 0) this.#signatures.append(new Uint8Array(512 - (size % 512)))
  }

  /** Notes a regular file for the list at the end of the manifest (§3.6). */
  listFile(status: 'new' | 'changed' | 'deleted', path: ByteString): void {
    if (!this.#options.recordFileList) return
    this.#listed += 1
    this.#fileList.append(formatFileListLine(status, path))
  }

  /** Records a finished volume, durably, before it is uploaded. */
  async recordVolume({ volume, size, within }: FinishedVolume): Promise<void> {
    this.#manifest.append(formatManifestVolume(volume))
    this.#signatures.sync()
    this.#manifest.sync()
    this.#journal ??= await this.#beginJournal()
    this.#journal.addVolume({
      volume: volume.number,
      size,
      sha1: volume.hashes.SHA1 ?? '',
      signatures: this.#signatures.digest(),
      ...(within && { within }),
    })
  }

  /** Notes that a volume is whole on the remote. */
  acknowledge(volume: number): void {
    this.#journal?.acknowledge(volume)
  }

  /** The first checkpoint: from now on the session can be resumed, by duplicity too. */
  async #beginJournal(): Promise<Journal> {
    const { context, names, identity } = this.#options
    await rename(join(this.#workDir, 'signatures'), join(context.archiveDir, names.partSignatures))
    await rename(join(this.#workDir, 'manifest'), join(context.archiveDir, names.partManifest))
    return Journal.begin(context.archiveDir, {
      identity,
      recipients: await context.crypt.describeRecipients(),
      signer: context.crypt.signer ?? '',
    })
  }

  /**
   * Ends the session after the last volume is on the remote: signatures, then the manifest, then the final names. Only
   * the journal stays, for whoever has something to do before the session is forgotten.
   */
  async finish(): Promise<void> {
    const { context, names } = this.#options
    const inArchive = (name: string): string => join(context.archiveDir, name)
    this.#signatures.append(new Uint8Array(trailerSize(this.#signatures.size)))
    this.#signatures.sync()
    this.#signatures.close()
    await this.#appendFileList()
    this.#manifest.sync()
    this.#manifest.close()
    this.#journal?.close()

    const partSignatures = inArchive(names.partSignatures)
    await this.#uploadSealed(partSignatures, names.signatures)
    await this.#compressSignatures(partSignatures, inArchive(names.localSignatures))
    await rm(partSignatures)
    await this.#uploadSealed(inArchive(names.partManifest), names.manifest)
    await rename(inArchive(names.partManifest), inArchive(names.localManifest))
    await enterCached(context, [names.localManifest, names.localSignatures])
    await rm(this.#workDir, { recursive: true, force: true })
  }

  /** Gives up; what a checkpoint recorded stays. */
  async abandon(): Promise<void> {
    try {
      for (const file of [this.#signatures, this.#manifest, this.#fileList, this.#journal]) file?.close()
    } finally {
      await rm(this.#workDir, { recursive: true, force: true })
    }
  }

  async #appendFileList(): Promise<void> {
    this.#fileList.close()
    this.#manifest.append(formatFileListHead(this.#listed))
    for await (const chunk of createReadStream(join(this.#workDir, 'filelist')) as AsyncIterable<Buffer>) {
      this.#manifest.append(chunk)
    }
  }

  /** Uploads a file of the archive directory in the form of the repository. A manifest is never gzipped (§2.1). */
  async #uploadSealed(path: string, name: string): Promise<void> {
    const { context } = this.#options
    const asManifest = name === this.#options.names.manifest && !context.crypt.encrypts
    const temporary = join(context.tempDir, asManifest ? 'manifest' : 'sealed')
    const file = await SealedFile.create(temporary, (sink) =>
      asManifest ? context.crypt.sealLocal(sink, 'plain') : context.crypt.seal(sink),
    )
    const result = await copyInto(path, file)
    await uploadFile(context, name, result.path, result.size)
  }

  async #compressSignatures(path: string, target: string): Promise<void> {
    const { context } = this.#options
    const temporary = join(this.#workDir, 'signatures.gz')
    const begin = (sink: ByteSink): Seal => context.crypt.sealLocal(sink, 'gz')
    await copyInto(path, await SealedFile.create(temporary, begin, 'ARCHIVE_DIR'))
    await rename(temporary, target)
  }
}

async function copyInto(path: string, file: SealedFile): Promise<{ path: string; size: number }> {
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: 256 * 1024,
    }) as AsyncIterable<Buffer>) {
      await file.seal.write(chunk)
    }
    return await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** At least two zero blocks, and a multiple of the record size altogether. */
function trailerSize(size: number): number {
  const room = TAR_RECORD - (size % TAR_RECORD)
  return room < 1024 ? room + TAR_RECORD : room
}

/** Removes what a killed session left under names that only we use. */
async function removeStale(archiveDir: string): Promise<void> {
  for (const name of await readdir(archiveDir)) {
    if (name.startsWith(WORK_PREFIX)) await rm(join(archiveDir, name), { recursive: true, force: true })
  }
}
