/** What the engine's command line needs of the process it runs in, and the parts it puts together. */
import type { Backend } from '../../backend/backend.ts'
import type { OpenOptions } from '../../backend/open.ts'
import type { BackendUrl } from '../../backend/url.ts'
import type { Crypt, CryptSettings } from '../../crypt/crypt.ts'
import type {
  BackupRequest,
  CheckRequest,
  CleanupRequest,
  CompareRequest,
  EngineContext,
  ListRequest,
  RemoveRequest,
  ReplicateRequest,
  RestoreRequest,
  VerifyRequest,
  VersionsRequest,
} from '../../engine/request.ts'
import type { RestoreResult } from '../../engine/restore/restoration.ts'
import type { OwnerTable } from '../../engine/select/owner.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { Sink } from '../../report/duplicity/report.ts'
import type { RecordLock } from '../../sys/record-lock.ts'
import type { Environment } from './expand.ts'

export interface EngineIo {
  readonly env: Environment
  /** Absolute. */
  readonly cwd: string
  readonly uid: number
  readonly host: EngineContext['host']
  /** Aborted by a signal, whose name is the reason. */
  readonly signal: AbortSignal
  readonly stdout: Sink
  readonly stderr: Sink
  /** A writer for a descriptor that the caller left open; throws the system's error if it is not. */
  readonly openDescriptor: (descriptor: number) => Sink
  /** Everything that comes over a descriptor that the caller left open; throws the system's error. */
  readonly readDescriptor: (descriptor: number) => ByteString
  /** Ends the work, as SIGHUP does, when the other end of this pipe is closed; throws the system's error if it is none. */
  readonly followLifeline: (descriptor: number) => void
  /** A writer that appends to a file; throws the system's error. */
  readonly appendTo: (path: ByteString) => Sink
  /** Seconds since the epoch, with fraction. */
  readonly now: () => number
  /** Seconds, from a clock that never goes back. */
  readonly monotonic: () => number
  /** Whether there is a terminal where a question can be asked. */
  readonly terminal: () => boolean
  /** Asks for a secret, on the terminal or else standard input; undefined: there is nobody to answer. */
  readonly ask: (prompt: string) => Promise<string | undefined>
  /** How many files this process may open; undefined: unknown. */
  readonly openFileLimit: () => number | undefined
}

/** The engine's verbs. */
export interface Verbs {
  backup(request: BackupRequest, context: EngineContext): Promise<unknown>
  restore(
    request: RestoreRequest,
    context: EngineContext,
  ): Promise<Pick<RestoreResult, 'troubles' | 'salvaged'>>
  verify(request: VerifyRequest, context: EngineContext): Promise<{ readonly differences: number }>
  check(request: CheckRequest, context: EngineContext): Promise<{ readonly allGood: boolean }>
  listCurrentFiles(request: ListRequest, context: EngineContext): Promise<unknown>
  versions(request: VersionsRequest, context: EngineContext): Promise<unknown>
  compareStates(request: CompareRequest, context: EngineContext): Promise<unknown>
  collectionStatus(context: EngineContext): Promise<unknown>
  cleanup(request: CleanupRequest, context: EngineContext): Promise<unknown>
  removeOld(request: RemoveRequest, context: EngineContext): Promise<unknown>
  replicate(request: ReplicateRequest, source: Backend, context: EngineContext): Promise<unknown>
}

/** The parts below the command line. Tests put in others. */
export interface EngineParts {
  readonly verbs: Verbs
  readonly openBackend: (url: BackendUrl, options: OpenOptions) => Backend
  readonly createCrypt: (settings: CryptSettings, threads: number | undefined) => Crypt
  readonly lockArchiveDir: (directory: ByteString) => RecordLock
  readonly owners: () => OwnerTable
  /** What this machine cannot do, as sentences. */
  readonly missingSystemCalls: () => readonly string[]
}
