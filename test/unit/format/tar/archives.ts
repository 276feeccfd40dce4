/** Builds tar archives for tests: ours, and what other programs or attackers write. */
import { formatTarHeader, type TarEntry } from '../../../../src/format/tar/header.ts'

/** A small regular file, with changes. */
export function entry(changes: Partial<TarEntry>): TarEntry {
  return {
    name: 'snapshot/file',
    type: 'reg',
    mode: 0o644,
    uid: 0,
    gid: 0,
    uname: 'root',
    gname: 'root',
    size: 0,
    mtime: 1600000000,
    link: '',
    major: 0,
    minor: 0,
    ...changes,
  }
}

/** Puts the right checksum into a header that was changed; gives the header back. */
export function sealHeader(block: Buffer): Buffer {
  block.fill(0x20, 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** A member with its body and padding. */
export function member(changes: Partial<TarEntry>, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([formatTarHeader(entry({ size: body.length, ...changes })), padded(body)])
}

/** A header of another type that describes the next one: `x`, `g`, `L` or `K`. */
export function extension(flag: string, body: string): Buffer {
  const bytes = Buffer.from(body, 'latin1')
  const header = formatTarHeader(entry({ name: '././@LongLink', size: bytes.length }))
  header.write(flag, 156, 'latin1')
  return Buffer.concat([sealHeader(header), padded(bytes)])
}

export function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 511)])
}
