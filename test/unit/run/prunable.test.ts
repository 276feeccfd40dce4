import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

test('where the destination cannot be listed, entries of a source that is elsewhere are known by their names', async () => {
  const source = { path: '/duba-test/homes', divide: true, dest: 'sftp://host/homes', keep_full: 1 }
  bench.configure({ backup_sources: [source] })
  const all = await bench.run(['prune'])
  expect([all.status, all.stdout]).toEqual([
    3,
    expect.stringContaining('its entries have to be named: duba prune /duba-test/homes/ENTRY'),
  ])
  expect(existsSync(bench.dump)).toBe(false)
  const { status } = await bench.run(['prune', '/duba-test/homes/eve'])
  expect([status, bench.dumped().map(({ argv }) => argv.at(-1))]).toEqual([0, ['sftp://host/homes/eve']])
})
