/** Checks the signature archive of a set: decodes to its end, in order, and names the files that the manifest names. */
import type { FileListEntry, FileStatus } from '../../format/manifest.ts'
import { parseSignatureMember, type SignatureAction } from '../../format/member.ts'
import { comparePaths } from '../../format/path-order.ts'
import { showName } from '../../format/show-name.ts'
import { TarReader } from '../../format/tar/reader.ts'
import type { ByteString } from '../../lib/bytestring.ts'
import { toText } from '../../lib/bytestring.ts'
import { hasCode } from '../../lib/errors.ts'
import { HEADER_LENGTH, parseSignatureHeader } from '../../rsync/signature-header.ts'
import { type MemberKind, MemberList } from './member-list.ts'
import type { Opener } from './opener.ts'
import type { SetCheck } from './set-check.ts'

const kinds: Readonly<Record<SignatureAction, MemberKind>> = {
  signature: 'regular',
  snapshot: 'other',
  deleted: 'deleted',
}

/** Reads the signature archive; without it restores work, and no incremental can build on the set. */
export async function checkSignatures(check: SetCheck, opener: Opener): Promise<void> {
  const { signatures: file, findings, set } = check
  if (file === undefined) {
    if (check.place !== 'unfinished') {
      findings.suspicion('signatures', 'Its signature archive is missing: no incremental can build on it.')
    }
    return
  }
  if (set.manifest?.parsed.form === 'gpg' && file.parsed.form !== 'gpg') {
    findings.suspicion('plaintext', `${toText(file.name)} is not encrypted and its set is: it is not used.`)
    return
  }
  await opener.read(file, findings, async (plain) => {
    const members = new MemberList()
    const list = new ListComparison(check.manifest?.fileList?.entries ?? [])
    const reader = new TarReader(plain)
    let last: ByteString | undefined
    for (let header = await reader.next(); header !== undefined; header = await reader.next()) {
      const { path, action } = parseSignatureMember(header.name)
      const shown = showName(path)
      if (last === undefined ? set.type === 'full' && path !== '' : comparePaths(last, path) >= 0)
        findings.damage('order', `${toText(file.name)}: its entries are out of order at "${shown}".`)
      last = path
      members.add(path, kinds[action])
      list.take(path, action)
      if (action === 'signature' && !(await isSignature(reader, header.size)))
        findings.damage('archive', `${toText(file.name)}: the signature of "${shown}" is malformed.`)
    }
    const missing = list.finish()
    if (missing !== undefined) {
      const text = `${toText(file.name)} does not tell of "${showName(missing)}", which the manifest lists.`
      findings.suspicion('signatures', text)
    }
    check.members = members.digest()
  })
}

/** Whether the body of a member is a signature: a header, then sums of its size. */
async function isSignature(reader: TarReader, size: number): Promise<boolean> {
  if (size < HEADER_LENGTH) return false
  let head = Buffer.alloc(0)
  while (head.length < HEADER_LENGTH) {
    const piece = await reader.read()
    if (piece === undefined) return false
    head = Buffer.concat([head, piece.subarray(0, HEADER_LENGTH)])
  }
  try {
    const { strongLength } = parseSignatureHeader(head)
    return (size - HEADER_LENGTH) % (4 + strongLength) === 0
  } catch (error) {
    if (hasCode(error, 'DELTA_INVALID')) return false
    throw error
  }
}

const actions: Readonly<Record<FileStatus, SignatureAction>> = {
  new: 'signature',
  changed: 'signature',
  deleted: 'deleted',
}

/** Walks along the manifest's list of files; both are in archive order. */
class ListComparison {
  readonly #entries: readonly FileListEntry[]
  #at = 0
  #missing: ByteString | undefined

  constructor(entries: readonly FileListEntry[]) {
    this.#entries = entries
  }

  take(path: ByteString, action: SignatureAction): void {
    for (;;) {
      const entry = this.#entries[this.#at]
      if (entry === undefined) return
      const order = comparePaths(entry.path, path)
      if (order > 0) return
      this.#at += 1
      if (order < 0 || actions[entry.status] !== action) this.#missing ??= entry.path
      if (order === 0) return
    }
  }

  /** The first file that the archive does not tell of as the manifest does. */
  finish(): ByteString | undefined {
    return this.#missing ?? this.#entries[this.#at]?.path
  }
}
