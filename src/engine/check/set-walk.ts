/**
 * Walks the volumes of one set member by member, as a restore of the whole set would read them: names, order, blocks
 * of large files across volumes, deltas, and the recorded checksum of every file that is stored whole.
 */
import { createHash, type Hash } from 'node:crypto'
import { type ManifestVolume, mayContain } from '../../format/manifest.ts'
import { parseVolumeMember, type VolumeMember } from '../../format/member.ts'
import { comparePaths } from '../../format/path-order.ts'
import { type FileRecords, parseRecords } from '../../format/records.ts'
import { showName } from '../../format/show-name.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { hasCode } from '../../lib/errors.ts'
import { DeltaParser } from '../../rsync/patch.ts'
import type { Findings } from './findings.ts'
import { type MemberKind, MemberList } from './member-list.ts'

/** A path whose blocks are being read. */
interface OpenPath {
  readonly path: ByteString
  readonly action: VolumeMember['action']
  /** Number of the last block; undefined for a member that is whole. */
  block: number | undefined
  /** Whether blocks of it were not read. */
  partial: boolean
  readonly firstSize: number
  lastSize: number
  size: number
  readonly content: Hash | undefined
  readonly delta: DeltaParser | undefined
  records: FileRecords | undefined
}

export class SetWalk {
  readonly #type: 'full' | 'inc'
  readonly #findings: Findings
  readonly #members = new MemberList()
  #open: OpenPath | undefined
  #last: ByteString | undefined
  /** Volumes before the present one were not read. */
  #gap = false
  #everRead = true
  #outside = 0

  constructor(type: 'full' | 'inc', findings: Findings) {
    this.#type = type
    this.#findings = findings
  }

  /** Reads a volume to its end. Throws ARCHIVE_INVALID and what the source throws; the rest of it then is a gap. */
  async volume(
    volume: ManifestVolume | undefined,
    plain: AsyncIterable<Buffer>,
    behindEnd?: number,
  ): Promise<void> {
    const reader = new TarReader(plain, behindEnd === undefined ? {} : { behindEnd })
    this.#outside = 0
    for (let header = await reader.next(); header !== undefined; header = await reader.next()) {
      const member = this.#nameOf(header)
      if (member === undefined) continue
      this.#begin(member, header)
      if (volume !== undefined && !mayContain(volume, member.path)) this.#tellOutside(volume, member.path)
      await this.#body(reader)
    }
  }

  /** A volume, or the rest of one, is not read. */
  skip(): void {
    if (this.#open !== undefined) this.#open.partial = true
    this.#gap = true
    this.#everRead = false
  }

  /** After the last volume: the fingerprint of all paths, if every volume was read. */
  finish(): string | undefined {
    this.#end()
    return this.#everRead ? this.#members.digest() : undefined
  }

  #nameOf(header: TarEntry): VolumeMember | undefined {
    try {
      return parseVolumeMember(header.name)
    } catch (error) {
      if (!hasCode(error, 'HOSTILE_MEMBER', 'ARCHIVE_INVALID')) throw error
      this.#findings.damage('hostile', error.message)
      return undefined
    }
  }

  #begin(member: VolumeMember, header: TarEntry): void {
    const open = this.#open
    const { path, action, block } = member
    if (open?.block !== undefined && open.path === path && open.action === action && block !== undefined) {
      if (block !== open.block + 1 && !this.#gap) this.#lacksBlocks(path, open.block, block)
      if (block !== open.block + 1) open.partial = true
      open.block = block
      open.lastSize = header.size
      open.records = this.#recordsOf(path, header)
      this.#gap = false
      return
    }
    this.#end()
    if (this.#last !== undefined && comparePaths(this.#last, path) >= 0) {
      const text = `"${showName(path)}" stands twice or out of order in the volumes; a restore leaves this copy out.`
      this.#findings.damage('order', text)
    } else if (this.#last === undefined && !this.#gap && this.#type === 'full' && path !== '') {
      this.#findings.damage('order', 'The set does not begin with the root directory.')
    }
    if (this.#type === 'full' && action === 'diff')
      this.#findings.damage('archive', `"${showName(path)}" is a delta in a full backup.`)
    const headless = block !== undefined && block > 1
    if (headless && !this.#gap) this.#lacksBlocks(path, 0, block)
    this.#last = path
    this.#gap = false
    this.#members.add(path, kindOf(action, header))
    const regular = header.type === 'reg' && !headless
    this.#open = {
      path,
      action,
      block,
      partial: headless,
      firstSize: header.size,
      lastSize: header.size,
      size: 0,
      content: regular && action === 'snapshot' ? createHash('sha256') : undefined,
      delta: regular && action === 'diff' ? new DeltaParser(Number.MAX_SAFE_INTEGER) : undefined,
      records: this.#recordsOf(path, header),
    }
  }

  async #body(reader: TarReader): Promise<void> {
    const open = this.#open
    if (open === undefined) return
    for (let piece = await reader.read(); piece !== undefined; piece = await reader.read()) {
      open.size += piece.length
      if (open.partial) continue
      open.content?.update(piece)
      try {
        open.delta?.push(piece)
      } catch (error) {
        if (!hasCode(error, 'DELTA_INVALID')) throw error
        this.#findings.damage('archive', `"${showName(open.path)}": ${error.message}`)
        open.partial = true
      }
    }
  }

  /** Judges a path of which nothing more comes. */
  #end(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined || open.partial) return
    const shown = `"${showName(open.path)}"`
    try {
      open.delta?.end()
    } catch (error) {
      if (!hasCode(error, 'DELTA_INVALID')) throw error
      this.#findings.damage('archive', `${shown}: ${error.message}`)
    }
    // The last block of a file is shorter than the others, if need be empty.
    if (open.block !== undefined && open.lastSize > 0 && open.lastSize >= open.firstSize)
      if (open.block > 1 || open.firstSize % 65536 === 0)
        this.#findings.suspicion('blocks', `${shown} may be cut short: its last block is a full one.`)
    if (open.content === undefined) return
    const { sha256, size } = open.records ?? {}
    if (size !== undefined && size !== open.size)
      this.#findings.damage(
        'content',
        `${shown} has ${open.size} bytes in the volumes, ${size} when it was read.`,
      )
    else if (sha256 !== undefined && sha256 !== open.content.digest('base64url'))
      this.#findings.damage('content', `${shown} is not what was read: its SHA-256 is another.`)
  }

  #recordsOf(path: ByteString, header: TarEntry): FileRecords | undefined {
    try {
      return parseRecords(header.records, (what) => {
        this.#findings.suspicion('records', `"${showName(path)}": ${what}.`)
      })
    } catch (error) {
      if (!hasCode(error, 'ARCHIVE_INVALID')) throw error
      this.#findings.damage('content', `"${showName(path)}": ${error.message}.`)
      return undefined
    }
  }

  #lacksBlocks(path: ByteString, last: number, next: number): void {
    const text = `"${showName(path)}" lacks blocks ${last + 1} to ${next - 1}.`
    this.#findings.damage('blocks', text)
  }

  #tellOutside(volume: ManifestVolume, path: ByteString): void {
    this.#outside += 1
    if (this.#outside > 1) return
    const text = `Volume ${volume.number} holds "${showName(path)}", outside of what the manifest says: restores of single paths miss it.`
    this.#findings.suspicion('order', text)
  }
}

function kindOf(action: VolumeMember['action'], header: TarEntry): MemberKind {
  if (action === 'deleted') return 'deleted'
  return header.type === 'reg' ? 'regular' : 'other'
}
