/**
 * An entry of a directory that is looked up once and then held, for what cannot be opened: links, pipes, devices. What
 * is set is set on what was found, whatever somebody puts under its name meanwhile. Needs `/proc`.
 */
import { chmodSync, chownSync, closeSync, constants, fstatSync, utimesSync } from 'node:fs'
import type { ByteString } from '../lib/bytestring.ts'
import type { DirectoryHandle, EntryKind } from './directory.ts'
import { kindOfMode } from './directory-proc.ts'
import { libc, systemError } from './libc.ts'
import { PathBuffer } from './paths.ts'
import { nodeTime, timesFor } from './times.ts'
import { setAttribute } from './xattr.ts'

const AT_FDCWD = -100
/** Opens a place in the tree without touching what is there; the same number on every Linux. */
const O_PATH = 0o10000000
const paths = new PathBuffer()

/** Calls throw errno errors. */
export interface FoundEntry {
  readonly kind: EntryKind
  chown(uid: number, gid: number): void
  /** Not for links: they have no mode. */
  chmod(mode: number): void
  /** ENOSYS without koffi. */
  setAttribute(name: ByteString, value: ByteString): void
  /** Exact to a microsecond without koffi; the access time stays. */
  utimes(seconds: number, nanoseconds: number): void
  close(): void
}

/** Finds an entry, never what a link points to. Throws errno errors. */
export function findEntry(parent: DirectoryHandle, name: ByteString): FoundEntry {
  const fd = parent.openFile(name, O_PATH | constants.O_NOFOLLOW)
  // The system takes this name for what the descriptor holds, be that a link.
  const here = `/proc/self/fd/${fd}`
  return {
    kind: kindOfMode(fstatSync(fd).mode),
    chown: (uid, gid) => {
      chownSync(here, uid, gid)
    },
    chmod: (mode) => {
      chmodSync(here, mode)
    },
    setAttribute: (attribute, value) => {
      setAttribute({ path: here, follow: true }, attribute, value)
    },
    utimes: (seconds, nanoseconds) => {
      const calls = libc()
      if (calls === undefined) {
        utimesSync(here, nodeTime(fstatSync(fd).atimeMs / 1000), nodeTime(seconds + nanoseconds / 1e9))
      } else if (calls.utimensat(AT_FDCWD, paths.set(here), timesFor(seconds, nanoseconds), 0) < 0) {
        throw systemError(calls.errno(), 'utimes', name)
      }
    },
    close: () => {
      closeSync(fd)
    },
  }
}
