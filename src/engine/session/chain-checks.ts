/**
 * What must hold before an incremental is added to a chain: it is the same source, the same host, the manifest that
 * the archive directory holds, and above all the same secrets (archive format §3.7; see docs/decisions).
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Manifest } from '../../format/manifest.ts'
import { fromText, toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno, messageOf, type Remedy, UserError } from '../../lib/errors.ts'
import type { BackupSet, RepositoryFile } from '../chain/sets.ts'
import type { BackupRequest, EngineContext } from '../request.ts'
import { readManifest, readRemoteManifest } from '../restore/plan.ts'
import { fetchFile } from '../fetch.ts'
import { writeCached } from './archive-dir.ts'

/** File in the archive directory that says to which primary keys the newest set was encrypted. */
const RECIPIENTS_FILE = 'duba-recipients.json'
/** Enough for the session key packets of dozens of recipients. */
const HEAD_SIZE = 65536

/**
 * Throws RECIPIENTS_CHANGED, SECRET_MISMATCH, MANIFESTS_DIFFER, HOST_CHANGED or SOURCE_CHANGED. With public keys and
 * an intact archive directory no secret is needed: only the packet headers of the remote manifest are looked at.
 */
export async function checkChain(
  context: EngineContext,
  request: BackupRequest,
  last: BackupSet,
): Promise<void> {
  const file = last.manifest
  if (file === undefined) return
  const { end } = last
  await checkSecrets(context, file, {
    recipients: await recordedRecipients(context, end),
    open: async () => {
      const set = { type: 'full' as const, start: end, end, volumes: new Map(), manifest: file }
      await readRemoteManifest(context, { ...set, encrypted: file.parsed.form === 'gpg' })
    },
  })
  const local = await readManifest(context, last)
  if (!context.crypt.encrypts) compareManifests(local, await readRemoteManifest(context, last))
  if (!request.allowSourceMismatch) checkOrigin(context, request, local)
}

/** What is known of an encrypted file, and how to try the passphrase on it. */
interface SecretTest {
  /** To whom it was encrypted, where that was recorded. */
  readonly recipients: string[] | undefined
  readonly open: () => Promise<void>
}

/** Throws RECIPIENTS_CHANGED or SECRET_MISMATCH unless the present settings would encrypt this file as it is. */
async function checkSecrets(
  context: EngineContext,
  file: RepositoryFile,
  { recipients, open }: SecretTest,
): Promise<void> {
  const { crypt } = context
  const encrypted = file.parsed.form === 'gpg'
  if (encrypted !== crypt.encrypts) {
    throw recipientsChanged(
      encrypted
        ? 'the chain is encrypted, the new set would not be'
        : 'the chain is not encrypted, the new set would be',
    )
  }
  if (!encrypted) return
  const head = await fetchHead(context, file.name)
  try {
    const check = await crypt.compareRecipients(head, recipients)
    if (!check.same) throw recipientsChanged(check.difference)
  } finally {
    await rm(head, { force: true })
  }
  if ((await crypt.describeRecipients()).length > 0) return
  try {
    await open()
  } catch (error) {
    if (!hasCode(error, 'DECRYPT_FAILED', 'KEY_MISSING', 'GPG_FAILED', 'INTEGRITY', 'SECRET_MISSING'))
      throw error
    throw new UserError('SECRET_MISMATCH', `The passphrase does not open ${file.name}: ${messageOf(error)}`, {
      cause: error,
      hint: 'Give the passphrase of the chain in PASSPHRASE, or begin a new chain with a full backup.',
    })
  }
}

/** Whether the present settings would encrypt a volume as it is. */
export async function sealsAlike(
  context: EngineContext,
  volume: RepositoryFile,
  recipients: readonly string[] | undefined,
): Promise<boolean> {
  const open = async (): Promise<void> => {
    const fetched = await fetchFile(context, volume.name, { sha1: false })
    try {
      const plain = await context.crypt.open(fetched.path, volume.parsed.form)
      await plain[Symbol.asyncIterator]().return?.()
    } finally {
      await fetched.release()
    }
  }
  try {
    await checkSecrets(context, volume, { recipients: recipients && [...recipients], open })
    return true
  } catch (error) {
    if (hasCode(error, 'RECIPIENTS_CHANGED', 'SECRET_MISMATCH')) return false
    throw error
  }
}

