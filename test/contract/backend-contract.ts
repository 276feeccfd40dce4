/**
 * The conformance suite of `src/backend/backend.ts`: what every backend and every wrapper must keep. A test file of
 * a backend calls `describeBackend(name, fixture)` and is done (docs/backends.md).
 */
import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Backend, Body } from '../../src/backend/backend.ts'
import { fromText } from '../../src/lib/bytestring.ts'
import { UserError } from '../../src/lib/errors.ts'

export interface BackendFixture {
  /** A backend on a fresh, empty place. */
  open(): Promise<{ backend: Backend; cleanup: () => Promise<void> }>
  /** Bytes of a transfer unit (part, block, piece): sizes around it are tried. Default 65,536. */
  readonly chunk?: number
  /** Bytes from which uploads are split into parts, where they are; a larger file is tried. */
  readonly multipart?: number
  /** Milliseconds until a change can be seen, for places that are eventually consistent. Default 0. */
  readonly settle?: number
  /** A text that neither the label nor an error may hold. */
  readonly secret?: string
  /** A backend with wrong credentials and the count of attempts it saw, where there are credentials. */
  readonly denied?: () => Promise<{ backend: Backend; attempts: () => number }>
}

/** A body of these bytes, in pieces of `piece`. */
export function bodyOf(bytes: Buffer, piece = 16_384): Body {
  const open = (): Readable =>
    Readable.from(
      (function* () {
        for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
      })(),
      { objectMode: false },
    )
  return { size: bytes.length, open }
}

/** The error a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('This was expected to fail.')
}

/** A signal that never aborts, for any number of calls at once. */
export const never = new AbortController().signal
setMaxListeners(0, never)

/** The longest names duplicity makes, and what prefixes may do to a name. */
const NAMES = [
  'duplicity-new-signatures.20261123T225313Z.to.20261124T225313Z.sigtar.gpg',
  'duplicity-inc.20261123T225313Z.to.20261124T225313Z.vol99999.difftar.gpg',
  `${'prefix-'.repeat(20)}duplicity-full.20261123T225313Z.manifest.gpg`,
  'a b%20+c#d?e;f&g=h.manifest',
  fromText('für-duplicity-full.20261123T225313Z.manifest'),
]

