import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import type { Crypt, OpenOptions } from '../../../src/crypt/crypt.ts'
import { serveReading } from '../../../src/crypt/reading-service.ts'
import { newRing } from '../../../src/crypt/ring.ts'
import { ReadingThread, type RunningThread } from '../../../src/crypt/reading-thread.ts'
import { codeOf, cryptSettings, noise, prose, sealFile } from '../../support/crypt.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('reading')
const symmetric = () => cryptSettings(dir, { encryption: 'symmetric', passphrase: 'x' })
const data = Buffer.concat([prose(3_000_000), noise(2_000_000), prose(1_000_000)])
const sha1Of = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')

let started: number
let ended: number
let die: (error: Error) => void
let crypt: Crypt | undefined

/** The service at the other end of a channel, in this thread: what a worker does, without one. */
function startHere(): RunningThread {
  started++
  const { port1, port2 } = new MessageChannel()
  serveReading(port2)
  return {
    port: port1,
    onDeath: (listener) => {
      die = (error) => {
        port1.close()
        listener(error)
      }
    },
    end: () => {
      ended++
      port1.close()
      return Promise.resolve()
    },
  }
}

beforeEach(() => {
  started = 0
  ended = 0
})
afterEach(async () => {
  await crypt?.close()
  crypt = undefined
})

function reading(settings = symmetric()): Crypt {
  crypt = createCrypt(settings, { startReader: startHere })
  return crypt
}

async function readAll(path: string, options: OpenOptions = {}): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await reading().open(path, 'gpg', options)) pieces.push(piece)
  return Buffer.concat(pieces)
}

test.each([
  ['gpg', symmetric],
  ['gz', () => cryptSettings(dir, { compression: true })],
  ['plain', () => cryptSettings(dir, { compression: false })],
] as const)('large files (%s) are read through the thread and come back whole', async (form, settings) => {
  const path = join(dir, 'file')
  const stored = await sealFile(path, settings(), data)
  for (const sha1 of [undefined, sha1Of(stored)]) {
    const pieces: Buffer[] = []
    for await (const piece of await reading(settings()).open(path, form, { sha1 })) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(data)).toBe(true)
    await crypt?.close()
  }
  expect([started, ended]).toEqual([2, 2])
})

test('pieces of a passing file are its bytes until the next is asked for', async () => {
  const path = join(dir, 'file')
  await sealFile(path, symmetric(), data)
  const pieces: Buffer[] = []
  const copies: Buffer[] = []
  for await (const piece of await reading().open(path, 'gpg', { passing: true })) {
    pieces.push(piece)
    copies.push(Buffer.from(piece))
  }
  expect(Buffer.concat(copies).equals(data)).toBe(true)
  // The memory of the first was filled again.
  expect(pieces[0]?.equals(copies[0] ?? data)).toBe(false)
})

test('small files are read without it', async () => {
  await sealFile(join(dir, 'file'), symmetric(), prose(10_000))
  expect((await readAll(join(dir, 'file'))).equals(prose(10_000))).toBe(true)
  expect(started).toBe(0)
})

test('several files at once share the thread', async () => {
  const paths = ['a', 'b', 'c'].map((name) => join(dir, name))
  for (const path of paths) await sealFile(path, symmetric(), data)
  const reader = reading()
  const all = await Promise.all(
    paths.map(async (path) => {
      const pieces: Buffer[] = []
      for await (const piece of await reader.open(path, 'gpg')) pieces.push(piece)
      return Buffer.concat(pieces)
    }),
  )
  expect(all.every((each) => each.equals(data))).toBe(true)
  expect(started).toBe(1)
})

test.each([0, 100, 400_000, 1_500_000])(
  'an altered byte (%d) is told: by the hash before anything, without a hash by the integrity protection',
  async (at) => {
    const path = join(dir, 'file')
    const stored = await sealFile(path, symmetric(), data)
    const sha1 = sha1Of(stored)
    stored.writeUInt8(stored.readUInt8(at) ^ 1, at)
    writeFileSync(path, stored)
    await expect(readAll(path, { sha1 })).rejects.toMatchObject({
      name: 'HashMismatch',
      actual: sha1Of(stored),
    })
    await crypt?.close()
    expect(['INTEGRITY', 'DECRYPT_FAILED']).toContain(await codeOf(readAll(path)))
  },
)

