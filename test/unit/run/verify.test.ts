import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Bench, type Ran } from '../../support/cli.ts'

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

describe('a verify of a job whose cache is in use', () => {
  const verify = async (locked: boolean, ...more: readonly object[]): Promise<Ran> => {
    const summary = { good: 0, suspicious: 0, damaged: 1, strays: 0, closed: 0, allGood: false }
    const env = bench.play({ locked, events: [{ type: 'check-done', summary }] })
    bench.configure({ backup_sources: [{ path: bench.source('a'), env }, ...more] })
    return bench.run(['verify', '--json'])
  }

  test('is skipped, and what the last one found stands', async () => {
    expect((await verify(false)).status).toBe(1)
    const before = bench.read('state/status.json')
    const { status, stdout } = await verify(true)
    expect(status).toBe(75)
    expect(JSON.parse(stdout)).toMatchObject({
      jobs: [
        { verdict: 'skipped', reason: { code: 'locked', text: 'Process 4711 is working with it. Wait.' } },
      ],
    })
    const jobs = (text: string): unknown => (JSON.parse(text) as { jobs: unknown }).jobs
    expect(jobs(bench.read('state/status.json'))).toEqual(jobs(before))
    expect((await bench.run(['check'])).stdout).toContain('verify failed: 1 of 1 backup sets are damaged')
  })

  test('counts for nothing beside one that was done', async () => {
    const summary = { good: 1, suspicious: 0, damaged: 0, strays: 0, closed: 0, allGood: true }
    const env = bench.play({ events: [{ type: 'check-done', summary }] })
    expect((await verify(true, { path: bench.source('b'), env })).status).toBe(0)
  })
})
