/** What the tests of src/crypt share: settings, files sealed and opened, data of several kinds. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createCrypt } from '../../src/crypt/create.ts'
import type { CryptSettings, Seal, StoredForm } from '../../src/crypt/crypt.ts'
import { plainSettings } from './context.ts'
import { projectRoot } from './program.ts'

/** Settings without encryption, changed as told. */
export function cryptSettings(tempDir: string, changes: Partial<CryptSettings> = {}): CryptSettings {
  return { ...plainSettings(tempDir), gpgBinary: '/nonexistent/gpg', ...changes }
}

/** Seals data in pieces into a file; returns the bytes that the sink got. */
export async function sealFile(
  path: string,
  settings: CryptSettings,
  data: Buffer,
  { piece = 65536, settleEvery = 0 }: { piece?: number; settleEvery?: number } = {},
): Promise<Buffer> {
  const crypt = createCrypt(settings, { threads: 2 })
  await crypt.prepareWriting()
  const fd = openSync(path, 'w')
  const seal = crypt.seal((bytes) => void writeSync(fd, bytes))
  for (let from = 0, n = 1; from < data.length; from += piece, n++) {
    await seal.write(data.subarray(from, from + piece))
    if (settleEvery > 0 && n % settleEvery === 0) await settled(seal)
  }
  const most = seal.written + seal.pending
  await seal.finish()
  closeSync(fd)
  await crypt.close()
  const stored = readFileSync(path)
  if (stored.length !== seal.written) throw new Error(`written says ${seal.written}, not ${stored.length}`)
  if (stored.length > most) throw new Error(`pending promised at most ${most}, not ${stored.length}`)
  return stored
}

async function settled(seal: Seal): Promise<void> {
  const most = seal.written + seal.pending
  await seal.settle()
  if (seal.written > most) throw new Error(`pending promised at most ${most}, not ${seal.written}`)
}

/** Opens a stored file and reads all of it. */
export async function openFile(
  path: string,
  settings: CryptSettings,
  form: StoredForm,
  options: { checkSigner?: boolean } = {},
): Promise<Buffer> {
  const crypt = createCrypt(settings)
  try {
    const pieces: Buffer[] = []
    for await (const piece of await crypt.open(path, form, options)) pieces.push(piece)
    return Buffer.concat(pieces)
  } finally {
    await crypt.close()
  }
}

/** The code of the error that a promise rejects with; `none` where it does not. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    const { code, stack } = error as { code?: string; stack?: string }
    return code ?? String(stack)
  }
}

/** Bytes that nothing can compress, the same every time. */
export function noise(bytes: number, seed = 'noise'): Buffer {
  const blocks: Buffer[] = []
  for (let n = 0; n * 64 < bytes; n++) blocks.push(createHash('sha512').update(`${seed}:${n}`).digest())
  return Buffer.concat(blocks).subarray(0, bytes)
}

/** Lines of text, different from one another. */
export function prose(bytes: number): Buffer {
  const words = 'the backup of a host holds many files which change a little from day to day'.split(' ')
  const random = noise(bytes)
  let text = ''
  for (let n = 0; text.length < bytes; n++)
    text += `${words[(random[n] ?? 0) % words.length]}${n % 11 ? ' ' : `, ${n}.\n`}`
  return Buffer.from(text).subarray(0, bytes)
}

/** A file of test/fixtures/crypt. */
export function cryptFixture(name: string): string {
  return join(projectRoot, 'test/fixtures/crypt', name)
}

/** The keys of the golden repositories (no passphrase): A and B encrypt and sign, S signs. */
export const goldenKeys = {
  secret: join(projectRoot, 'test/golden/keys/secret.gpg'),
  public: join(projectRoot, 'test/golden/keys/public.gpg'),
  a: 'EE5F921C4F34A01EB466F34D6A6A3183195B2DB9',
  b: '3EF3C7EF8F77F86F7548D958F9DAD61252590331',
  s: '3EF7BF58ED93519069942D181CCF0B88D7F99510',
} as const