function recipientsChanged(difference: string): UserError {
  return new UserError('RECIPIENTS_CHANGED', `The chain is encrypted differently: ${difference}.`, {
    hint: 'Ask for a full backup to begin a new chain with the present settings, or give the keys of the chain.',
  })
}

async function fetchHead(context: EngineContext, name: string): Promise<string> {
  const path = join(context.tempDir, 'manifest-head')
  const source = await context.backend.get(name, context.signal)
  await pipeline(
    async function* () {
      let taken = 0
      for await (const chunk of source as AsyncIterable<Buffer>) {
        yield chunk.subarray(0, HEAD_SIZE - taken)
        taken += chunk.length
        if (taken >= HEAD_SIZE) return
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  source.destroy()
  return path
}

function compareManifests(local: Manifest, remote: Manifest): void {
  const numbers = (manifest: Manifest): string =>
    manifest.volumes
      .map(({ number }) => number)
      .sort((a, b) => a - b)
      .join()
  const why =
    numbers(local) !== numbers(remote)
      ? 'different volume numbers'
      : local.hostname !== remote.hostname || local.localdir !== remote.localdir
        ? 'hosts or directories differ'
        : undefined
  if (why === undefined) return
  throw new UserError(
    'MANIFESTS_DIFFER',
    `Fatal Error: Remote manifest does not match local one (${why}).  Either the remote backup set or the local archive directory has been corrupted.`,
    { hint: 'Remove the archive directory of this job: it is rebuilt from the remote.' },
  )
}

/** Throws HOST_CHANGED or SOURCE_CHANGED unless the manifest is of this source. */
export function checkOrigin(context: EngineContext, request: BackupRequest, manifest: Manifest): void {
  const { hostname, fqdn } = context.host
  const host = manifest.hostname
  // In duplicity's frame, with the switch of its command line; operators of duba do not know that.
  const hint: Remedy = {
    engine:
      'Aborting because you may have accidentally tried to backup two different data sets to the same remote location, or using the same archive directory.  If this is not a mistake, use the --allow-source-mismatch switch to avoid seeing this message',
    duba: 'Two sources must not share a destination or a cache directory. If this one was renamed or moved, run "duba backup --take-over" for the job once.',
  }
  if (host !== undefined && host !== fromText(hostname) && host !== fromText(fqdn)) {
    throw new UserError(
      'HOST_CHANGED',
      `Fatal Error: Backup source host has changed.\nCurrent hostname: ${hostname}\nPrevious hostname: ${toText(host)}\n`,
      { extra: `'${hostname}' '${toText(host)}'`, hint },
    )
  }
  const before = manifest.localdir
  if (before !== undefined && before !== request.source) {
    throw new UserError(
      'SOURCE_CHANGED',
      `Fatal Error: Backup source directory has changed.\nCurrent directory: ${toText(request.source)}\nPrevious directory: ${toText(before)}\n`,
      { extra: `'${toText(request.source)}' '${toText(before)}'`, hint },
    )
  }
}

/** Remembers to whom the set that ended at `end` was encrypted: hidden recipients cannot be read from the remote. */
export async function recordRecipients(
  { archiveDir }: Pick<EngineContext, 'archiveDir'>,
  end: number,
  recipients: readonly string[],
): Promise<void> {
  if (recipients.length === 0) return
  await writeCached(archiveDir, RECIPIENTS_FILE, async (file) => {
    await file.writeFile(`${JSON.stringify({ end, recipients })}\n`)
  })
}

async function recordedRecipients(context: EngineContext, end: number): Promise<string[] | undefined> {
  let text: string
  try {
    text = await readFile(join(context.archiveDir, RECIPIENTS_FILE), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
  const record = parseRecord(text)
  // Written for another set: duplicity continued the chain in between, its recipients are not known.
  return record?.end === end ? record.recipients : undefined
}

function parseRecord(text: string): { end: number; recipients: string[] } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('end' in value) || !('recipients' in value))
      return undefined
    const { end, recipients } = value
    if (typeof end !== 'number' || !Array.isArray(recipients)) return undefined
    return { end, recipients: recipients.filter((entry): entry is string => typeof entry === 'string') }
  } catch {
    // A damaged note is as good as none: the comparison then goes by the packet headers alone.
    return undefined
  }
}
