import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

/** What `duba prune` prints where the engine tells these events and then fails. */
const failedPrune = async (events: readonly unknown[]): Promise<string> => {
  bench.configure({ backup_sources: [{ path: bench.source('a') }] })
  await bench.run(['backup'])
  await bench.run(['backup'])
  const error = { code: 'BACKEND_ERROR', message: 'Cannot list.' }
  const env = bench.play({ events, exit: { type: 'exit', status: 50, error } })
  bench.configure({ backup_sources: [{ path: bench.at('a'), retention_time: '1D', env }] })
  const { status, stdout } = await bench.run(['prune'])
  expect(status).toBe(1)
  expect(stdout).toContain('Cannot list.')
  return stdout
}

test('a prune that failed does not say that nothing is old enough', async () => {
  expect(await failedPrune([])).not.toContain('nothing is old enough')
})

test('nor that what it began to delete is deleted', async () => {
  const events = [
    { type: 'removal-found', times: [1_600_000_000], force: true },
    { type: 'file-deleted', where: 'remote', name: 'x' },
  ]
  expect(await failedPrune(events)).toContain('1 files of 1 old chain deleted')
})
