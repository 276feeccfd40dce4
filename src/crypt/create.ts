/**
 * Makes the crypt of the settings: the only file of this folder, beside the contract, that others import.
 */
import { unlink } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { UserError } from '../lib/errors.ts'
import { withEnd } from '../lib/with-end.ts'
import { unsigned } from './check-signer.ts'
import { compareHeads } from './compare.ts'
import type { SessionKey } from './cipher.ts'
import type {
  ByteSink,
  Crypt,
  CryptSettings,
  MessageFacts,
  OpenOptions,
  Seal,
  SecretCheck,
  StoredForm,
} from './crypt.ts'
import { checkHash, decode } from './decode.ts'
import { examineMessage } from './examine.ts'
import { Gpg } from './gpg-process.ts'
import { KeyFiles } from './key-files.ts'
import { Malformed } from './malformed.ts'
import { openGpg } from './open-gpg.ts'
import { NeedsGpg } from './message.ts'
import {
  checkOutside,
  type ForGpg,
  type ForUs,
  prepareForGpg,
  prepareNative,
  readHead,
} from './open-native.ts'
import { ReadingThread, type RunningThread } from './reading-thread.ts'
import { findKey, findRecipients, type FoundKey, type NamedKeys } from './recipients.ts'
import { sealGpg } from './seal-gpg.ts'
import { sealNative } from './seal-native.ts'
import { sealGzip, sealRaw } from './seal-plain.ts'
import { owned, StoredFile } from './stored-file.ts'
import { planWriting, type WritingPlan } from './writing.ts'

/** How the work is spread. */
export interface Spread {
  /** How many chunks are deflated at once; as many as the machine has cores if left out. */
  readonly threads?: number
  /** Starts the thread in which large files are read; without it they are read in this one. */
  readonly startReader?: () => RunningThread
}

/** Makes the crypt of the settings. */
export function createCrypt(settings: CryptSettings, spread: Spread = {}): Crypt {
  return new SettingsCrypt(settings, spread)
}

/** Bytes of a stored file from which on a thread is worth its start. */
const forThread = 1 << 20
const noSecret = { session: undefined, checked: true } as const

class SettingsCrypt implements Crypt {
  readonly #settings: CryptSettings
  readonly #threads: number
  readonly #thread: ReadingThread | undefined
  /** Hashes what the other thread decodes already. */
  readonly #prover: ReadingThread | undefined
  readonly #files: KeyFiles
  readonly #gpg: Gpg
  readonly #open = new Set<StoredFile>()
  #plan: WritingPlan | undefined
  #signer: string | undefined
  #keys: Promise<NamedKeys> | undefined

  constructor(settings: CryptSettings, { threads, startReader }: Spread) {
    this.#settings = settings
    this.#threads = threads ?? availableParallelism()
    this.#thread = startReader && new ReadingThread(startReader)
    this.#prover = startReader && new ReadingThread(startReader)
    this.#files = new KeyFiles(settings.keyFiles)
    this.#gpg = new Gpg(settings)
  }

  get encrypts(): boolean {
    return this.#settings.encryption !== 'none'
  }

  get checksSigner(): boolean {
    return this.#settings.signKey !== undefined
  }

  get form(): StoredForm {
    if (this.encrypts) return 'gpg'
    return this.#settings.compression ? 'gz' : 'plain'
  }

  get signer(): string | undefined {
    return this.#signer
  }

