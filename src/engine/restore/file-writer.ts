/**
 * Makes one object that is not a directory. A file is written under a name of its own and renamed when it is complete,
 * so that neither a half-written file nor one whose check failed ever has its final name.
 */
import { randomBytes } from 'node:crypto'
import { closeSync } from 'node:fs'
import type { TarEntry } from '../../format/tar/header.ts'
import type { FileRecords } from '../../format/records.ts'
import { showName } from '../../format/show-name.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import type { DirectoryHandle } from '../../sys/directory.ts'
import { findEntry } from '../../sys/found-entry.ts'
import type { HardLinks } from './hard-links.ts'
import { plainWriter, sparseWriter } from './holes.ts'
import { applyMetadata, type MetadataOptions, openFilePlace } from './metadata.ts'
import type { RestoredObject } from './object.ts'

export interface WriteOptions extends MetadataOptions {
  /** Whether what is in the way may be replaced. */
  readonly force: boolean
}

/** Where the other names of files are: the tree that an object belongs to, and its path in it. */
export interface LinkPlace {
  readonly links: HardLinks
  readonly path: ByteString
}

/** Throws errno errors, and what the content throws: then nothing was made. Without `place` files are never linked. */
export async function writeObject(
  parent: DirectoryHandle,
  name: ByteString,
  object: RestoredObject,
  options: WriteOptions,
  place?: LinkPlace,
): Promise<void> {
  const { header } = object
  if (header.type === 'reg') {
    await writeFileObject(parent, name, object, options, place)
    return
  }
  replaceable(parent, name, options.force)
  if (header.type === 'sym') parent.symlink(header.link, name)
  else if (header.type === 'fifo') parent.mkfifo(name, 0o600)
  else if (header.type === 'chr' || header.type === 'blk') {
    parent.mknod(name, header.type, 0o600, header.major, header.minor)
  }
  giveMetadata(parent, name, object, options)
}

/** What cannot be opened is found by its name, once; somebody may have given the name to something else meanwhile. */
function giveMetadata(
  parent: DirectoryHandle,
  name: ByteString,
  object: RestoredObject,
  options: WriteOptions,
): void {
  const found = findEntry(parent, name)
  try {
    if (found.kind !== object.header.type) {
      const message = `ESTALE: '${showName(name)}' was replaced while it was restored`
      throw Object.assign(new Error(message), { code: 'ESTALE', errno: -116 })
    }
    applyMetadata(found, object.header, object.records(), options)
  } finally {
    found.close()
  }
}

async function writeFileObject(
  parent: DirectoryHandle,
  name: ByteString,
  object: RestoredObject,
  options: WriteOptions,
  place: LinkPlace | undefined,
): Promise<void> {
  const temporary = temporaryName()
  const fd = parent.createFile(temporary, 0o600)
  let waiting = temporary
  try {
    try {
      const writer = object.sparse ? sparseWriter(fd) : plainWriter(fd)
      await object.content((piece) => {
        writer.write(piece)
      })
      writer.end()
      const made = { header: object.header, records: object.records() }
      const linked = place === undefined ? undefined : linkTo(made, parent, options, place)
      if (linked !== undefined) {
        parent.unlink(temporary)
        waiting = linked
      } else {
        applyMetadata(openFilePlace(fd), made.header, made.records, options)
        place?.links.remember(place.path, fd, made.header, made.records)
      }
    } finally {
      closeSync(fd)
    }
    if (options.force) {
      replaceable(parent, name, true)
      parent.rename(waiting, name)
    } else parent.renameNew(waiting, name)
    waiting = ''
  } finally {
    if (waiting !== '') parent.unlink(waiting)
  }
}

/** The temporary name under which the file is linked, if it is there already under another. */
function linkTo(
  made: { readonly header: TarEntry; readonly records: FileRecords },
  parent: DirectoryHandle,
  { onUnsettable }: WriteOptions,
  { links }: LinkPlace,
): ByteString | undefined {
  if (made.records.link === undefined) return undefined
  const temporary = temporaryName()
  const onFailure = (detail: string): void => {
    onUnsettable('hard links', detail)
  }
  return links.join(made, parent, temporary, onFailure) ? temporary : undefined
}

/** Nobody guesses the first part; the second makes names differ without asking for randomness for every file. */
const TEMPORARY = `.duba-${randomBytes(8).toString('hex')}`
let serial = 0

function temporaryName(): ByteString {
  serial += 1
  return `${TEMPORARY}-${serial}.tmp`
}

/** Clears the way for a new object, or throws EEXIST. A directory goes only if it is empty. */
function replaceable(parent: DirectoryHandle, name: ByteString, force: boolean): void {
  const present = parent.stat(name)
  if (present === undefined) return
  if (!force)
    throw Object.assign(new Error(`EEXIST: file already exists, '${name}'`), { code: 'EEXIST', errno: -17 })
  if (present.kind === 'dir') parent.rmdir(name)
  else parent.unlink(name)
}
