/** A few bytes that would become very many: each is bounded in memory, in time and on disk. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { baseEnvironment } from '../support/program.ts'
import { engineCommand } from '../support/engine.ts'
import { useTempDir } from '../support/temp.ts'
import { CfbMdcWriter } from '../../src/crypt/cfb-mdc.ts'
import { deriveKey } from '../../src/crypt/s2k.ts'
import { formatNameTime } from '../../src/format/name-time.ts'
import { formatTarHeader } from '../../src/format/tar/header.ts'
import { entry, extension, member } from '../unit/format/tar/archives.ts'
import { firstTime, type HostileSet, manifestVolume, ROOT, tar, writeRepository } from './repository.ts'

const GIB = 2 ** 30
const root = useTempDir('bombs')
let count = 0

interface Measured {
  status: number | null
  said: string
  /** Largest resident memory, bytes. */
  peak: number
  seconds: number
  /** Bytes in the target at the end. */
  onDisk: number
  /** Bytes in the archive directory, as many as were seen there. */
  inArchive: number
}

/** Restores sets that are not encrypted. */
async function restore(sets: readonly HostileSet[]): Promise<Measured> {
  const repository = join(root, `repository-${(count += 1)}`)
  writeRepository(repository, sets)
  return restoreFrom(repository, ['--no-encryption'])
}

/** Restores, measures, and removes everything; ends the engine after two minutes. */
async function restoreFrom(repository: string, options: string[]): Promise<Measured> {
  const place = join(root, `scene-${(count += 1)}`)
  fs.mkdirSync(join(place, 'tmp'), { recursive: true })
  const target = join(place, 'target')
  const args = [
    'restore',
    ...options,
    '--archive-dir',
    join(place, 'archive'),
    `file://${repository}`,
    target,
  ]
  const [program = '', ...fixed] = engineCommand
  const started = performance.now()
  const child = spawn(program, [...fixed, ...args], {
    env: { ...baseEnvironment(place), TMPDIR: join(place, 'tmp'), PASSPHRASE: 'bomb' },
    timeout: 120_000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const measured: Measured = { status: null, said: '', peak: 0, seconds: 0, onDisk: 0, inArchive: 0 }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (measured.said += String(data)))
  const look = setInterval(() => {
    const size = peakOf(child.pid)
    measured.peak = Math.max(measured.peak, size)
    measured.inArchive = Math.max(measured.inArchive, sizeOf(join(place, 'archive')))
  }, 20)
  measured.status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(look)
  measured.seconds = (performance.now() - started) / 1000
  measured.onDisk = sizeOf(target)
  for (const path of [place, repository]) fs.rmSync(path, { recursive: true, force: true })
  return measured
}

function peakOf(pid: number | undefined): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))
    return Number(found?.[1] ?? 0) * 1024
  } catch {
    // It has just ended.
    return 0
  }
}

