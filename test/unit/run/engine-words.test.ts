import { expect, test } from '@jest/globals'
import { fromBytes } from '../../../src/lib/bytestring.ts'
import { decodePath } from '../../../src/lib/path-text.ts'
import { engineWords } from '../../../src/run/engine-words.ts'

const wordsOf = (input: Uint8Array | undefined): string[] =>
  fromBytes(input ?? new Uint8Array())
    .split('\0')
    .map(decodePath)

test('arguments stand on the command line', () => {
  const argv = ['full', '--exclude', 'é😀\n', '']
  expect(engineWords(argv)).toEqual({ argv, input: undefined })
})

test.each([
  ['too many', Array.from({ length: 40_000 }, (_, at) => `/x/${at}`)],
  ['of bytes that are not UTF-8', ['restore', '/caf\udce9', 'é\r\n', '']],
])('arguments that are %s come over standard input', (_what, argv) => {
  const words = engineWords(argv)
  expect(words.argv).toEqual(['--arguments-fd', '0'])
  expect(wordsOf(words.input)).toEqual([...argv, ''])
})
