import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { isIncompressible } from '../../../src/crypt/entropy.ts'
import { noise, prose } from '../../support/crypt.ts'

const chunk = 262_144

test('noise and compressed data are hopeless', () => {
  expect(isIncompressible(noise(chunk))).toBe(true)
  expect(isIncompressible(gzipSync(prose(2_000_000)).subarray(0, chunk))).toBe(true)
})

test('text, zeros and small chunks are not', () => {
  expect(isIncompressible(prose(chunk))).toBe(false)
  expect(isIncompressible(Buffer.alloc(chunk))).toBe(false)
  expect(isIncompressible(noise(4000))).toBe(false)
})

test('noise that repeats itself is worth deflating', () => {
  expect(isIncompressible(Buffer.concat(Array<Buffer>(64).fill(noise(4096))))).toBe(false)
})