  async prepareWriting(): Promise<void> {
    if (!this.encrypts || this.#plan) return
    const { plan, signer } = await planWriting(this.#sources, () => this.#findKeys())
    this.#plan = plan
    this.#signer = signer
  }

  seal(sink: ByteSink): Seal {
    const { form } = this
    if (form !== 'gpg') return this.sealLocal(sink, form)
    if (!this.#plan) throw new Error('prepareWriting must come before seal')
    if (this.#plan.kind === 'gpg') return sealGpg(sink, this.#plan.options)
    return sealNative(sink, { ...this.#plan.options, level: this.#settings.level, threads: this.#threads })
  }

  sealLocal(sink: ByteSink, form: 'gz' | 'plain'): Seal {
    return form === 'gz' ? sealGzip(sink, this.#settings.level, this.#threads) : sealRaw(sink)
  }

  async open(path: string, form: StoredForm, options: OpenOptions = {}): Promise<AsyncIterable<Buffer>> {
    const file = await StoredFile.open(path)
    this.#open.add(file)
    try {
      const blocks = await this.#decoded(file, form, options)
      return this.#guarded(file, blocks)
    } catch (error) {
      await this.#close(file)
      throw intact(path, error)
    }
  }

  async examine(path: string): Promise<MessageFacts> {
    const file = await StoredFile.open(path)
    try {
      return await examineMessage(file, this.#sources)
    } catch (error) {
      throw intact(path, error)
    } finally {
      await file.close()
    }
  }

  async inspect(path: string): Promise<void> {
    const file = await StoredFile.open(path)
    try {
      await readHead(file)
      await checkOutside(file)
    } catch (error) {
      throw intact(path, error)
    } finally {
      await file.close()
    }
  }

  async compareRecipients(path: string, known: string[] | undefined): Promise<SecretCheck> {
    const file = await StoredFile.open(path)
    try {
      const { header } = await readHead(file)
      const keys = this.#settings.encryption === 'keys' ? await this.#findKeys() : { visible: [], hidden: [] }
      return compareHeads(header.keys, { settings: this.#settings, ...keys, known })
    } catch (error) {
      throw intact(path, error)
    } finally {
      await file.close()
    }
  }

  async describeRecipients(): Promise<string[]> {
    if (this.#settings.encryption !== 'keys') return []
    const { visible, hidden } = await this.#findKeys()
    return [...new Set([...visible, ...hidden].map((key) => key.fingerprint))].sort()
  }

  async close(): Promise<void> {
    await Promise.all([this.#thread?.close(), this.#prover?.close()])
    for (const file of [...this.#open]) await this.#close(file)
    const plan = this.#plan
    this.#plan = undefined
    this.#keys = undefined
    if (plan?.kind === 'gpg') for (const path of plan.temporary) await unlink(path)
  }

  get #sources() {
    return { files: this.#files, gpg: this.#gpg, settings: this.#settings }
  }

  async #decoded(
    file: StoredFile,
    form: StoredForm,
    { checkSigner = false, sha1, proofLater, from, passing = false }: OpenOptions,
  ): Promise<AsyncIterable<Buffer>> {
    const signer = checkSigner ? this.#settings.signKey : undefined
    if (signer !== undefined && form !== 'gpg' && this.encrypts) throw unsigned(file.path, signer)
    // A signature is checked here, and what was checked must be what is read: one open file for both.
    const large = signer === undefined && (await file.size()) >= forThread
    const later = large && sha1 !== undefined && proofLater !== undefined && this.#prover !== undefined
    if (later) proofLater(this.#proof(this.#prover, file.path, sha1))
    const there = large ? await this.#thread?.open(file.path, later ? undefined : sha1) : undefined
    try {
      if (!there && sha1 !== undefined) await checkHash(file, sha1)
      const found = form === 'gpg' ? await this.#prepare(file, signer) : noSecret
      if ('forGpg' in found) {
        there?.stop()
        return await this.#byGpg(file, found)
      }
      const { session, checked } = found
      const proven = checked || sha1 !== undefined
      const place = sha1 !== undefined && signer === undefined ? from : undefined
      const request = { form, session, proven, from: place }
      try {
        return await (there ? there.decode(request, passing) : decode(file, request))
      } catch (error) {
        if (!(error instanceof NeedsGpg)) throw error
        return await this.#byGpg(file, { session: found.session, signer: undefined })
      }
    } catch (error) {
      there?.stop()
      throw error
    }
  }

  async #proof(prover: ReadingThread, path: string, sha1: string): Promise<void> {
    const hashed = await prover.open(path, sha1)
    hashed.stop()
  }

  async #prepare(
    file: StoredFile,
    signKey: string | undefined,
  ): Promise<ForUs | (ForGpg & { readonly signer: FoundKey | undefined })> {
    const signer = signKey === undefined ? undefined : await findKey(this.#sources, signKey)
    const native = this.#settings.implementation === 'auto' && (!signer || signer.key !== undefined)
    const found = await (native
      ? prepareNative(file, this.#sources, signer?.key)
      : prepareForGpg(file, this.#sources))
    return 'forGpg' in found ? { ...found, signer } : found
  }

  async #byGpg(
    file: StoredFile,
    { session, signer }: { session: SessionKey | undefined; signer: FoundKey | undefined },
  ): Promise<AsyncIterable<Buffer>> {
    const { tempDir, passphrase } = this.#settings
    const plain = await openGpg(file, { gpg: this.#gpg, tempDir, passphrase, session, signer })
    this.#open.add(plain)
    return this.#guarded(plain, owned(plain.blocks()))
  }

  /** Closes the file when the reader has had enough, and puts its name into errors. */
  #guarded(file: StoredFile, blocks: AsyncIterable<Buffer>): AsyncIterableIterator<Buffer, void, undefined> {
    return withEnd(blocks, {
      end: () => this.#close(file),
      explain: (error) => intact(file.path, error),
    })
  }

  async #close(file: StoredFile): Promise<void> {
    this.#open.delete(file)
    await file.close()
  }

  #findKeys(): Promise<NamedKeys> {
    this.#keys ??= findRecipients(this.#sources)
    return this.#keys
  }
}

function intact(path: string, error: unknown): unknown {
  if (!(error instanceof Malformed)) return error
  return new UserError('INTEGRITY', `${path} ${error.message}.`, {
    hint: 'Fetch the file again; if it stays so, restore from an older backup or another copy.',
    cause: error,
  })
}
