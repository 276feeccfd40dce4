import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

const cleanup = async (...events: readonly unknown[]): Promise<string> => {
  const error = { code: 'BACKEND_ERROR', message: 'Cannot list.' }
  const env = bench.play({ events, exit: { type: 'exit', status: 50, error } })
  bench.configure({ backup_sources: [{ path: bench.source('a'), env }] })
  const { status, stdout } = await bench.run(['cleanup'])
  expect(status).toBe(1)
  expect(stdout).toContain('Cannot list.')
  return stdout
}

test('a cleanup that failed does not say that nothing was to be done', async () => {
  expect(await cleanup()).not.toContain('nothing to clean up')
  const deleted = { type: 'file-deleted', where: 'remote', name: 'x' }
  expect(await cleanup({ type: 'cleanup-found', names: ['x', 'y'], force: true }, deleted)).toContain(
    '1 files were deleted',
  )
})

test('one that found nothing does', async () => {
  bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play({ events: [] }) }] })
  expect((await bench.run(['cleanup'])).stdout).toContain('there is nothing to clean up')
})
