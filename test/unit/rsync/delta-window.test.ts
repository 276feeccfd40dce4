/** Deltas against signatures of which only a part is in memory. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DeltaBuilder } from '../../../src/rsync/delta.ts'
import { loadKernels } from '../../../src/rsync/kernels.ts'
import { signatureOf } from '../../../src/rsync/signature.ts'
import { SignatureIndex } from '../../../src/rsync/signature-index.ts'
import { expectBytes, deltaOf, noise, patched, stepsOf, variants, versions } from '../../support/rsync.ts'

describe.each(variants)('%s window', (variant) => {
  const kernels = loadKernels(variant)

  test('moves along with the new file', () => {
    const old = noise('window', 4_000_000)
    const index = new SignatureIndex(signatureOf(kernels, old, 512), 1500)
    expect(stepsOf(deltaOf(kernels, index, old), old.length)).toEqual([{ offset: 0, length: old.length }])
    const shifted = Buffer.concat([noise('in', 100_000), old.subarray(0, 2_000_000), old.subarray(2_100_000)])
    const delta = deltaOf(kernels, index, shifted)
    expectBytes(patched(old, delta), shifted)
    expect(delta.length).toBeLessThan(103_000)
  })

  test('gives the new file whatever its size', () => {
    fc.assert(
      fc.property(versions(16), fc.integer({ min: 1, max: 12 }), fc.nat(200), (version, window, chunk) => {
        const index = new SignatureIndex(signatureOf(kernels, version.old, 16), window)
        expectBytes(patched(version.old, deltaOf(kernels, index, version.new, chunk + 1)), version.new)
      }),
    )
  })

  test.each([
    ['as usual', (n: number) => Math.imul(n, 0x9e3779b1) >>> 0],
    ['with all weak sums equal', () => 1],
  ])('keeps the memory below 100 MB for a file of 100 GB, %s', (_name, weakOf) => {
    const index = new SignatureIndex({
      size: 12 + 12 * 50_000_000,
      read: (offset, length) => {
        if (offset === 0) return Buffer.from('727301360000080000000008', 'hex')
        const bytes = Buffer.alloc(length)
        for (let at = 0; at < length; at += 12) {
          bytes.writeUInt32BE(weakOf(offset + at), at)
          bytes.writeUInt32BE((offset + at) % 0xffffffff, at + 4)
        }
        return bytes
      },
    })
    const instance = kernels.lend()
    kernels.giveBack(instance)
    const builder = new DeltaBuilder(kernels, index)
    expect(builder.update(noise('new', 40_000)).length).toBeGreaterThan(0)
    builder.end()
    expect(instance.bytes.length).toBeGreaterThan(70_000_000)
    expect(instance.bytes.length).toBeLessThan(100_000_000)
    expect(kernels.lend()).not.toBe(instance)
  })
})