test('a file whose hash is right and whose integrity protection is wrong fails at its end', async () => {
  const path = join(dir, 'file')
  const stored = await sealFile(path, symmetric(), data)
  stored.writeUInt8(stored.readUInt8(stored.length - 1) ^ 1, stored.length - 1)
  writeFileSync(path, stored)
  const pieces: Buffer[] = []
  const reads = async () => {
    for await (const piece of await reading().open(path, 'gpg', { sha1: sha1Of(stored) })) pieces.push(piece)
  }
  expect(await codeOf(reads())).toBe('INTEGRITY')
  const given = Buffer.concat(pieces)
  expect(given.equals(data.subarray(0, given.length))).toBe(true)
})

test('a file that is cut off is told', async () => {
  const path = join(dir, 'file')
  const stored = await sealFile(path, symmetric(), data)
  truncateSync(path, stored.length - 1000)
  expect(await codeOf(readAll(path))).toBe('INTEGRITY')
})

test('errors of the system come through with their names', async () => {
  mkdirSync(join(dir, 'directory'))
  const thread = new ReadingThread(startHere)
  await expect(thread.open(join(dir, 'none'), undefined)).rejects.toMatchObject({ code: 'ENOENT', errno: -2 })
  await expect(thread.open(join(dir, 'directory'), '0')).rejects.toMatchObject({ code: 'EISDIR' })
  await thread.close()
})

test('a reader may stop early; the thread lets go of the file', async () => {
  const path = join(dir, 'file')
  await sealFile(path, symmetric(), data)
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  const reader = reading()
  for await (const piece of await reader.open(path, 'gpg')) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  while (open() > before) await new Promise(setImmediate)
  expect(open()).toBe(before)
})

test('the thread is not far ahead of its reader', async () => {
  const path = join(dir, 'file')
  writeFileSync(path, Buffer.alloc(20_000_000))
  const { port1, port2 } = new MessageChannel()
  serveReading(port2)
  let sent = 0
  port1.on('message', (message: { bytes?: number }) => {
    sent += message.bytes ?? 0
  })
  port1.postMessage({ order: 'open', id: 1, path, sha1: undefined })
  const request = { form: 'plain', session: undefined, proven: true }
  port1.postMessage({ order: 'decode', id: 1, request, ring: newRing() })
  const settled = async () => {
    let last = -1
    while (sent !== last) {
      last = sent
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return sent
  }
  while (sent === 0) await new Promise(setImmediate)
  const first = await settled()
  expect(first).toBeLessThanOrEqual(3 << 20)
  port1.postMessage({ order: 'taken', id: 1, slots: 1 })
  expect(await settled()).toBeGreaterThan(first)
  port1.postMessage({ order: 'stop', id: 1 })
  port1.close()
})

test('a thread that dies fails what it was reading, and a new one is started for the next', async () => {
  const path = join(dir, 'file')
  await sealFile(path, symmetric(), data)
  const reader = reading()
  const reads = async () => {
    for await (const piece of await reader.open(path, 'gpg')) {
      expect(piece.length).toBeGreaterThan(0)
      die(new Error('out of memory'))
    }
  }
  await expect(reads()).rejects.toThrow('out of memory')
  for await (const piece of await reader.open(path, 'gpg')) expect(piece.length).toBeGreaterThan(0)
  expect(started).toBe(2)
})

test('a file that is open when the thread is closed fails', async () => {
  const path = join(dir, 'file')
  await sealFile(path, symmetric(), data)
  const reader = reading()
  const reads = async () => {
    for await (const piece of await reader.open(path, 'gpg')) {
      expect(piece.length).toBeGreaterThan(0)
      await reader.close()
    }
  }
  await expect(reads()).rejects.toThrow('closed while it was read')
})

test('a port that says something out of turn is an error', async () => {
  const { port1, port2 } = new MessageChannel()
  port2.on('message', ({ id }: { id: number }) => {
    port2.postMessage({ report: 'end', id })
  })
  const end = () => {
    port1.close()
    return Promise.resolve()
  }
  const thread = new ReadingThread(() => ({ port: port1, onDeath: () => undefined, end }))
  await expect(thread.open('x', undefined)).rejects.toThrow('said end where it had to say opened')
  await thread.close()
})
