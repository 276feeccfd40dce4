/**
 * The ledger of the archive directory: size and SHA-256 of each cached file that was written or validated here, and the
 * size of the remote file it came from. What the ledger does not confirm is not used before it has been validated, so
 * that a damaged cache is never read as "no files". duplicity ignores the file by its name.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StoredFile } from '../../crypt/stored-file.ts'
import { isErrno } from '../../lib/errors.ts'
import { writeCached } from './archive-dir.ts'

const LEDGER_FILE = '.duba-cache.json'
const VERSION = 1

/** What a file was when it was known to be good. */
export interface LedgerEntry {
  /** Bytes. */
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  /** The remote file with the same content, as it was listed; undefined until the first listing that shows it. */
  readonly remote?: { readonly name: string; readonly size: number } | undefined
}

export class Ledger {
  readonly #dir: string
  readonly #entries: Map<string, LedgerEntry>
  #changed = false

  private constructor(dir: string, entries: Map<string, LedgerEntry>) {
    this.#dir = dir
    this.#entries = entries
  }

  /** Reads the ledger of an archive directory. One that is missing or damaged is as good as empty. */
  static async read(dir: string): Promise<Ledger> {
    let text: string
    try {
      text = await readFile(join(dir, LEDGER_FILE), 'utf8')
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'EISDIR', 'EACCES', 'EIO')) throw error
      text = ''
    }
    return new Ledger(dir, new Map(parseLedger(text)))
  }

  get(name: string): LedgerEntry | undefined {
    return this.#entries.get(name)
  }

  set(name: string, entry: LedgerEntry): void {
    this.#entries.set(name, entry)
    this.#changed = true
  }

  /** Forgets every file but these. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#entries.keys()) {
      if (!names.has(name)) this.#changed = this.#entries.delete(name) || this.#changed
    }
  }

  /** Writes the ledger if anything changed. Throws ARCHIVE_DIR. */
  async save(): Promise<void> {
    if (!this.#changed) return
    const files = Object.fromEntries([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)))
    await writeCached(this.#dir, LEDGER_FILE, async (file) => {
      await file.writeFile(`${JSON.stringify({ version: VERSION, files })}\n`)
    })
    this.#changed = false
  }
}

/** Size and SHA-256 of a file. Throws what reading throws. */
export async function measure(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await StoredFile.open(path)
  try {
    for await (const block of file.blocks()) {
      hash.update(block)
      size += block.length
    }
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

function parseLedger(text: string): [string, LedgerEntry][] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // A damaged ledger confirms nothing: every file is validated again.
    return []
  }
  if (!isRecord(value) || value['version'] !== VERSION || !isRecord(value['files'])) return []
  return Object.entries(value['files']).flatMap(([name, entry]): [string, LedgerEntry][] => {
    if (!isRecord(entry)) return []
    const { size, sha256, remote } = entry
    if (typeof size !== 'number' || typeof sha256 !== 'string') return []
    const known =
      isRecord(remote) && typeof remote['name'] === 'string' && typeof remote['size'] === 'number'
        ? { name: remote['name'], size: remote['size'] }
        : undefined
    return [[name, { size, sha256, remote: known }]]
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
