import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

describe('volumes that are missing', () => {
  const time = 1_700_000_000
  const set = {
    type: 'full',
    start: time,
    end: time,
    volumes: 1,
    encrypted: true,
    bytes: 1,
    missing: [2, 3],
  }
  const words = /Volumes 2, 3 of the full backup of 2023-11-1\d [\d:]+ are not on the destination/

  test('are a problem of the plan, and nothing is touched', async () => {
    const env = bench.play({ outlook: { sets: [set] } })
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env }] })
    const planned = await bench.run(['restore', 'etc', '--to', 'out', '--plan'])
    expect([planned.status, planned.stdout]).toEqual([1, expect.stringMatching(words)])
    const asJson = await bench.run(['restore', 'etc', '--to', 'out', '--plan', '--json'])
    expect(JSON.parse(asJson.stdout)).toMatchObject({ plans: [{ sets: [{ missing_volumes: [2, 3] }] }] })
    const { status, stderr } = await bench.run(['restore', 'etc', '--to', 'out'])
    expect([status, stderr]).toEqual([1, expect.stringMatching(words)])
    expect(stderr).toContain('--ignore-errors {url} DIR')
    expect(bench.dumped()).toHaveLength(3)
  })

  test('are looked for at another destination', async () => {
    const dests = [
      { name: 'near', dest: `file://${bench.at('near')}`, env: bench.play({ outlook: { sets: [set] } }) },
      { name: 'far', dest: `file://${bench.at('far')}`, env: bench.play() },
    ]
    bench.configure({ backup_sources: [{ path: bench.source('etc'), dests }] })
    const { status, stdout } = await bench.run(['restore', 'etc', '--to', 'out'])
    expect([status, stdout]).toEqual([0, expect.stringMatching(/near.* was passed over: Volumes 2, 3/)])
    expect(bench.dumped().at(-1)?.argv.join()).toContain(bench.at('far'))
  })
})
