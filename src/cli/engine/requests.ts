/** From the values of options to what the engine is asked. Defaults are those of command line facts §2. */
import { randomInt } from 'node:crypto'
import { defaultLevel } from '../../crypt/deflate.ts'
import type { CryptSettings } from '../../crypt/crypt.ts'
import {
  type BackupRequest,
  conflicts,
  type CheckRequest,
  type CleanupRequest,
  type CompareRequest,
  type ListRequest,
  type ClaimRequest,
  type MarkerRequest,
  type RemoveRequest,
  type ReplicateRequest,
  type RestoreRequest,
  type VerifyRequest,
  type VersionsRequest,
} from '../../engine/request.ts'
import { parseOwnerMap } from '../../engine/restore/owner-map.ts'
import type { FindPattern } from '../../engine/select/find-glob.ts'
import type { OwnerTable } from '../../engine/select/owner.ts'
import { canonicalSource } from '../../engine/select/source-path.ts'
import type { SelectionRule } from '../../engine/select/rules.ts'
import type { NameStyle } from '../../format/filename.ts'
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { decodePath } from '../../lib/path-text.ts'
import type { Command } from './command.ts'
import type { CommandLine } from './command-line.ts'
import type { Environment } from './expand.ts'
import type { Passphrases } from './passphrases.ts'
import { commandLineError } from './usage-error.ts'
import type { OptionValues } from './values.ts'

const MIB = 1024 * 1024
const VOLUME_MIB = 200
const BLOCK_SIZE = 2048

/** Bytes of a volume. */
export function volumeSize(values: OptionValues): number {
  return (values.number('volsize') ?? VOLUME_MIB) * MIB
}

/** Whether one volume is uploaded while the next is made. */
export function asynchronous(values: OptionValues): boolean {
  return values.has('asynchronous-upload') || (values.number('concurrency') ?? 0) > 0
}

/** Request of a backup. */
export function backupRequest(
  { values }: CommandLine,
  { source, kind }: Command & { command: 'backup' },
  rules: readonly SelectionRule[],
): BackupRequest {
  return {
    source: canonicalSource(source),
    kind,
    rules,
    copyLinks: values.has('copy-links'),
    fullIfOlderThan: values.number('full-if-older-than'),
    currentTime: values.number('current-time'),
    volumeSize: volumeSize(values),
    maxBlockSize: values.number('max-blocksize') ?? BLOCK_SIZE,
    allowSourceMismatch: values.has('allow-source-mismatch'),
    recordFileList: !values.has('no-files-changed'),
    numericOwner: values.has('numeric-owner'),
    dryRun: values.has('dry-run'),
    onRecipientsChanged: values.text('on-recipients-changed') === 'full' ? 'full' : 'fail',
    marker: markerOf(values),
    metadataSync: metadataSync(values),
  }
}

/** Request of a restore. */
export function restoreRequest(
  { values, now }: CommandLine,
  { target }: Command & { command: 'restore' },
  owners: OwnerTable,
): RestoreRequest {
  return {
    target: canonicalSource(target),
    path: pathInside(values),
    time: values.number('restore-time') ?? now,
    force: values.has('force'),
    dryRun: values.has('dry-run'),
    numericOwner: values.has('numeric-owner'),
    restoreOwner: !values.has('do-not-restore-ownership'),
    ignoreErrors: values.has('ignore-errors'),
    renames: values
      .pairs('rename')
      .map(([from, to]) => ({ from: withoutSlashes(canonicalSource(from)), to })),
    conflict: conflicts.find((each) => each === values.text('conflict')),
    ownerRules: values.texts('owner-map').flatMap((rules) => parseOwnerMap(rules, owners)),
    stripPrivileges: values.has('strip-privileges'),
    metadataSync: metadataSync(values),
  }
}

/** Request of a verification. */
export function verifyRequest(
  { values, now }: CommandLine,
  { directory }: Command & { command: 'verify' },
  rules: readonly SelectionRule[],
): VerifyRequest {
  return {
    directory: canonicalSource(directory),
    path: pathInside(values),
    time: values.number('restore-time') ?? now,
    rules,
    copyLinks: values.has('copy-links'),
    compareData: values.has('compare-data'),
    numericOwner: values.has('numeric-owner'),
    metadataSync: metadataSync(values),
  }
}

/** Request of a check. */
export function checkRequest({ values }: CommandLine): CheckRequest {
  const percent = values.number('read-data')
  const seed = values.number('sample-seed') ?? randomInt(0x1_0000_0000)
  return { readData: percent === undefined ? undefined : { percent, seed } }
}

/** Request of a listing. */
export function listRequest({ values, now }: CommandLine): ListRequest {
  return {
    time: values.number('restore-time') ?? now,
    path: values.text('below') ?? '',
    find: findPattern(values),
    strictTime: values.has('strict-time'),
    metadataSync: metadataSync(values),
  }
}

/** Request of the versions of paths. */
export function versionsRequest({ values }: CommandLine): VersionsRequest {
  return { path: values.text('below') ?? '', exact: values.has('exact'), find: findPattern(values) }
}

/** Request of a comparison of two moments. */
export function compareRequest({ values, now }: CommandLine): CompareRequest {
  const after = values.number('restore-time') ?? now
  return { before: values.number('before-time') ?? after, after, path: values.text('below') ?? '' }
}

