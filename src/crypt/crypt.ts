/**
 * What the engine needs of compression and encryption: two doors, `seal` for writing and `open` for reading.
 * `createCrypt` (in `create.ts`) makes one from settings; nothing above this folder knows packets or gpg.
 */
import type { UserError } from '../lib/errors.ts'

/** The form of a stored file, told by its name: raw, gzip, or an OpenPGP message (archive format §2.6, §12). */
export type StoredForm = 'plain' | 'gz' | 'gpg'

export interface CryptSettings {
  /** `none`: no encryption (gzip or raw); `symmetric`: to a passphrase; `keys`: to recipients. */
  readonly encryption: 'none' | 'symmetric' | 'keys'
  /** For `none`: gzip or raw. OpenPGP messages are always compressed inside. */
  readonly compression: boolean
  /** Deflate level 1–9 for what we write. */
  readonly level: number
  /** Recipients as gpg user ids, key ids or fingerprints. */
  readonly recipients: readonly string[]
  /** Recipients whose key ids are left out of the message. */
  readonly hiddenRecipients: readonly string[]
  /** Signs every file written; on reading, the signer that every volume must have. */
  readonly signKey: string | undefined
  /** Armored or binary OpenPGP key files, searched before the GnuPG keyring. */
  readonly keyFiles: readonly string[]
  readonly passphrase: string | undefined
  readonly signPassphrase: string | undefined
  /** `gpg`: the gpg program does everything; `auto`: bulk work in this process. */
  readonly implementation: 'auto' | 'gpg'
  readonly gpgBinary: string
  readonly gpgOptions: readonly string[]
  /** Let gpg ask its agent: no passphrase is handed over. */
  readonly useAgent: boolean
  /** Environment for gpg (GNUPGHOME, HOME, PATH …). */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Directory for private temporary files. */
  readonly tempDir: string
}

/** Receives stored bytes in order. The next call comes after the promise resolved. */
export type ByteSink = (bytes: Uint8Array) => Promise<void> | void

/** A place in a stored file from which it can be decoded without what comes before (docs/decisions/0010). */
export interface AccessPlace {
  /** Byte offset in the stored file. */
  readonly offset: number
  /**
   * For OpenPGP messages: base64url of the 16 to 31 protected bytes before it that the cipher goes on from, the first 16
   * a whole block; empty for other forms.
   */
  readonly before: string
}

/** One file being written. Calls must not overlap. */
export interface Seal {
  /** Bytes that the sink has received. */
  readonly written: number
  /** Upper bound, in stored bytes, of what was taken but has not reached the sink yet. */
  readonly pending: number
  /** Whether a buffer may be used again when `write` has resolved. */
  readonly copies: boolean
  /** Takes plain bytes; the buffer must not change afterwards, unless `copies`. Waits when too much is under way. */
  write(plain: Uint8Array): Promise<void> | void
  /** Waits until everything taken so far has reached the sink, as far as the implementation can flush. */
  settle(): Promise<void>
  /**
   * Makes a place to enter at where the next byte comes; undefined where this file can have none here. Resolves when what
   * was taken before has reached the sink, at the latest after `finish`; never if the file is given up.
   */
  access(): Promise<AccessPlace | undefined>
  /** Ends the file; after it resolves the sink has everything. */
  finish(): Promise<void>
  /** Gives up: frees threads and processes. Safe at any time and more than once. */
  abort(): void
}

/** What the head of an encrypted file says about who can open it, compared with the present settings. */
export interface SecretCheck {
  readonly same: boolean
  /** For people: which keys were added or removed. */
  readonly difference: string
}

export interface OpenOptions {
  readonly checkSigner?: boolean
  /**
   * Lower-case hex of the SHA-1 that the stored bytes must have, from a source that is believed as much as the file's
   * own protection (a manifest that was itself checked): it is compared before anything else is looked at.
   */
  readonly sha1?: string | undefined
  /**
   * Lets the bytes be given while `sha1` is still being compared, where that is worth it, and gets the promise of the
   * comparison: until it is kept, nothing that was made of the bytes may be believed or get a lasting name. It is
   * rejected as `open` would be.
   */
  readonly proofLater?: (proof: Promise<void>) => void
  /**
   * Begin at this place of the file where that can be done: only together with `sha1`, since of the file's own protection
   * nothing can be checked then; and not where gpg has to decrypt or a signature has to be checked: then everything comes.
   */
  readonly from?: AccessPlace | undefined
  /** Whether the receiver is done with a piece when it asks for the next: its memory may then be filled again. */
  readonly passing?: boolean
}

/** What a message says of itself, unchecked but for its integrity. */
export interface MessageFacts {
  /** Key ids of 16 digits; all zero: a hidden one. */
  readonly recipients: readonly string[]
  /** Whether a passphrase opens it. */
  readonly passphrase: boolean
  /** Who claims to have signed it; undefined: that could not be read here. */
  readonly signers: readonly string[] | undefined
  /** Why nothing at hand opens it; undefined: it was opened, or gpg will. */
  readonly problem: UserError | undefined
}

export interface Crypt {
  /** Whether what `seal` writes is encrypted. */
  readonly encrypts: boolean
  /** Whether `checkSigner` has anybody to expect. Where the settings encrypt, nothing that is not encrypted passes it then. */
  readonly checksSigner: boolean
  /** The form of what `seal` writes. */
  readonly form: StoredForm
  /** Fingerprint of the primary key that signs what `seal` writes; known after `prepareWriting`. */
  readonly signer: string | undefined
  /**
   * Makes sure that everything needed to write is there and usable. Throws KEY_UNUSABLE, SECRET_MISSING or
   * GPG_FAILED. Must be called before `seal`.
   */
  prepareWriting(): Promise<void>
  /** Begins a file in the form of the settings. */
  seal(sink: ByteSink): Seal
  /** Begins a gzip or raw file, whatever the settings (the archive directory is never encrypted). */
  sealLocal(sink: ByteSink, form: 'gz' | 'plain'): Seal
  /**
   * Opens a stored file. Resolves only after the whole file was checked: by its hash where `sha1` is given, else by its
   * integrity protection (MDC, AEAD tags; for `gz` and `plain` there is none); and, if `checkSigner`, its signature by
   * the expected signer, which `gz` and `plain` cannot have: they are refused unless the settings say not to encrypt. The iteration gives the plain bytes and may be ended early, even
   * before it begins, which closes the file; at its end the integrity
   * protection has been checked in any case.
   * Throws HashMismatch, INTEGRITY, DECRYPT_FAILED, KEY_MISSING, WRONG_SIGNER, SECRET_MISSING, GPG_FAILED.
   */
  open(path: string, form: StoredForm, options?: OpenOptions): Promise<AsyncIterable<Buffer>>
  /** Reads an OpenPGP file for what it says of itself. Throws INTEGRITY. */
  examine(path: string): Promise<MessageFacts>
  /** Looks at an OpenPGP file from outside, without a secret: all its packets are there to the end. Throws INTEGRITY. */
  inspect(path: string): Promise<void>
  /**
   * Compares the recipients in the packet headers of an OpenPGP file with the settings, by primary key: a renewed
   * subkey is the same key. Needs no secret key. `known` is what `describeRecipients` gave when the file was written
   * (undefined where not recorded); hidden recipients are compared with it.
   */
  compareRecipients(path: string, known: string[] | undefined): Promise<SecretCheck>
  /** Fingerprints of the primary keys written to, hidden ones too, in a stable order; empty without keys. */
  describeRecipients(): Promise<string[]>
  /** Frees processes and wipes what can be wiped. */
  close(): Promise<void>
}
