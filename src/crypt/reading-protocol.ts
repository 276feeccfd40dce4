/** What the engine's thread and the reading thread say to each other about stored files. All of it can be cloned. */
import { isErrno, messageOf } from '../lib/errors.ts'
import type { DecodeRequest } from './decode.ts'
import { HashMismatch } from './hash-mismatch.ts'
import { Malformed } from './malformed.ts'
import { NeedsGpg } from './message.ts'
import type { Ring } from './ring.ts'

/** To the reading thread. `open` comes first, `decode` once after `opened`, `stop` at any time. */
export type ReadingOrder =
  | { readonly order: 'open'; readonly id: number; readonly path: string; readonly sha1: string | undefined }
  | { readonly order: 'decode'; readonly id: number; readonly request: DecodeRequest; readonly ring: Ring }
  /** So many slots of the ring may be filled again. */
  | { readonly order: 'taken'; readonly id: number; readonly slots: number }
  | { readonly order: 'stop'; readonly id: number }

/**
 * From the reading thread. A piece is in the next slot of the ring, and so long. `end` and `failed` come last: from then
 * on the ring is not touched.
 */
export type ReadingReport =
  | { readonly report: 'opened' | 'begun' | 'end'; readonly id: number }
  | { readonly report: 'piece'; readonly id: number; readonly bytes: number }
  | { readonly report: 'failed'; readonly id: number; readonly failure: Failure }

/** What is used of a MessagePort, or of a Worker. */
export interface ReadingPort {
  postMessage(message: ReadingOrder | ReadingReport): void
  on(event: 'message' | 'close', listener: (message: unknown) => void): unknown
}

type Failure =
  | { readonly kind: 'hash'; readonly actual: string }
  | { readonly kind: 'malformed' | 'needs-gpg'; readonly message: string }
  | { readonly kind: 'system'; readonly message: string; readonly code: string; readonly errno: number }
  | { readonly kind: 'other'; readonly message: string; readonly stack: string }

/** An error as data: what callers tell apart survives. */
export function failureOf(error: unknown): Failure {
  const message = messageOf(error)
  if (error instanceof HashMismatch) return { kind: 'hash', actual: error.actual }
  if (error instanceof Malformed) return { kind: 'malformed', message }
  if (error instanceof NeedsGpg) return { kind: 'needs-gpg', message }
  if (isErrno(error)) return { kind: 'system', message, code: error.code ?? '', errno: error.errno ?? 0 }
  return { kind: 'other', message, stack: (error as Partial<Error>).stack ?? '' }
}

/** The error that a failure was. */
export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'hash':
      return new HashMismatch(failure.actual)
    case 'malformed':
      return new Malformed(failure.message)
    case 'needs-gpg':
      return new NeedsGpg(failure.message)
    case 'system':
      return Object.assign(new Error(failure.message), { code: failure.code, errno: failure.errno })
    case 'other':
      return Object.assign(new Error(failure.message), { stack: failure.stack })
  }
}
