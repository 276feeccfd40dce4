/**
 * Makes several names of one file again. A backup stores each name as a file of its own and records which file they were
 * names of; the first that is restored is the file, the others become links to it if they are the same in everything.
 */
import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync } from 'node:fs'
import type { FileRecords } from '../../format/records.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { isErrno, messageOf } from '../../lib/errors.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'

/** Files whose other names have not all come yet. Beyond it the oldest are forgotten, and become separate files. */
const MOST_FILES = 1 << 16
/** Opens a place in the tree without touching what is there; the same number on every Linux. */
const O_PATH = 0o10000000

interface Restored {
  readonly path: ByteString
  readonly dev: bigint
  readonly ino: bigint
  /** Digest of everything that has to be equal. */
  readonly same: string
  /** Names that have not come yet. */
  left: number
}

export class HardLinks {
  readonly #files = new Map<string, Restored>()
  readonly #openParent: (path: ByteString) => { handle: DirectoryHandle; name: ByteString }

  /** `openParent` gives the directory of a path that was restored before; it is closed here. */
  constructor(openParent: (path: ByteString) => { handle: DirectoryHandle; name: ByteString }) {
    this.#openParent = openParent
  }

  /**
   * Makes `name` a link to the first name of the same file, if there is one. False: there is none, or it cannot be
   * linked to, which `onFailure` hears; then the object has to be a file of its own.
   */
  join(
    { header, records }: { readonly header: TarEntry; readonly records: FileRecords },
    parent: DirectoryHandle,
    name: ByteString,
    onFailure: (detail: string) => void,
  ): boolean {
    const { link } = records
    const first = link === undefined ? undefined : this.#files.get(link.file)
    if (link === undefined || first === undefined) return false
    if (first.same !== digestOf(header, records)) return false
    try {
      this.#link(first, parent, name)
    } catch (error) {
      if (!isErrno(error)) throw error
      onFailure(messageOf(error))
      this.#files.delete(link.file)
      return false
    }
    first.left -= 1
    if (first.left === 0) this.#files.delete(link.file)
    return true
  }

  /** Remembers a file that was written, open as `fd`, for the names that follow. */
  remember(path: ByteString, fd: number, header: TarEntry, records: FileRecords): void {
    const { link, sha256 } = records
    if (link === undefined || sha256 === undefined) return
    const { dev, ino } = fstatSync(fd, { bigint: true })
    const oldest = this.#files.size < MOST_FILES ? undefined : this.#files.keys().next().value
    if (oldest !== undefined) this.#files.delete(oldest)
    this.#files.set(link.file, { path, dev, ino, same: digestOf(header, records), left: link.names - 1 })
  }

  #link(first: Restored, parent: DirectoryHandle, name: ByteString): void {
    const { handle, name: firstName } = this.#openParent(first.path)
    try {
      const fd = handle.openFile(firstName, O_PATH | constants.O_NOFOLLOW)
      try {
        // Somebody may have put another file in its place; what is linked is the file that was looked at.
        const { dev, ino } = fstatSync(fd, { bigint: true })
        if (dev !== first.dev || ino !== first.ino) throw replaced(first.path)
        parent.link(fd, name)
      } finally {
        closeSync(fd)
      }
    } finally {
      handle.close()
    }
  }
}

function replaced(path: ByteString): Error {
  const message = `ESTALE: '${path}' is no longer the file that was restored`
  return Object.assign(new Error(message), { code: 'ESTALE', errno: -116 })
}

/** Everything that names of one file share. */
function digestOf(header: TarEntry, records: FileRecords): string {
  const { mode, uid, gid, uname, gname, mtime } = header
  const { sha256, accessAcl, defaultAcl, selinux, xattrs, link } = records
  const exact = String(records.mtime)
  const parts = [
    mode,
    uid,
    gid,
    uname,
    gname,
    mtime,
    exact,
    sha256,
    accessAcl,
    defaultAcl,
    selinux,
    link?.names,
  ]
  return createHash('sha256')
    .update(JSON.stringify([...parts.map((part) => part ?? null), ...xattrs]))
    .digest('base64url')
}
