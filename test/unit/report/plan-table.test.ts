import { expect, test } from '@jest/globals'
import { type JobForecast, planTable } from '../../../src/report/plan-table.ts'

test('says what it was made from, which includes destinations on this machine', () => {
  const forecast: JobForecast = {
    job: 'a\n',
    source: '/a',
    destination: 'file:///b/a',
    action: 'full',
    why: 'there is no chain',
    obstacle: undefined,
    retention: 'none',
    pruneDue: true,
    chains: undefined,
    priority: 0,
  }
  const [, row, note] = planTable([forecast])
  expect(row).toBe(String.raw`a\n  full         -  file:///b/a  none (due)  there is no chain`)
  expect(note).toContain('only directories of this machine were looked at')
  expect(planTable([])).toEqual(['There is no job.'])
})
