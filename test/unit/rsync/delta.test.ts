import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DeltaBuilder } from '../../../src/rsync/delta.ts'
import { loadKernels } from '../../../src/rsync/kernels.ts'
import { signatureOf } from '../../../src/rsync/signature.ts'
import { SignatureIndex } from '../../../src/rsync/signature-index.ts'
import { expectBytes, deltaOf, noise, patched, stepsOf, variants, versions } from '../../support/rsync.ts'

const folder = new URL('../../fixtures/rsync/', import.meta.url)
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder))
const kinds = ['0136-512-8', '0136-700-16', '0136-64-4', '0137-512-32', '0146-512-16', '0147-300-12']

test.each([3, 64, 512])('both builds make the same delta (blocks of %d)', (block) => {
  const [simd, scalar] = [loadKernels('simd'), loadKernels('scalar')]
  fc.assert(
    fc.property(versions(block), fc.integer({ min: 1, max: 3000 }), (version, chunkSize) => {
      const index = new SignatureIndex(signatureOf(scalar, version.old, block))
      const expected = deltaOf(scalar, index, version.new)
      expectBytes(deltaOf(simd, index, version.new, chunkSize), expected)
    }),
  )
})

describe.each(variants)('%s delta', (variant) => {
  const kernels = loadKernels(variant)
  const indexOf = (old: Buffer, block: number, window?: number): SignatureIndex =>
    new SignatureIndex(signatureOf(kernels, old, block), window)

  test('of one changed byte copies the blocks around it', () => {
    const old = noise('changed', 200000)
    const changed = Buffer.from(old)
    changed[100000] = (old[100000] ?? 0) ^ 1
    const delta = deltaOf(kernels, indexOf(old, 512), changed)
    const block = changed.subarray(99840, 100352).toString('hex')
    expect(delta.toString('hex')).toBe(`72730236470000018600420200${block}4f0001880000018540` + '00')
    expectBytes(patched(old, delta), changed)
  })

  test('of nothing changed is one copy, of nothing left only the end', () => {
    const old = noise('same', 65535)
    expect(deltaOf(kernels, indexOf(old, 512), old).toString('hex')).toBe('727302364600ffff00')
    expect(deltaOf(kernels, indexOf(old, 512), Buffer.alloc(0)).toString('hex')).toBe('7273023600')
    const appended = Buffer.from('appended\n')
    expect(deltaOf(kernels, indexOf(Buffer.alloc(0), 512), appended).toString('hex')).toBe(
      '7273023609617070656e6465640a00',
    )
  })

  test.each(kinds)("against rdiff's signature %s is as small as rdiff's and gives the new file", (kind) => {
    const [old, changed, theirs] = [fixture('old.bin'), fixture('new.bin'), fixture(`${kind}.delta`)]
    const index = new SignatureIndex(fixture(`${kind}.sig`))
    expectBytes(patched(old, theirs), changed)
    for (const chunkSize of [1, 100, 513, 20000]) {
      const ours = deltaOf(kernels, index, changed, chunkSize)
      expectBytes(patched(old, ours), changed)
      expect(ours.length).toBeLessThanOrEqual(theirs.length)
    }
  })

  test.each([1, 2, 16, 100])('gives the new file, whatever was done to it (blocks of %d)', (block) => {
    fc.assert(
      fc.property(versions(block), fc.integer({ min: 1, max: 500 }), (version, chunkSize) => {
        const delta = deltaOf(kernels, indexOf(version.old, block), version.new, chunkSize)
        expectBytes(patched(version.old, delta, chunkSize), version.new)
      }),
    )
  })

  test.each([100, 100000])(
    'finds all blocks that were kept, moved or doubled (chunks of %d)',
    (chunkSize) => {
      const old = noise('moved', 20 * 512 + 100)
      const piece = (from: number, to: number): Buffer => old.subarray(from * 512, to * 512)
      const moved = Buffer.concat([piece(7, 12), noise('in', 1000), piece(0, 5), piece(0, 5), piece(15, 21)])
      expect(stepsOf(deltaOf(kernels, indexOf(old, 512), moved, chunkSize), old.length)).toEqual([
        { offset: 7 * 512, length: 5 * 512 },
        { literal: 1000 },
        { offset: 0, length: 5 * 512 },
        { offset: 0, length: 5 * 512 },
        { offset: 15 * 512, length: 5 * 512 + 100 },
      ])
    },
  )

  test('matches a short last block at the end only', () => {
    const old = noise('short', 1300)
    const last = old.subarray(1024)
    const index = indexOf(old, 512)
    expect(stepsOf(deltaOf(kernels, index, Buffer.concat([noise('x', 700), last])), 1300)).toEqual([
      { literal: 700 },
      { offset: 1024, length: 276 },
    ])
    expect(stepsOf(deltaOf(kernels, index, Buffer.concat([last, noise('x', 700)])), 1300)).toEqual([
      { literal: 976 },
    ])
    expect(stepsOf(deltaOf(kernels, index, last), 1300)).toEqual([{ offset: 1024, length: 276 }])
  })

  test('follows the order of the old file where blocks repeat', () => {
    const old = Buffer.concat([Buffer.alloc(300000), noise('end', 1000)])
    expect(stepsOf(deltaOf(kernels, indexOf(old, 512), old), old.length)).toEqual([
      { offset: 0, length: old.length },
    ])
  })

  test('of blocks with equal weak sums is right, and as quick as any', () => {
    // swapping the outer and the inner of four bytes at equal distances keeps a and b
    const block = (n: number): Buffer => {
      const bytes = Buffer.alloc(64, 7)
      for (let bit = 0; bit < 14; bit += 1) bytes.set((n >> bit) & 1 ? [1, 0, 0, 1] : [0, 1, 1, 0], bit * 4)
      return bytes
    }
    const blocks = Array.from({ length: 16384 }, (_, n) => block(n))
    const old = Buffer.concat(blocks)
    expect(kernels.weakSum('rollsum', block(0))).toBe(kernels.weakSum('rollsum', block(9999)))
    const reversed = Buffer.concat(blocks.reverse())
    const index = indexOf(old, 64)
    expectBytes(patched(old, deltaOf(kernels, index, reversed)), reversed)
    expect(deltaOf(kernels, index, old).length).toBeLessThan(100)
  })

  test('of long literals costs three bytes for each 32 KiB', () => {
    const old = noise('old', 5000)
    const changed = noise('new', 2_000_000)
    const delta = deltaOf(kernels, indexOf(old, 2048), changed, 1_500_000)
    expectBytes(patched(old, delta), changed)
    expect(delta.length).toBe(4 + changed.length + 3 * Math.ceil(changed.length / 32768) + 1)
  })

  test('of many short commands does not run over its output', () => {
    const old = Buffer.from(Array.from({ length: 250 }, (_, n) => n + 5))
    const changed = Buffer.from(Array.from({ length: 500_000 }, (_, n) => (n % 2 ? 0 : 5 + ((n * 7) % 250))))
    const delta = deltaOf(kernels, indexOf(old, 1), changed, 500_000)
    expectBytes(patched(old, delta), changed)
  })

  test('of blocks too long for memory is made of literals', () => {
    const signature = signatureOf(kernels, noise('old', 100), 512)
    signature.writeUInt32BE(0x7fffffff, 4)
    const delta = deltaOf(kernels, new SignatureIndex(signature), noise('old', 100))
    expect(stepsOf(delta, 100)).toEqual([{ literal: 100 }])
  })

  test('with long blocks waits for as many as it needs', () => {
    const old = noise('long', 3_000_000)
    const delta = deltaOf(kernels, indexOf(old, 400_000), Buffer.concat([noise('in', 10), old]), 10_000)
    expect(stepsOf(delta, old.length)).toEqual([{ literal: 10 }, { offset: 0, length: old.length }])
  })

  test('ends once', () => {
    const builder = new DeltaBuilder(kernels, indexOf(noise('x', 1000), 512))
    builder.end()
    expect(() => builder.update(Buffer.alloc(1))).toThrow('ended')
    expect(() => builder.end()).toThrow('ended')
    expect(() => {
      builder.close()
    }).not.toThrow()
  })

  test('does not disturb other deltas and signatures of the same kernels', () => {
    const old = noise('shared', 20000)
    const index = indexOf(old, 512)
    const changed = [old.subarray(1), old.subarray(700)]
    const expected = changed.map((content) => deltaOf(kernels, index, content))
    const builders = changed.map(() => new DeltaBuilder(kernels, index))
    const parts: Buffer[][] = [[], []]
    for (let at = 0; at < 20000; at += 333) {
      builders.forEach((builder, i) =>
        parts[i]?.push(...builder.update(changed[i]?.subarray(at, at + 333) ?? old)),
      )
      signatureOf(kernels, changed[0] ?? old, 512)
    }
    const whole = builders.map((builder, i) => Buffer.concat([...(parts[i] ?? []), ...builder.end()]))
    expect(whole).toEqual(expected)
  })
})
