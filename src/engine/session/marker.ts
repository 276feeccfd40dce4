/**
 * The marker: a small file beside the backups that says who writes here, so that two machines that were given one place
 * find out before they destroy each other's chains. duplicity ignores its name. Not encrypted: it must be readable
 * without a secret. Written only where a request asks for it.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { isErrno, UserError } from '../../lib/errors.ts'
import type { ClaimRequest, EngineContext, MarkerRequest } from '../request.ts'
import { writeCached } from './archive-dir.ts'
import { refuseLost } from './lost-destination.ts'

/** Name of the marker on the destination. */
export const MARKER_NAME = 'duba-marker.json'
/** Name of our copy in the archive directory. */
const COPY_NAME = '.duba-marker.json'
/** More bytes than a marker has: what is longer is none. */
const LONGEST = 64 * 1024

interface Marker {
  readonly version: 1
  readonly host: string
  /** Hash of the machine's identity; null where it has none. */
  readonly machine: string | null
  readonly job: string
  /** ISO 8601, UTC. */
  readonly created: string
  readonly written: string
  /** Another in each run: a clone of this machine knows the one before only. */
  readonly nonce: string
}

/** Our copy. It is written first, and what it stands for may never have got to the destination. */
interface Copy extends Marker {
  /** The nonce that was there before. */
  readonly previous?: string | undefined
}

type Context = Pick<EngineContext, 'backend' | 'archiveDir' | 'names' | 'emit' | 'signal' | 'now'>

/**
 * Compares the marker of the destination with who we are, and writes ours. Unless it is to be taken over, throws before
 * anything was written: MARKER_MISMATCH where it is another machine's, DESTINATION_LOST where our backups are not there.
 */
export async function mark(request: MarkerRequest, dryRun: boolean, context: Context): Promise<void> {
  const found = await readMarker(context)
  const written = new Date(context.now() * 1000).toISOString()
  const { host, machine, job } = request
  const ours: Marker = {
    version: 1,
    host,
    machine: machine ?? null,
    job,
    created: typeof found === 'object' && !isOther(found, request) ? found.created : written,
    written,
    nonce: randomUUID(),
  }
  await judge(found, request, context)
  if (dryRun) return
  await write({ ...ours, previous: typeof found === 'object' ? found.nonce : undefined }, context)
}

/** Throws MARKER_MISMATCH where the backups are not those of whoever claims them. Writes nothing. */
export async function claim(
  request: ClaimRequest,
  context: Pick<EngineContext, 'backend' | 'signal'>,
): Promise<void> {
  const { label } = context.backend
  const found = await readMarker(context)
  if (found === undefined && request.unmarked) return
  if (typeof found === 'object' && !isOther(found, request)) return
  const whose =
    typeof found === 'object'
      ? `The backups at ${label} belong to ${whoIs(found)}`
      : `Nothing at ${label} says whose the backups are`
  throw new UserError('MARKER_MISMATCH', `${whose}: none of them is deleted.`, {
    hint: 'If they may go, let the machine that wrote them delete them, or delete them by hand.',
  })
}

async function judge(
  found: Marker | 'unreadable' | undefined,
  request: MarkerRequest,
  context: Context,
): Promise<void> {
  const { emit, archiveDir, backend } = context
  if (found === undefined) {
    if (!request.takeOver) await refuseLost(context)
    emit({ type: 'marker', state: 'made', detail: '' })
    return
  }
  if (found === 'unreadable') {
    const detail = `${MARKER_NAME} on ${backend.label} cannot be read as a marker, and is replaced`
    emit({ type: 'marker', state: 'unreadable', detail })
    return
  }
  const who = whoIs(found)
  if (isOther(found, request)) {
    if (!request.takeOver) throw mismatch(who, context)
    emit({ type: 'marker', state: 'taken-over', detail: `taken over from ${who}` })
    return
  }
  const known = await readCopy(archiveDir)
  if (known === undefined || known.nonce === found.nonce || known.previous === found.nonce) {
    emit({ type: 'marker', state: 'same', detail: '' })
    return
  }
  const detail = `somebody who calls himself ${who} has written to ${backend.label} since the last run here: a clone of this machine, or another cache directory`
  emit({ type: 'marker', state: 'shared', detail })
}

const whoIs = ({ host, job, written }: Marker): string =>
  `${shown(host)} (job ${shown(job)}, last at ${shown(written)})`

/** Another machine, or, where one of the two is not known, another host; and a machine that has got another name. */
function isOther(found: Marker, { host, machine }: Pick<MarkerRequest, 'host' | 'machine'>): boolean {
  const known = found.machine !== null && machine !== undefined
  return found.host !== host || (known && found.machine !== machine)
}

function mismatch(who: string, { backend }: Context): UserError {
  return new UserError('MARKER_MISMATCH', `The destination ${backend.label} belongs to ${who}.`, {
    hint: 'Two machines must not share a destination: give this one another "dest". If this machine was renamed, reinstalled or replaces that one, run "duba backup --take-over" for the job once.',
  })
}

async function readMarker({
  backend,
  signal,
}: Pick<Context, 'backend' | 'signal'>): Promise<Marker | 'unreadable' | undefined> {
  const size = await backend.size(MARKER_NAME, signal)
  if (size === undefined) return undefined
  if (size > LONGEST) return 'unreadable'
  const pieces: Buffer[] = []
  for await (const piece of (await backend.get(MARKER_NAME, signal)) as AsyncIterable<Buffer>) {
    pieces.push(piece)
  }
  return parse(Buffer.concat(pieces).toString('utf8')) ?? 'unreadable'
}

/** The marker that this archive directory wrote last; undefined: none is known. */
async function readCopy(archiveDir: string): Promise<Copy | undefined> {
  try {
    return parse(await readFile(join(archiveDir, COPY_NAME), 'utf8'))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

async function write(copy: Copy, { backend, archiveDir, signal }: Context): Promise<void> {
  await writeCached(archiveDir, COPY_NAME, (file) => file.writeFile(textOf(copy)))
  const bytes = Buffer.from(textOf({ ...copy, previous: undefined }))
  await backend.put(MARKER_NAME, { size: bytes.length, open: () => Readable.from([bytes]) }, signal)
}

const textOf = (marker: Copy): string => `${JSON.stringify(marker, undefined, 2)}\n`

function parse(text: string): Copy | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined // Not JSON: the caller says that it is no marker.
  }
  return isMarker(value) ? value : undefined
}

function isMarker(value: unknown): value is Copy {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  const texts = ['host', 'job', 'created', 'written', 'nonce']
  const machine = fields['machine']
  return (
    fields['version'] === 1 &&
    texts.every((name) => typeof fields[name] === 'string') &&
    (machine === null || typeof machine === 'string') &&
    ['string', 'undefined'].includes(typeof fields['previous'])
  )
}

/** What stands in a marker is somebody else's text. */
const shown = (text: string): string => text.slice(0, 200)
