import { describe, expect, test } from '@jest/globals'
import { isDue, blockedBy } from '../../../src/run/retention.ts'
import { remapped } from '../../../src/run/remap.ts'
import { sharesOf } from '../../../src/run/shares.ts'
import { watchJob } from '../../../src/run/watch.ts'
import { isInWindow } from '../../../src/run/window.ts'

describe('shares of the machine', () => {
  const small = { cores: 2, memory: 2048 }
  const limits = { parallel: 3, threads: undefined, memory: undefined }

  test('suit a machine with two cores and two gigabytes', () => {
    expect(sharesOf(limits, small, 200)).toEqual({ parallel: 3, threads: 1, heap: 261 })
    expect(sharesOf(limits, small, 1)).toEqual({ parallel: 1, threads: 2, heap: 944 })
  })

  test('fewer engines run where the memory does not suffice for more', () => {
    expect(sharesOf({ ...limits, memory: 300 }, small, 9)).toEqual({ parallel: 2, threads: 1, heap: 70 })
    expect(sharesOf({ ...limits, memory: 1 }, small, 9)).toMatchObject({ parallel: 1, heap: 70 })
    expect(sharesOf({ parallel: 4, threads: 12, memory: 9999 }, small, 9)).toEqual({
      parallel: 4,
      threads: 3,
      heap: 1024,
    })
  })

  test('the heap has no limit where the machine is large and nobody set one', () => {
    const large = { cores: 8, memory: 32_768 }
    expect(sharesOf(limits, large, 9).heap).toBeUndefined()
    expect(sharesOf({ ...limits, memory: 16_384 }, large, 9).heap).toBe(1024)
  })
})

test('a window of the day, also over midnight', () => {
  const at = (hour: number, minute = 0): number => new Date(2026, 5, 1, hour, minute).getTime() / 1000
  const night = { from: '22:30', to: '05:00' }
  const noon = { from: '11:00', to: '13:00' }
  expect([at(22, 29), at(22, 30), at(4, 59), at(5)].map((time) => isInWindow(night, time))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect([at(10, 59), at(11), at(13)].map((time) => isInWindow(noon, time))).toEqual([false, true, false])
})

describe('the watch', () => {
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds))

  test('ends what is silent, and lets live what is not', async () => {
    const watch = watchJob(new AbortController().signal, { timeout: undefined, stallTimeout: 0.2 })
    for (let time = 0; time < 4; time += 1) {
      await pause(100)
      watch.touch()
    }
    expect(watch.signal.aborted).toBe(false)
    await pause(600)
    expect(watch.signal.reason).toMatchObject({ code: 'stalled' })
    watch.end()
  })

  test('ends what takes too long, and follows the run', async () => {
    const late = watchJob(new AbortController().signal, { timeout: 0.05, stallTimeout: 0 })
    await pause(300)
    expect(late.signal.reason).toMatchObject({ code: 'deadline' })
    late.end()
    const run = new AbortController()
    const watch = watchJob(run.signal, { timeout: undefined, stallTimeout: 0 })
    run.abort('SIGTERM')
    expect(watch.signal.reason).toBe('SIGTERM')
    watch.end()
  })
})

describe('retention', () => {
  const chains = [
    { start: 0, end: 10 },
    { start: 20, end: 30 },
    { start: 40, end: 50 },
  ]

  test('is due for what is old, never for the newest chain', () => {
    expect(isDue({ rule: 'older-than', time: '70s' }, chains, 100)).toBe(true)
    expect(isDue({ rule: 'older-than', time: '1s' }, chains.slice(2), 100)).toBe(false)
    expect(isDue({ rule: 'older-than', time: '95s' }, chains, 100)).toBe(false)
    expect(isDue({ rule: 'but-n-full', count: 2 }, chains, 100)).toBe(true)
    expect(isDue({ rule: 'but-n-full', count: 3 }, chains, 100)).toBe(false)
  })

  test('is blocked by failures and by too many entries that were left out', () => {
    const limits = { maxUnreadable: 100, maxUnreadablePercent: 1 } as Parameters<typeof blockedBy>[3]
    expect(blockedBy('failed', 0, 9, limits)).toContain('failed')
    expect(blockedBy('warning', 100, 100_000, limits)).toBeUndefined()
    expect(blockedBy('warning', 101, 100_000, limits)).toContain('101 entries')
    expect(blockedBy('warning', 11, 1000, limits)).toContain('11 entries')
  })
})

test('a reason that is given ok stays to be seen, and a note can make it worse', () => {
  const result: Parameters<typeof remapped>[0] = {
    verdict: 'warning',
    reason: { code: 'a', text: '' },
    notes: [{ code: 'b', text: '' }],
  }
  expect(remapped(result, { a: 'ok' })).toMatchObject({ verdict: 'ok', reason: { code: 'a' } })
  expect(remapped(result, { b: 'failed' })).toMatchObject({ verdict: 'failed', reason: { code: 'b' } })
  expect(remapped(result, { c: 'failed' })).toEqual(result)
})
