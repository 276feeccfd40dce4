/**
 * What a place for backups must be able to do. One interface, kept by every backend and every wrapper, and checked
 * by one conformance suite (`test/contract/backend-contract.ts`).
 *
 * A repository is a flat set of named files. Names are ASCII unless a prefix option makes them otherwise; a backend
 * treats them as opaque, lists everything it holds, and never interprets them.
 *
 * Errors are `UserError`s: BACKEND_NOT_FOUND, BACKEND_DENIED, BACKEND_NO_SPACE, else BACKEND_ERROR. No message holds
 * a credential. After `close`, every call rejects.
 */
import type { Readable } from 'node:stream'

/** What differs between backends, as data. The conformance suite checks that a claimed trait is true. */
export interface BackendTraits {
  /** A file appears under its name only when it is complete. */
  readonly atomicPut: boolean
  /** How many calls may be under way at once. */
  readonly concurrency: number
  /** `localPath` answers: files can be read in place, without a copy. */
  readonly local: boolean
}

export interface RemoteFile {
  readonly name: string
  /** Bytes, where the listing tells. */
  readonly size: number | undefined
}

/** What is uploaded: it can be opened again, hence retried. */
export interface Body {
  /** Bytes that `open` will yield; a put of fewer or more fails and leaves no file. */
  readonly size: number
  /**
   * Path of a local file that holds just these bytes, is never changed again, and is removed by its owner after the
   * put: a backend on the same file system may link to it instead of copying.
   */
  readonly spare?: string
  open(): Readable
}

export interface Backend {
  /** The place for messages and logs, without credentials. */
  readonly label: string
  readonly traits: BackendTraits
  /** Every file, in no order. An empty or not yet existing place gives an empty list. */
  list(signal: AbortSignal): Promise<RemoteFile[]>
  /** Bytes of one file, or undefined where there is none. */
  size(name: string, signal: AbortSignal): Promise<number | undefined>
  /** Stores a file, replacing one of the same name. Resolves when it is safe; an aborted put changes nothing. */
  put(name: string, body: Body, signal: AbortSignal): Promise<void>
  /** The bytes of one file. BACKEND_NOT_FOUND is thrown before the first byte. */
  get(name: string, signal: AbortSignal): Promise<Readable>
  /** Removes a file. A missing one is no error. */
  delete(name: string, signal: AbortSignal): Promise<void>
  /** The path of a file on this machine as text, where `traits.local` and the path is text; else undefined. */
  localPath(name: string): string | undefined
  close(): Promise<void>
}
