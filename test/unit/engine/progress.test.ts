import { expect, test } from '@jest/globals'
import type { EngineEvent } from '../../../src/engine/events.ts'
import { Progress } from '../../../src/engine/progress.ts'

test('progress is told once a second, with everything so far, and also when the clock goes back', () => {
  const events: EngineEvent[] = []
  let now = 100
  const progress = new Progress({ emit: (event) => events.push(event), now: () => now })
  progress.entry(5)
  progress.read(10)
  expect(events).toEqual([])
  now = 101
  progress.read(1)
  progress.read(1)
  now = 50
  progress.entry()
  expect(events).toEqual([
    { type: 'progress', files: 1, bytes: 16 },
    { type: 'progress', files: 2, bytes: 17 },
  ])
})
