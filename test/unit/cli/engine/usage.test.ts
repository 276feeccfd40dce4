import { expect, test } from '@jest/globals'
import { options } from '../../../../src/cli/engine/options.ts'
import { helpText, synopsis } from '../../../../src/cli/engine/usage.ts'

test('the help has every option that is not hidden, within the width of a page', () => {
  const help = helpText()
  for (const row of options) {
    const shown = new RegExp(`(^|[ ,])--${row.name}([ =,[]|$)`, 'm').test(help)
    expect([row.name, shown]).toEqual([row.name, row.hidden !== true])
  }
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('an option is shown with all its names', () => {
  const row = options.find(({ name }) => name === 'restore-time')
  expect(row && synopsis(row)).toBe('-t time, --restore-time=time, --time=time')
})
