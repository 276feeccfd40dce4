/** What the system tells of a process and its machine in files. */
import { readFileSync } from 'node:fs'
import { type ByteString, fromBytes, fromText, toText } from '../lib/bytestring.ts'
import { isErrno } from '../lib/errors.ts'

/**
 * The arguments as bytes. `commandLine`: the text of /proc/self/cmdline. Node decodes them and loses what is not UTF-8; the kernel still has them, unless the
 * process has changed its title.
 */
export function argumentBytes(argv: readonly string[], commandLine: ByteString): ByteString[] {
  const raw = commandLine.split('\0').slice(0, -1)
  const last = argv.length === 0 ? [] : raw.slice(-argv.length)
  const same = last.length === argv.length && argv.every((text, index) => toText(last[index] ?? '') === text)
  return same ? last : argv.map((text) => fromText(text))
}

/** The content of a file of the system as a byte string; empty where it is not to be had. */
export function readIfThere(path: string): ByteString {
  try {
    return fromBytes(readFileSync(path))
  } catch (error) {
    if (isErrno(error)) return ''
    throw error
  }
}
