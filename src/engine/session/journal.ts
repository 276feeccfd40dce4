/**
 * The journal of a session in progress: what a later run must know to go on after a kill, beyond the `.part` files that
 * duplicity knows. JSON lines in the archive directory, under a name that duplicity ignores; a torn last line is
 * nothing. Without it a session can be resumed by duplicity's own, more cautious rule.
 */
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../../lib/errors.ts'
import type { SetIdentity } from '../chain/sets.ts'
import type { BlockPrefix } from '../volume/block-position.ts'
import { Appender, type FileDigest } from './appender.ts'

/** Its name in the archive directory, which holds one at most. */
export const JOURNAL_FILE = '.duba-session.jsonl'
/** Its name until it says everything that it has to say from the start. */
const NEW_FILE = '.duba-work-journal'
const VERSION = 1

/** A finished volume. It holds no path: its place stands in the manifest, and `sha1` ties the two together. */
export interface JournalVolume {
  readonly volume: number
  /** Stored bytes. */
  readonly size: number
  /** Of the stored bytes, lower-case hex. */
  readonly sha1: string
  /** The signature archive as it was at this checkpoint; not known of volumes that duplicity wrote. */
  readonly signatures?: FileDigest
  /** If the volume ends inside a file: that file's blocks so far. */
  readonly within?: BlockPrefix
}

/** What a journal says. */
export interface JournalRecord {
  readonly identity: SetIdentity
  /** Fingerprints of the primary keys written to; empty without keys. */
  readonly recipients: readonly string[]
  /** Fingerprint of the primary key that signs; '' where nothing is signed, undefined where that was not recorded. */
  readonly signer: string | undefined
  /** By number, from 1, none left out. */
  readonly volumes: readonly JournalVolume[]
  /** So many volumes, from the first, were found whole on the remote. */
  readonly acknowledged: number
}

/** A journal being written. Throws ARCHIVE_DIR. */
export class Journal {
  readonly #file: Appender

  private constructor(file: Appender) {
    this.#file = file
  }

  /** Begins a journal in place of any other; `known` is what is already true, durable when this resolves. */
  static async begin(
    archiveDir: string,
    known: Pick<JournalRecord, 'identity' | 'recipients' | 'signer'> & Partial<JournalRecord>,
  ): Promise<Journal> {
    const { identity, recipients, signer, volumes = [], acknowledged = 0 } = known
    const path = join(archiveDir, NEW_FILE)
    await rm(path, { force: true })
    const journal = new Journal(new Appender(path))
    journal.#append({ journal: VERSION, ...identity, recipients, signer })
    for (const volume of volumes) journal.#append(volume)
    journal.#append({ acknowledged })
    journal.#file.sync()
    await rename(path, join(archiveDir, JOURNAL_FILE))
    return journal
  }

  /** Records a volume, durably. */
  addVolume(volume: JournalVolume): void {
    this.#append(volume)
    this.#file.sync()
  }

  /** Records that the remote has a volume. Losing this line in a crash of the machine costs time, nothing else. */
  acknowledge(volume: number): void {
    this.#append({ acknowledged: volume })
    this.#file.flush()
  }

  close(): void {
    this.#file.close()
  }

  #append(line: object): void {
    this.#file.append(Buffer.from(`${JSON.stringify(line)}\n`))
  }
}

/** Reads the journal of an archive directory; undefined where there is none or it says nothing. */
export async function readJournal(archiveDir: string): Promise<JournalRecord | undefined> {
  try {
    return parseJournal(await readFile(join(archiveDir, JOURNAL_FILE), 'utf8'))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

export async function removeJournal(archiveDir: string): Promise<void> {
  await rm(join(archiveDir, JOURNAL_FILE), { force: true })
}

/** Reads the lines up to the first that is torn or strange; undefined if that is the head. Never throws. */
export function parseJournal(text: string): JournalRecord | undefined {
  const [head, ...lines] = text.split('\n').map(parseLine)
  if (head?.['journal'] !== VERSION) return undefined
  const { type, start, end, recipients } = head
  if ((type !== 'full' && type !== 'inc') || !isCount(start) || !isCount(end) || !isTexts(recipients))
    return undefined
  const signer = typeof head['signer'] === 'string' ? head['signer'] : undefined
  const volumes: JournalVolume[] = []
  let acknowledged = 0
  for (const line of lines) {
    if (line === undefined) break
    if (isCount(line['acknowledged'])) {
      acknowledged = Math.min(line['acknowledged'], volumes.length)
      continue
    }
    const volume = volumeOf(line)
    if (volume?.volume !== volumes.length + 1) break
    volumes.push(volume)
  }
  return { identity: { type, start, end }, recipients, signer, volumes, acknowledged }
}

type Line = Readonly<Record<string, unknown>>

function parseLine(text: string): Line | undefined {
  try {
    return asLine(JSON.parse(text))
  } catch {
    // A line cut short by a kill: everything before it holds.
    return undefined
  }
}

function asLine(value: unknown): Line | undefined {
  return typeof value === 'object' && value !== null ? (value as Line) : undefined
}

function volumeOf(line: Line): JournalVolume | undefined {
  const { volume, size, sha1 } = line
  if (!isCount(volume) || !isCount(size) || typeof sha1 !== 'string') return undefined
  const signatures = digestOf(asLine(line['signatures']))
  const within = prefixOf(asLine(line['within']))
  return { volume, size, sha1, ...(signatures && { signatures }), ...(within && { within }) }
}

function digestOf(line: Line | undefined): FileDigest | undefined {
  const bytes = line?.['bytes']
  const sha256 = line?.['sha256']
  return isCount(bytes) && typeof sha256 === 'string' ? { bytes, sha256 } : undefined
}

function prefixOf(line: Line | undefined): BlockPrefix | undefined {
  const action = line?.['action']
  const sha256 = line?.['sha256']
  if ((action !== 'snapshot' && action !== 'diff') || typeof sha256 !== 'string') return undefined
  return { action, sha256 }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
