import { expect, test } from '@jest/globals'
import { Writable } from 'node:stream'
import { LiveArea } from '../../../src/report/live-area.ts'
import { JobProgress, progressLine } from '../../../src/report/progress-line.ts'

const MiB = 1 << 20

test('files, bytes, rate and what is left where an earlier run tells the size', () => {
  const progress = new JobProgress(100, { bytes: 1000 * MiB })
  expect(progress.text(103)).toBe('begun 3.0 s ago')
  progress.take({ files: 1, bytes: 10 * MiB }, 101)
  expect(progress.text(101)).toBe('1 file, 10.0 MiB of 1000.0 MiB (1 %), 10.0 MiB/s')
  progress.take({ files: 12_345, bytes: 250 * MiB }, 110)
  progress.take({ up: 50 * MiB, down: 0 }, 110)
  expect(progress.text(110)).toBe(
    '12,345 files, 250.0 MiB of 1000.0 MiB (25 %), 25.0 MiB/s, 50.0 MiB stored, 30 s left',
  )
})

test('the rate is that of the last seconds, and falls where nothing moves', () => {
  const progress = new JobProgress(0, {})
  for (let time = 1; time <= 60; time += 1)
    progress.take({ files: time, bytes: time < 40 ? MiB * time : 40 * MiB }, time)
  expect(progress.text(60)).toBe('60 files, 40.0 MiB, 0 B/s')
})

test('more than last time says nothing about the end', () => {
  const progress = new JobProgress(0, { bytes: 10 })
  progress.take({ files: 2, bytes: 2048 }, 10)
  expect(progress.text(10)).toBe('2 files, 2.0 KiB, 205 B/s')
})

test('a restore counts volumes', () => {
  const progress = new JobProgress(0, {})
  progress.take({ volumes: { done: 2, total: 8 } }, 20)
  progress.take({ down: 400 * MiB }, 20)
  expect(progress.text(20)).toBe('volume 2 of 8, 20.0 MiB/s, 400.0 MiB fetched, 1 min 0 s left')
})

test('a line fits its terminal, whatever the name', () => {
  expect(progressLine('/etc', '1 file', 80)).toBe('/etc  1 file')
  const long = progressLine(`/srv/${'x'.repeat(100)}`, '12,345 files, 25.0 MiB/s', 60)
  expect(long).toHaveLength(58)
  expect(long).toMatch(/x…  12,345 files, 25.0 MiB\/s$/)
  expect(progressLine('/\u001b[2J日本語', '1 file', 80)).toBe('/\\x1b[2J日本語  1 file')
  expect(progressLine('日本語'.repeat(20), '1 file', 30).length).toBeLessThan(25)
})

test('lines are drawn anew in place, and others pass above them', () => {
  const pieces: string[] = []
  const terminal = new Writable({
    write: (piece: Buffer, _, done) => {
      pieces.push(piece.toString())
      done()
    },
  })
  const area = new LiveArea(terminal)
  area.draw([])
  area.draw(['a', 'b'])
  area.above.write('log\n')
  area.draw(['c'])
  area.draw([])
  const up = (lines: number): string => `\u001b[${lines}A\r\u001b[J`
  expect(pieces).toEqual(['a\nb\n', `${up(2)}log\na\nb\n`, `${up(2)}c\n`, up(1)])
})
