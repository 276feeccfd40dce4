import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compileGlob } from '../../../../src/engine/select/glob.ts'
import { type GlobToken, linearGlob } from '../../../../src/engine/select/glob-linear.ts'

const token: fc.Arbitrary<GlobToken> = fc.oneof(
  fc.constantFrom('a', 'b', '\\/', '[^\\/]', '[^a]').map((source) => ({ source, star: false })),
  fc.constantFrom('.', '[^\\/]').map((source) => ({ source, star: true })),
)
const text = fc
  .array(fc.constantFrom('a', 'b', '/', '\n', 'é'), { maxLength: 14 })
  .map((parts) => parts.join(''))

test('finds the end that a regular expression with greedy stars finds', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 7 }), text, (tokens, path) => {
      const source = tokens.map((each) => each.source + (each.star ? '*' : '')).join('')
      const expected = new RegExp(`^${source}(?=\\/|$)`, 'su').exec(path)?.[0].length
      const found = linearGlob(tokens, 'su')(path, (characters, place) =>
        [undefined, '/'].includes(characters[place]),
      )
      expect(found).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['**a**a**a**a**a**a**a**b', `/${'a'.repeat(3000)}`, 'scan'],
  ['**a**a**a**a**a**a**a**b', `/${'a'.repeat(3000)}b/c`, 'match'],
  ['**/*a*a*a*a*a*a/', `/${'a'.repeat(250)}!`, 'scan'],
  ['**/*a*a*a*a*a*a/', `/x/${'a'.repeat(250)}`, undefined],
  ['**/*a*a*a*a*a*a/', `/x/${'a'.repeat(250)}/y`, 'match'],
  ['/home/*a*a*a*a*a*a*b/c', `/home/${'a'.repeat(250)}`, undefined],
  ['/home/*a*a*a*a*a*a*b/c', `/home/${'a'.repeat(250)}b`, 'scan'],
  ['ignorecase:**A**A**A**A**B', `/${'a'.repeat(2000)}B`, 'match'],
])('%s answers at once, however a path was chosen to make it slow', (pattern, path, answer) => {
  const started = performance.now()
  expect(compileGlob(pattern, 'include')(path, false)).toBe(answer)
  expect(performance.now() - started).toBeLessThan(1000)
})
