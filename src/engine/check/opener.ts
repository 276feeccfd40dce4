/**
 * Opens the files of a repository for a check: what is wrong with one becomes a finding and stops nothing. Whether a
 * file that cannot be decrypted is damaged or only closed to us shows at the end, when all the others were tried.
 */
import { toText } from '../../lib/bytestring.ts'
import { type ErrorCode, hasCode, isErrno, messageOf, UserError } from '../../lib/errors.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import type { CheckFindingKind } from '../events-check.ts'
import { type Fetched, fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'
import type { Findings } from './findings.ts'

/** `closed`: no secret at hand opens it; what can be told from outside was. */
export type Outcome = 'read' | 'damaged' | 'closed'

interface Closed {
  readonly file: RepositoryFile
  readonly findings: Findings
  readonly error: UserError
}

export class Opener {
  readonly #context: EngineContext
  readonly #closed: Closed[] = []
  #opened = false

  constructor(context: EngineContext) {
    this.#context = context
  }

  /** Files that no secret opened. */
  get closed(): number {
    return this.#closed.length
  }

  /**
   * Fetches a file, compares its hash where one is given, and hands its plain bytes to `use`. Throws what is wrong
   * with this machine or this program; never what is wrong with the file.
   */
  async read(
    file: RepositoryFile,
    findings: Findings,
    use: (plain: AsyncIterable<Buffer>, path: string) => Promise<void>,
    sha1?: string,
  ): Promise<Outcome> {
    const name = toText(file.name)
    let fetched: Fetched
    try {
      fetched = await fetchFile(this.#context, file.name, { sha1: sha1 !== undefined })
    } catch (error) {
      if (!isOfTheFile(error)) throw error
      findings.damage('unreadable', `${name} cannot be fetched: ${firstLine(error)}`)
      return 'damaged'
    }
    try {
      if (sha1 !== undefined && fetched.sha1 !== sha1) {
        const text = `${name} is not what was stored: its SHA-1 is ${fetched.sha1}, the manifest says ${sha1}.`
        findings.damage('hash', text)
        return 'damaged'
      }
      return await this.#use(file, fetched.path, findings, use)
    } finally {
      await fetched.release()
    }
  }

  async #use(
    file: RepositoryFile,
    path: string,
    findings: Findings,
    use: (plain: AsyncIterable<Buffer>, path: string) => Promise<void>,
  ): Promise<Outcome> {
    const { crypt, signal } = this.#context
    signal.throwIfAborted()
    try {
      const plain = await crypt.open(path, file.parsed.form, { checkSigner: true })
      this.#opened ||= file.parsed.form === 'gpg'
      await use(plain, path)
      return 'read'
    } catch (error) {
      if (hasCode(error, ...closedCodes)) return await this.#fromOutside(file, path, findings, error)
      const kind = kindOf(error)
      if (kind === undefined) throw error
      this.#opened ||= kind === 'signer' && file.parsed.form === 'gpg'
      findings.damage(kind, `${toText(file.name)}: ${firstLine(error)}`)
      return 'damaged'
    }
  }

  /** What can be told without a secret: whether the message is all there. */
  async #fromOutside(
    file: RepositoryFile,
    path: string,
    findings: Findings,
    closed: UserError,
  ): Promise<Outcome> {
    try {
      await this.#context.crypt.inspect(path)
    } catch (error) {
      if (!hasCode(error, 'INTEGRITY')) throw error
      findings.damage('integrity', `${toText(file.name)}: ${firstLine(error)}`)
      return 'damaged'
    }
    this.#closed.push({ file, findings, error: closed })
    return 'closed'
  }

  /** Says of the files that stayed closed what that means. To be called once, at the end. */
  settle(): void {
    const grouped = new Map<Findings, Closed[]>()
    for (const each of this.#closed) {
      const group = grouped.get(each.findings)
      if (group === undefined) grouped.set(each.findings, [each])
      else group.push(each)
    }
    for (const [findings, group] of grouped) {
      const damaged = group.filter(({ error }) => this.#opened && !hasCode(error, ...foreignCodes))
      for (const { file, error } of damaged) {
        const text = `${toText(file.name)} cannot be decrypted, though other files can: ${firstLine(error)}`
        findings.damage('secret', text)
      }
      const closed = group.filter((each) => !damaged.includes(each))
      const [first] = closed
      if (first === undefined) continue
      const text = `${closed.length} files were looked at from outside only: ${firstLine(first.error)}`
      if (this.#opened || !hasCode(first.error, ...foreignCodes)) findings.suspicion('secret', text)
      else findings.note('secret', text)
    }
  }
}

/** Errors that say only that the secret is not here. */
const foreignCodes = ['SECRET_MISSING', 'KEY_MISSING', 'GPG_FAILED'] as const
const closedCodes = [...foreignCodes, 'DECRYPT_FAILED', 'KEY_UNUSABLE'] as const

function isOfTheFile(error: unknown): boolean {
  return hasCode(error, 'BACKEND_NOT_FOUND', 'BACKEND_ERROR', 'BACKEND_DENIED') || isErrno(error, 'EIO')
}

const kinds: Partial<Record<ErrorCode, CheckFindingKind>> = {
  INTEGRITY: 'integrity',
  WRONG_SIGNER: 'signer',
  MANIFEST_UNREADABLE: 'manifest',
  HOSTILE_MEMBER: 'hostile',
  ARCHIVE_INVALID: 'archive',
  DELTA_INVALID: 'archive',
}

/** Undefined for what is not wrong with the file. */
function kindOf(error: unknown): CheckFindingKind | undefined {
  if (isOfTheFile(error)) return 'unreadable'
  return error instanceof UserError ? kinds[error.code] : undefined
}

/** Messages from gpg have many lines. */
export function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? ''
}