function sizeOf(path: string): number {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.size
  return fs.readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

function bounded({ status, said, peak, seconds }: Measured): void {
  expect(said).not.toMatch(/RangeError|TypeError|out of memory/)
  expect(status).not.toBeNull()
  expect(peak).toBeLessThan(300 * 2 ** 20)
  expect(seconds).toBeLessThan(100)
}

/** What a compressor makes of some bytes and then `zeros` zeros. */
async function zeros(stream: NodeJS.ReadWriteStream, head: Buffer, size: number): Promise<Buffer> {
  const piece = Buffer.alloc(1 << 20)
  const pieces: Buffer[] = []
  stream.on('data', (data: Buffer) => pieces.push(data))
  const done = new Promise((resolve) => stream.on('end', resolve))
  stream.write(head)
  for (let left = size; left > 0; left -= piece.length) {
    if (!stream.write(piece.subarray(0, Math.min(left, piece.length)))) {
      await new Promise((resolve) => stream.once('drain', resolve))
    }
  }
  stream.end()
  await done
  return Buffer.concat(pieces)
}

const SIZE = process.env['DUBA_TEST_FULL'] === '1' ? 10 * GIB : GIB

test('gigabytes of zeros behind the end of a volume are refused, not read to their end', async () => {
  const stored = await zeros(createGzip({ level: 9 }), tar(ROOT, member({ name: 'snapshot/a' })), SIZE)
  const measured = await restore([{ volumes: [{ stored }] }])
  bounded(measured)
  expect(measured.status).toBe(30)
  expect(measured.said).toContain('behind the end')
  expect(measured.seconds).toBeLessThan(30)
}, 200_000)

test('a member of gigabytes that the volume does hold costs no memory, and comes back as sparse or not at all', async () => {
  const head = tar(ROOT, formatTarHeader(entry({ name: 'snapshot/big', size: GIB })))
  const stored = await zeros(createGzip({ level: 9 }), head, GIB)
  const measured = await restore([{ volumes: [{ stored }] }])
  bounded(measured)
  expect(measured.onDisk).toBeLessThanOrEqual(GIB)
}, 200_000)

test('a volume that claims more than it holds ends where its bytes end', async () => {
  const head = tar(ROOT, formatTarHeader(entry({ name: 'snapshot/big', size: 2 ** 50 })))
  const measured = await restore([{ volumes: [{ stored: gzipSync(tar(head, Buffer.alloc(1 << 20))) }] }])
  bounded(measured)
  expect(measured.status).toBe(30)
  expect(measured.said).toContain('snapshot/big')
  expect(measured.onDisk).toBe(0)
})

const MAGIC = Buffer.from('rs\x026', 'latin1')

/** A delta that copies a megabyte so many times. */
function copies(times: number, length: number): Buffer {
  const command = Buffer.alloc(6)
  command[0] = 0x47
  command.writeUInt32BE(length, 2)
  return Buffer.concat([MAGIC, ...Array<Buffer>(times).fill(command), Buffer.from([0])])
}

test('deltas upon deltas that each make a thousand of one stop at what their bytes can honestly make', async () => {
  const measured = await restore([
    {
      volumes: [
        tar(ROOT, member({ name: 'snapshot/a' }, Buffer.alloc(1 << 20)), member({ name: 'snapshot/b' })),
      ],
    },
    { volumes: [member({ name: 'diff/a' }, copies(1_000, 1 << 20))] },
    { volumes: [member({ name: 'diff/a' }, copies(1_000, 1_000 << 20))] },
    { volumes: [member({ name: 'diff/a' }, copies(1_000, 1_000 << 20))] },
  ])
  bounded(measured)
  expect(measured.status).toBe(1)
  expect(measured.said).toMatch(/delta makes far more.*processing a\b/)
  expect(measured.onDisk).toBe(0)
}, 200_000)

test('a delta of millions of single bytes costs no memory for each of them', async () => {
  const bytes = Buffer.alloc(2 * 12_000_000)
  for (let at = 0; at < bytes.length; at += 2) bytes[at] = 1
  const singles = Buffer.concat([MAGIC, bytes, Buffer.from([0])])
  const measured = await restore([
    { volumes: [tar(ROOT, member({ name: 'snapshot/a' }, Buffer.from('basis')))] },
    { volumes: [member({ name: 'diff/a' }, singles)] },
    { volumes: [member({ name: 'diff/a' }, copies(1, 12_000_000))] },
  ])
  bounded(measured)
  expect([measured.status, measured.onDisk]).toEqual([0, 12_000_000])
}, 200_000)

/** One set, whose manifest is stored compressed. */
async function restoreManifest(manifest: Buffer): Promise<Measured> {
  const repository = join(root, `manifest-${(count += 1)}`)
  writeRepository(repository, [{ volumes: [ROOT] }])
  const [name = ''] = fs.readdirSync(repository).filter((each) => each.endsWith('.manifest'))
  fs.rmSync(join(repository, name))
  fs.writeFileSync(join(repository, `${name}.gz`), manifest)
  return restoreFrom(repository, ['--no-encryption'])
}

test('a manifest that is one line without end is refused at once, and not written to the disk', async () => {
  const measured = await restoreManifest(
    await zeros(createGzip({ level: 9 }), Buffer.from('Hostname '), 150 << 20),
  )
  bounded(measured)
  expect(measured.status).not.toBe(0)
  expect(measured.said).toMatch(/Manifest line 1: it has more than 65536 bytes/)
  expect(measured.seconds).toBeLessThan(20)
  expect(measured.inArchive).toBeLessThan(1 << 20)
}, 200_000)

test.each([
  ['volumes', (n: number) => `Volume ${n}:\n StartingPath a\n EndingPath b\n`, 400_000],
  ['points', (n: number) => (n === 1 ? 'Volume 1:\nStartingPath a\n' : 'DubaAccess 5 - a\n'), 6_000_000],
  ['nothing', () => `Other${' line'.repeat(20)}\n`, 3_000_000],
])(
  'a manifest of millions of %s costs what its bytes can honestly say',
  async (_, line, times) => {
    const gzip = createGzip({ level: 9 })
    const pieces: Buffer[] = []
    gzip.on('data', (data: Buffer) => pieces.push(data))
    const lines = function* (): Generator<string> {
      for (let from = 1; from <= times; from += 10_000)
        yield Array.from({ length: 10_000 }, (__, index) => line(from + index)).join('')
    }
    await pipeline(Readable.from(lines()), gzip)
    const stored = Buffer.concat(pieces)
    const measured = await restoreManifest(stored)
    bounded(measured)
    expect(measured.said).toContain('far more than its stored bytes')
    expect(measured.inArchive).toBeLessThan((1 << 25) + (1 << 20) + 256 * stored.length)
  },
  200_000,
)

test('a signature archive that unpacks to a gigabyte behind its end is neither kept nor unpacked to its end', async () => {
  const repository = join(root, `signatures-${(count += 1)}`)
  writeRepository(repository, [{ volumes: [ROOT] }])
  const [name = ''] = fs.readdirSync(repository).filter((each) => each.includes('signatures'))
  const head = tar(member({ name: 'snapshot/', type: 'dir', mode: 0o755 }), Buffer.alloc(1024))
  fs.writeFileSync(join(repository, name), await zeros(createGzip({ level: 9 }), head, GIB))
  const measured = await restoreFrom(repository, ['--no-encryption'])
  bounded(measured)
  expect(measured.said).toContain('follow behind the end')
  expect(measured.seconds).toBeLessThan(20)
  expect(measured.inArchive).toBeLessThan(1 << 20)
}, 200_000)

test('global pax headers of keys that nobody reads are forgotten', async () => {
  const globals = Array.from({ length: 1200 }, (_, header) => {
    const records = Array.from({ length: 4000 }, (__, index) => {
      const record = ` k${String(header * 4000 + index).padStart(8, '0')}=v\n`
      return `${record.length + 2}${record}`
    })
    return extension('g', records.join(''))
  })
  const bodies = [
    ...globals,
    ROOT,
    ...Array.from({ length: 50 }, () => extension('x', '13 comment=x\n')),
    member({ name: 'snapshot/a' }),
  ]
  const measured = await restore([{ volumes: [{ stored: gzipSync(tar(...bodies), { level: 9 }) }] }])
  bounded(measured)
  expect(measured.status).toBe(0)
}, 200_000)

function packet(tag: number, body: Buffer): Buffer {
  const head = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0])
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

