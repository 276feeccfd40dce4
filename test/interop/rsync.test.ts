/** Signatures and deltas against rdiff, librsync's own program, in both directions. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadKernels } from '../../src/rsync/kernels.ts'
import { signatureOf } from '../../src/rsync/signature.ts'
import { SignatureIndex } from '../../src/rsync/signature-index.ts'
import {
  deltaOf,
  expectBytes,
  noise,
  patched,
  signatureInChunks,
  variants,
  versions,
} from '../support/rsync.ts'
import { useTempDir } from '../support/temp.ts'

const folder = useTempDir('rsync')
const path = (name: string): string => join(folder, name)

/** Runs rdiff on files of the folder, the input files written first; returns the output file. */
function rdiff(args: string[], inputs: Record<string, Buffer>, output: string): Buffer {
  for (const [name, content] of Object.entries(inputs)) writeFileSync(path(name), content)
  const names = [...Object.keys(inputs), output].map(path)
  execFileSync('rdiff', ['-f', ...args, ...names], { stdio: ['ignore', 'pipe', 'ignore'] })
  return readFileSync(path(output))
}

function signature(old: Buffer, block: number, strong = 8, hash = 'md4', weak = 'rollsum'): Buffer {
  return rdiff(['-H', hash, '-R', weak, '-b', `${block}`, '-S', `${strong}`, 'signature'], { old }, 'sig')
}

const patch = (old: Buffer, delta: Buffer): Buffer => rdiff(['patch'], { old, delta }, 'new')
const delta = (sig: Buffer, changed: Buffer): Buffer => rdiff(['delta'], { sig, new: changed }, 'delta')

describe.each(variants)('%s and rdiff', (variant) => {
  const kernels = loadKernels(variant)

  test.each([1, 16, 63, 64, 65, 512, 700, 2048, 65536, 100000])('sign the same in blocks of %d', (block) => {
    for (const size of [0, 1, block - 1, block, block + 1, 2 * block, 4 * block, 5 * block + 7, 9 * block]) {
      const content = noise(`${block} ${size}`, size)
      for (const strong of [8, 16]) {
        const theirs = signature(content, block, strong)
        expectBytes(signatureOf(kernels, content, block, strong), theirs)
        expectBytes(signatureInChunks(kernels, content, block, strong, 1000), theirs)
      }
    }
  })

  test.each([16, 100, 512])('understand each other whatever was done to a file (blocks of %d)', (block) => {
    fc.assert(
      fc.property(versions(block), (version) => {
        const sig = signature(version.old, block)
        const ours = deltaOf(kernels, new SignatureIndex(sig), version.new, 300)
        expectBytes(patch(version.old, ours), version.new)
        expectBytes(patched(version.old, delta(sig, version.new)), version.new)
      }),
      { numRuns: 30 },
    )
  })

  test.each([
    ['md4', 'rollsum', 16],
    ['md4', 'rabinkarp', 8],
    ['md4', 'rabinkarp', 16],
    ['blake2', 'rollsum', 8],
    ['blake2', 'rabinkarp', 12],
    ['blake2', 'rabinkarp', 32],
  ])('find the same in a signature of %s and %s with %d bytes', (hash, weak, strong) => {
    const old = noise('kinds', 300_001)
    const changed = Buffer.concat([
      noise('in', 77),
      old.subarray(0, 100_000),
      old.subarray(150_000, 200_000),
      Buffer.alloc(5000),
      old.subarray(120_000),
    ])
    const sig = signature(old, 700, strong, hash, weak)
    const ours = deltaOf(kernels, new SignatureIndex(sig), changed, 7000)
    const theirs = delta(sig, changed)
    expectBytes(patch(old, ours), changed)
    expectBytes(patched(old, theirs), changed)
    expect(ours.length).toBeLessThanOrEqual(theirs.length + 16)
  })

  test('agree on a file of some megabytes', () => {
    const old = noise('large', 8_000_000)
    const changed = Buffer.concat([
      old.subarray(5_000_000),
      noise('more', 200_000),
      old.subarray(0, 6_000_123),
    ])
    const sig = signature(old, 2048)
    expectBytes(signatureInChunks(kernels, old, 2048), sig)
    const ours = deltaOf(kernels, new SignatureIndex(sig), changed)
    expectBytes(patch(old, ours), changed)
    expectBytes(patched(old, delta(sig, changed)), changed)
    expect(ours.length).toBeLessThan(206_500)
  })
})