function findPattern(values: OptionValues): FindPattern | undefined {
  const glob = values.text('find')
  return glob === undefined
    ? undefined
    : { glob: decodePath(glob), root: decodePath(values.text('root') ?? '/') }
}

/** Request of a cleanup. */
export function cleanupRequest({ values }: CommandLine): CleanupRequest {
  return {
    force: values.has('force'),
    dryRun: values.has('dry-run'),
    metadataSync: metadataSync(values),
  }
}

/** Request of a removal of old chains. */
export function removeRequest(
  { values }: CommandLine,
  { age, incrementsOnly }: Command & { command: 'remove' },
): RemoveRequest {
  const keepChains = values.number('keep-chains')
  return {
    age,
    incrementsOnly,
    force: values.has('force'),
    dryRun: values.has('dry-run'),
    guard: keepChains === undefined ? undefined : { keepChains },
    abandoned: values.has('abandoned'),
    claim: claimOf(values),
  }
}

/** Request of a replication. */
export function replicateRequest({ values, now }: CommandLine): ReplicateRequest {
  return { time: values.number('restore-time') ?? now, dryRun: values.has('dry-run') }
}

/** How files are named. */
export function nameStyle(values: OptionValues): NameStyle {
  return {
    prefix: values.text('file-prefix') ?? '',
    prefixManifest: values.text('file-prefix-manifest') ?? '',
    prefixArchive: values.text('file-prefix-archive') ?? '',
    prefixSignature: values.text('file-prefix-signature') ?? '',
    form: values.has('short-filenames') ? 'short' : values.has('old-filenames') ? 'old' : 'long',
    timeSeparator: values.timeSeparator,
  }
}

/** Who is encrypted to and who signs. */
export interface Keys {
  readonly encryption: CryptSettings['encryption']
  readonly recipients: readonly string[]
  readonly hiddenRecipients: readonly string[]
  readonly signKey: string | undefined
}

export function keysOf(values: OptionValues): Keys {
  const texts = (list: readonly ByteString[]): string[] => list.map((each) => toText(each))
  const recipients = texts([...values.texts('encrypt-key'), ...values.texts('encrypt-sign-key')])
  const hiddenRecipients = texts(values.texts('hidden-encrypt-key'))
  const toKeys = recipients.length > 0 || hiddenRecipients.length > 0
  return {
    encryption: values.has('no-encryption') ? 'none' : toKeys ? 'keys' : 'symmetric',
    recipients,
    hiddenRecipients,
    signKey: values.lastOf('sign-key', 'encrypt-sign-key'),
  }
}

export interface CryptSurroundings {
  readonly passphrases: Passphrases
  readonly env: Environment
  readonly tempDir: string
}

/** Settings of compression and encryption. */
export function cryptSettings(
  values: OptionValues,
  { passphrases, env, tempDir }: CryptSurroundings,
): CryptSettings {
  return {
    ...keysOf(values),
    ...passphrases,
    compression: !values.has('no-compression'),
    level: between(values, 'compression-level', 1, 9) ?? defaultLevel,
    keyFiles: values.texts('key-file').map((path) => toText(path)),
    implementation: values.text('crypto') === 'gpg' ? 'gpg' : 'auto',
    gpgBinary: toText(values.text('gpg-binary') ?? 'gpg'),
    gpgOptions: values.texts('gpg-options').flatMap((words) => toText(words).split(/\s+/).filter(Boolean)),
    useAgent: values.has('use-agent'),
    env,
    tempDir,
  }
}

/** Threads to compress with; undefined: as many as there are cores. Throws USAGE. */
export function threadsOf(values: OptionValues): number | undefined {
  return between(values, 'threads', 1, 1024)
}

function between(
  values: OptionValues,
  name: 'threads' | 'compression-level',
  least: number,
  most: number,
): number | undefined {
  const given = values.number(name)
  if (given === undefined || (given >= least && given <= most)) return given
  throw commandLineError(`--${name} must be from ${least} to ${most}`)
}

function markerOf(values: OptionValues): MarkerRequest | undefined {
  const marker = writerOf(values)
  return marker && { ...marker.writer, takeOver: values.has('take-over') }
}

/** A removal writes no marker: it asks for one, unless `unmarked` says that none need be there. */
function claimOf(values: OptionValues): ClaimRequest | undefined {
  const marker = writerOf(values)
  return marker && { ...marker.writer, unmarked: marker.fields['unmarked'] === true }
}

function writerOf(values: OptionValues) {
  const given = values.text('marker')
  if (given === undefined) return undefined
  const fields = readMarkerText(toText(given))
  const { host, machine, job } = fields
  if (typeof host !== 'string' || typeof job !== 'string')
    throw commandLineError('--marker needs host and job')
  return { fields, writer: { host, job, machine: typeof machine === 'string' ? machine : undefined } }
}

function readMarkerText(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  } catch {
    // Told below, like any other text that is no object.
  }
  throw commandLineError('--marker must be a JSON object')
}

function metadataSync(values: OptionValues): 'full' | 'partial' {
  return values.text('metadata-sync-mode') === 'full' ? 'full' : 'partial'
}

function pathInside(values: OptionValues): ByteString {
  return withoutSlashes(values.text('file-to-restore') ?? '')
}

function withoutSlashes(path: ByteString): ByteString {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  return trimmed === '.' ? '' : trimmed
}
