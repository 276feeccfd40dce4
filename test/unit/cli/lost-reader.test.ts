import { expect, test } from '@jest/globals'
import { Writable } from 'node:stream'
import { endureLostReader } from '../../../src/cli/lost-reader.ts'

function fail(code: string): void {
  const stream = new Writable()
  endureLostReader(stream)
  stream.emit('error', Object.assign(new Error(code), { code, errno: -1 }))
}

test('a program goes on without its reader, and tells every other error', () => {
  expect(() => {
    fail('EPIPE')
    fail('EIO')
  }).not.toThrow()
  expect(() => {
    fail('ENOSPC')
  }).toThrow('ENOSPC')
})