test('compressed data in compressed data in compressed data is refused, not unpacked', async () => {
  const inner = await zeros(createDeflate({ level: 9 }), packet(11, Buffer.from('b\0\0\0\0\0')), GIB)
  const twice = deflateSync(packet(8, Buffer.concat([Buffer.from([2]), inner])), { level: 9 })
  const thrice = deflateSync(packet(8, Buffer.concat([Buffer.from([2]), twice])), { level: 9 })
  const measured = await restoreSealed(packet(8, Buffer.concat([Buffer.from([2]), thrice])))
  bounded(measured)
  expect(measured.status).toBe(31)
  expect(measured.said).toContain('compressed again')
}, 200_000)

test('gigabytes of zeros behind the end of an encrypted volume are refused', async () => {
  const plain = tar(ROOT, member({ name: 'snapshot/a' }))
  const body = await zeros(createDeflate({ level: 9 }), literalHead(plain), SIZE)
  const measured = await restoreSealed(packet(8, Buffer.concat([Buffer.from([2]), body])))
  bounded(measured)
  expect(measured.status).toBe(30)
  expect(measured.said).toContain('behind the end')
}, 200_000)

/** A literal packet whose body goes on to the end of the data: an old header, without a length. */
function literalHead(plain: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | (11 << 2) | 3]), Buffer.from('b\0\0\0\0\0'), plain])
}

/** Restores a repository whose volume is this OpenPGP message, encrypted to the passphrase `bomb`. */
async function restoreSealed(message: Buffer): Promise<Measured> {
  const stored = await sealed(message)
  const sha1 = createHash('sha1').update(stored).digest('hex')
  const text = (body: Buffer): Promise<Buffer> =>
    sealed(packet(11, Buffer.concat([Buffer.from('b\0\0\0\0\0'), body])))
  const repository = join(root, `sealed-${(count += 1)}`)
  fs.mkdirSync(repository)
  const put = (name: string, bytes: Buffer): void => {
    fs.writeFileSync(join(repository, name), bytes)
  }
  const time = formatNameTime(firstTime)
  const signatures = tar(member({ name: 'snapshot/', type: 'dir', mode: 0o755 }), Buffer.alloc(1024))
  put(`duplicity-full.${time}.vol1.difftar.gpg`, stored)
  put(`duplicity-full.${time}.manifest.gpg`, await text(Buffer.from(manifestVolume(1, sha1), 'latin1')))
  put(`duplicity-full-signatures.${time}.sigtar.gpg`, await text(signatures))
  return restoreFrom(repository, [])
}

/** A message encrypted to the passphrase `bomb`: salted key, AES-256, modification detection code. */
async function sealed(message: Buffer): Promise<Buffer> {
  const salt = Buffer.from('saltsalt')
  const key = await deriveKey({ hash: 8, salt, count: 0 }, 'bomb', 32)
  const writer = new CfbMdcWriter({ algorithm: 9, key: key ?? Buffer.alloc(0) })
  const body = Buffer.concat([writer.begin(), writer.update(message), writer.end()])
  return Buffer.concat([packet(3, Buffer.concat([Buffer.from([4, 9, 1, 8]), salt])), packet(18, body)])
}
