import { expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { noProgress, showProgress } from '../../../src/run/progress.ts'

test('without a terminal, a line for each running job now and then, and none after the end', async () => {
  const lines: string[] = []
  const log = {
    write: (level: string, text: string) => void lines.push(`${level} ${text}`),
    close: () => Promise.resolve(),
  }
  const view = showProgress({ now: () => 0, area: undefined, width: () => 80, log, interval: 0.01 })
  view.begin('/a')
  view.begin('/b')
  view.take('/a', { type: 'progress', files: 2, bytes: 2048 })
  view.take('/a', { type: 'backup-began', kind: 'full', start: 0, end: 0 })
  view.take('/never-begun', { type: 'progress', files: 1, bytes: 1 })
  view.end('/b')
  while (lines.length < 2) await sleep(5)
  view.close()
  const seen = lines.length
  await sleep(50)
  expect(lines).toHaveLength(seen)
  expect(new Set(lines)).toEqual(new Set(['notice /a: 2 files, 2.0 KiB']))
})

test('no progress is quiet', () => {
  noProgress.begin('/a')
  noProgress.take('/a', { type: 'transfer', up: 1, down: 1 })
  noProgress.end('/a')
  noProgress.close()
  expect(Object.keys(noProgress)).toEqual(['begin', 'take', 'end', 'close'])
})
