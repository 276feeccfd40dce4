/**
 * Opens OpenPGP messages with the gpg program: into a private file that has no name, believed only if gpg vouches
 * for the whole of it.
 */
import { randomUUID } from 'node:crypto'
import { open, unlink, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Key } from 'openpgp'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { wrongSigner } from './check-signer.ts'
import type { SessionKey } from './cipher.ts'
import { framedLog, gpgFailed, hasStatus, type Gpg, type GpgChild, type GpgReport } from './gpg-process.ts'
import { Malformed } from './malformed.ts'
import { notForUs } from './not-for-us.ts'
import { owned, StoredFile } from './stored-file.ts'

export interface GpgOpenOptions {
  readonly gpg: Gpg
  readonly tempDir: string
  readonly passphrase: string | undefined
  /** Where it is known already. */
  readonly session: SessionKey | undefined
  /** Who must have signed: fingerprint of the primary key, and the key where gpg's keyring may lack it. */
  readonly signer: { readonly fingerprint: string; readonly key: Key | undefined } | undefined
}

/** The decrypted file. Throws GPG_FAILED, DECRYPT_FAILED, KEY_MISSING, WRONG_SIGNER, TEMP_SPACE and Malformed. */
export async function openGpg(file: StoredFile, options: GpgOpenOptions): Promise<StoredFile> {
  const temporary = join(options.tempDir, `duba-${randomUUID()}`)
  const handle = await open(temporary, 'wx+', 0o600).catch((error: unknown) => {
    throw isErrno(error) ? tempUnusable(options.tempDir, error) : error
  })
  const plain = StoredFile.of(file.path, handle)
  const keyring = `${temporary}.key`
  let child: GpgChild | undefined
  try {
    await unlink(temporary)
    if (options.signer?.key)
      await writeFile(keyring, options.signer.key.toPublic().write(), { flag: 'wx', mode: 0o600 })
    child = options.gpg.start(call(options, keyring))
    await Promise.all([
      // What gpg does not want to read is told by its exit.
      pipeline(Readable.from(owned(file.blocks())), child.stdin).catch(() => undefined),
      keep(child.stdout, handle),
    ])
    check(file.path, await child.done, options.signer?.fingerprint)
    return plain
  } catch (error) {
    child?.kill()
    await plain.close()
    throw isErrno(error, 'ENOSPC', 'EDQUOT') ? tempUnusable(options.tempDir, error) : error
  } finally {
    if (options.signer?.key) await unlink(keyring)
  }
}

async function keep(stream: Readable, handle: FileHandle): Promise<void> {
  for await (const piece of stream as AsyncIterable<Buffer>) await handle.writeFile(piece)
}

function tempUnusable(tempDir: string, cause: unknown): UserError {
  const text = `The temporary directory ${tempDir} cannot take a decrypted file: ${messageOf(cause)}`
  return new UserError('TEMP_SPACE', text, {
    hint: {
      engine: 'Free some space, or choose another with --tempdir.',
      duba: 'Free some space, or choose another with "tempdir" in the configuration (a restore also takes --tempdir).',
    },
    cause,
  })
}

function call({ session, signer, passphrase }: GpgOpenOptions, keyring: string) {
  const given = session && `${session.algorithm}:${session.key.toString('hex').toUpperCase()}`
  const args = [
    ...(session ? ['--override-session-key-fd', '5'] : []),
    ...(signer ? (signer.key ? ['--keyring', keyring] : []) : ['--skip-verify']),
    '--decrypt',
  ]
  return { args, passphrase: passphrase ?? '', secret: given }
}

function check(path: string, report: GpgReport, signer: string | undefined): void {
  if (hasStatus(report, 'BADMDC'))
    throw new Malformed('was altered: its modification detection code is wrong')
  if (
    !hasStatus(report, 'DECRYPTION_OKAY') &&
    (hasStatus(report, 'DECRYPTION_FAILED') || hasStatus(report, 'NO_SECKEY'))
  ) {
    const recipients = report.status.flatMap((line) => /^ENC_TO ([0-9A-F]+)/.exec(line)?.[1] ?? [])
    throw notForUs(path, hasStatus(report, 'NO_SECKEY') ? recipients : [], framedLog(report))
  }
  const whole = hasStatus(report, 'DECRYPTION_OKAY') && hasStatus(report, 'GOODMDC')
  if (whole && signer !== undefined) checkStatus(report, signer)
  if (report.exitCode !== 0) throw gpgFailed(report)
  if (!whole) throw new Malformed('is not protected against alteration')
}

/** Compares the last field of VALIDSIG, the fingerprint of the signer's primary key. */
function checkStatus(report: GpgReport, signer: string): void {
  const valid = report.status
    .filter((line) => line.startsWith('VALIDSIG '))
    .map((line) => line.split(' ').at(-1))
  if (valid.includes(signer)) return
  const others = report.status.flatMap((line) => /^(?:ERRSIG|BADSIG) ([0-9A-F]+)/.exec(line)?.[1] ?? [])
  const seen = [...valid, ...others]
  throw wrongSigner(seen.length > 0 ? `signed by key ${seen.join(', ')}` : 'not signed', signer)
}