export function describeBackend(name: string, fixture: BackendFixture): void {
  describe(`${name} keeps the contract of a backend`, () => {
    const { chunk = 65_536, settle = 0 } = fixture
    let backend: Backend
    let cleanup: () => Promise<void>

    beforeEach(async () => {
      ;({ backend, cleanup } = await fixture.open())
    })
    afterEach(async () => {
      await cleanup()
    })

    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settle))
    const listed = async (): Promise<Record<string, number | undefined>> => {
      await settled()
      const files = await backend.list(never)
      return Object.fromEntries(files.map((file) => [file.name, file.size]))
    }
    const put = (file: string, bytes: Buffer): Promise<void> => backend.put(file, bodyOf(bytes), never)
    const fetched = async (file: string): Promise<Buffer> => buffer(await backend.get(file, never))

    test('an empty place lists nothing', async () => {
      expect(await listed()).toEqual({})
      expect(await backend.size('x', never)).toBeUndefined()
    })

    const sizes = [0, 1, chunk - 1, chunk, chunk + 1]
    if (fixture.multipart !== undefined) sizes.push(fixture.multipart * 2 + 1)
    test.each(sizes)('%i bytes come back as they went, with their size in the listing', async (size) => {
      const bytes = randomBytes(size)
      await put('file', bytes)
      expect(await listed()).toEqual({ file: size })
      expect(await backend.size('file', never)).toBe(size)
      expect((await fetched('file')).equals(bytes)).toBe(true)
    })

    test('a file is replaced by one of the same name', async () => {
      await put('file', Buffer.from('a long first version'))
      await put('file', Buffer.from('second'))
      expect(await listed()).toEqual({ file: 6 })
      expect((await fetched('file')).toString()).toBe('second')
    })

    test.each(NAMES)('the name %j is kept', async (file) => {
      await put(file, Buffer.from(file))
      expect(Object.keys(await listed())).toEqual([file])
      expect((await fetched(file)).toString()).toBe(Buffer.from(file).toString())
      await backend.delete(file, never)
      expect(await listed()).toEqual({})
    })

    test('more files than a page of any listing holds', async () => {
      const names = Array.from({ length: 1050 }, (_, index) => `duplicity-full.vol${index}.difftar`)
      const queue = [...names]
      const worker = async (): Promise<void> => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) await put(next, Buffer.from('x'))
      }
      await Promise.all(Array.from({ length: backend.traits.concurrency }, worker))
      expect(Object.keys(await listed()).sort()).toEqual(names.sort())
    })

    test('a missing file is BACKEND_NOT_FOUND before the first byte', async () => {
      const error = await rejection(backend.get('missing', never))
      expect(error).toBeInstanceOf(UserError)
      expect(error).toMatchObject({ code: 'BACKEND_NOT_FOUND' })
      expect(String(error)).toContain('missing')
    })

    test('deleting: the file is gone, and a missing one is no error', async () => {
      await put('file', Buffer.from('x'))
      await put('other', Buffer.from('y'))
      await backend.delete('file', never)
      await backend.delete('file', never)
      expect(await listed()).toEqual({ other: 1 })
      expect(await backend.size('file', never)).toBeUndefined()
    })

    const faulty: [string, Body][] = [
      ['fewer bytes than its size', { ...bodyOf(randomBytes(100_000)), size: 100_001 }],
      ['more bytes than its size', { ...bodyOf(randomBytes(100_000)), size: 99_999 }],
      ['an error mid-way', { size: 100_000, open: () => breakingStream(50_000) }],
      ['an error at once', { size: 100_000, open: () => breakingStream(0) }],
    ]
    test.each(faulty)('a body with %s fails and leaves nothing', async (_, body) => {
      await rejection(backend.put('new', body, never))
      expect(await listed()).toEqual({})
    })

    test.each(faulty)('a body with %s leaves the file that was there', async (_, body) => {
      await put('file', Buffer.from('old'))
      await rejection(backend.put('file', body, never))
      expect(await listed()).toEqual({ file: 3 })
      expect((await fetched('file')).toString()).toBe('old')
    })

    test('a signal that has aborted stops every call before it begins', async () => {
      await put('file', Buffer.from('old'))
      const reason = new Error('stop it')
      const aborted = AbortSignal.abort(reason)
      const calls = [
        backend.list(aborted),
        backend.size('file', aborted),
        backend.get('file', aborted),
        backend.put('file', bodyOf(Buffer.from('new')), aborted),
        backend.delete('file', aborted),
      ]
      expect(await Promise.all(calls.map(rejection))).toEqual(calls.map(() => reason))
      expect((await fetched('file')).toString()).toBe('old')
    })

    test('a put that is aborted half-way changes nothing and ends soon', async () => {
      await put('file', Buffer.from('old'))
      const controller = new AbortController()
      const reason = new Error('stop it')
      const { body, half } = heldBody(100_000)
      const putting = rejection(backend.put('file', body, controller.signal))
      await half
      controller.abort(reason)
      expect(await putting).toBe(reason)
      expect(await listed()).toEqual({ file: 3 })
      expect((await fetched('file')).toString()).toBe('old')
    })

    test('an abort after the put has ended changes nothing any more', async () => {
      const controller = new AbortController()
      await backend.put('file', bodyOf(Buffer.from('x')), controller.signal)
      controller.abort()
      expect(await listed()).toEqual({ file: 1 })
    })

    test('an aborted download ends with the reason', async () => {
      await put('file', randomBytes(1_000_000))
      const controller = new AbortController()
      const reason = new Error('stop it')
      const stream = await backend.get('file', controller.signal)
      await stream[Symbol.asyncIterator]().next()
      const end = new Promise((resolve) => stream.once('error', resolve))
      controller.abort(reason)
      expect(await end).toBe(reason)
    })

    test('a download may be given up', async () => {
      await put('file', randomBytes(1_000_000))
      for (let round = 0; round <= backend.traits.concurrency; round += 1) {
        const stream = await backend.get('file', never)
        const closed = new Promise((resolve) => stream.once('close', resolve))
        stream.destroy()
        await closed
      }
      expect(await listed()).toEqual({ file: 1_000_000 })
    })

    test('as many calls at once as the traits say', async () => {
      const count = backend.traits.concurrency
      expect(count).toBeGreaterThanOrEqual(1)
      const contents = Array.from({ length: count }, () => randomBytes(chunk + 1))
      await Promise.all(contents.map((bytes, index) => put(`file${index}`, bytes)))
      await settled()
      const found = await Promise.all(contents.map((_, index) => fetched(`file${index}`)))
      expect(found.map((bytes, index) => contents[index]?.equals(bytes))).toEqual(contents.map(() => true))
    })

    test('traits.atomicPut: an unfinished file cannot be seen under its name', async () => {
      const { body, half, finish } = heldBody(100_000)
      const putting = backend.put('file', body, never)
      await half
      const early = backend.traits.concurrency > 1 ? await listed() : {}
      finish()
      await putting
      expect(backend.traits.atomicPut ? early : {}).toEqual({})
      expect(await listed()).toEqual({ file: 100_000 })
    })

    test('traits.local: only then files have a path here', async () => {
      await put('file', Buffer.from('x'))
      expect(backend.localPath('file') !== undefined).toBe(backend.traits.local)
    })

    test('the label says where, without secrets', async () => {
      expect(backend.label).toMatch(/^[a-z0-9+]+:\/\//)
      if (fixture.secret === undefined) return
      const error = await rejection(backend.get('missing', never))
      expect(`${backend.label} ${JSON.stringify(error)} ${String(error)}`).not.toContain(fixture.secret)
    })

    const { denied } = fixture
    if (denied !== undefined) {
      test('wrong credentials are BACKEND_DENIED, tried once', async () => {
        const wrong = await denied()
        const error = await rejection(wrong.backend.list(never))
        expect(error).toMatchObject({ code: 'BACKEND_DENIED' })
        expect(String(error)).not.toContain(fixture.secret ?? '\0')
        expect(wrong.attempts()).toBe(1)
        await wrong.backend.close()
      })
    }

    test('after close every call rejects, and closing again is no error', async () => {
      await backend.close()
      await backend.close()
      const calls = [
        backend.list(never),
        backend.size('x', never),
        backend.get('x', never),
        backend.put('x', bodyOf(Buffer.from('x')), never),
        backend.delete('x', never),
      ]
      for (const error of await Promise.all(calls.map(rejection)))
        expect(error).toMatchObject({ code: 'BACKEND_ERROR' })
    })
  })
}

/** A stream that fails after so many bytes. */
export function breakingStream(after: number): Readable {
  let sent = 0
  return new Readable({
    read(size) {
      const piece = Buffer.alloc(Math.min(size, after - sent))
      sent += piece.length
      if (piece.length > 0) this.push(piece)
      else this.destroy(new Error('the source broke'))
    },
  })
}

/** A body that stops at its half until told to finish. */
function heldBody(size: number): { body: Body; half: Promise<void>; finish: () => void } {
  const bytes = randomBytes(size)
  const stream = new PassThrough({ highWaterMark: 16 })
  let reached: () => void
  const half = new Promise<void>((resolve) => {
    reached = resolve
  })
  const open = (): Readable => {
    stream.write(bytes.subarray(0, size / 2), () => {
      setTimeout(reached, 20)
    })
    return stream
  }
  const finish = (): void => {
    stream.end(bytes.subarray(size / 2))
  }
  return { body: { size, open }, half, finish }
}
