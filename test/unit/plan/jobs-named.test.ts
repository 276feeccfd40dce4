import { expect, test } from '@jest/globals'
import { jobsNamed } from '../../../src/plan/jobs-named.ts'

const named = (word: string, names: readonly string[]): string[] =>
  jobsNamed(
    names.map((name) => ({ name })),
    word,
  ).map(({ name }) => name)

test('the name of a source with several destinations means all of its jobs', () => {
  const names = ['web@nas', 'web@usb', 'db', '/srv@x']
  expect(named('web', names)).toEqual(['web@nas', 'web@usb'])
  expect(named('web@usb', names)).toEqual(['web@usb'])
  expect(named('/srv', names)).toEqual(['/srv@x'])
  expect(named('we', names)).toEqual([])
  expect(named('', ['/etc'])).toEqual([])
  expect(named('web', ['web', 'web@nas'])).toEqual(['web'])
})
