import { expect, test } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLogFile, parseLevel } from '../../../src/report/log.ts'

test.each([
  ['notice', 'notice'],
  ['w', 'warning'],
  ['0', 'error'],
  ['1', 'error'],
  ['4', 'notice'],
  ['8', 'info'],
  ['9', 'debug'],
])('loglevel %s is %s', (word, level) => {
  expect(parseLevel(word)).toBe(level)
})

test('appends lines up to the level, complete when closed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-log-'))
  try {
    const path = join(dir, 'x.log')
    const failures: string[] = []
    for (const round of [1, 2]) {
      const log = await openLogFile(path, {
        redact: (text) => text.replace('secret', '***'),
        now: () => 0,
        level: 'notice',
        onFailure: (text) => failures.push(text),
      })
      for (let line = 0; line < 5000; line += 1) log.write('notice', `round ${round} line ${line} secret\n`)
      log.write('info', 'not written')
      await log.close()
    }
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines).toHaveLength(10_001)
    expect(lines[9999]).toMatch(/^19(69|70)-\d\d-\d\d \d\d:\d\d:\d\d NOTICE {2}round 2 line 4999 \*\*\*\\n$/)
    expect(failures).toEqual([])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('a log that cannot be written any more is told once, and closing ends', async () => {
  const failures: string[] = []
  const log = await openLogFile('/dev/full', {
    redact: (text) => text,
    now: () => 0,
    level: 'notice',
    onFailure: (text) => failures.push(text),
  })
  for (let line = 0; line < 100; line += 1) log.write('error', 'x'.repeat(1000))
  await log.close()
  expect(failures).toHaveLength(1)
  expect(failures[0]).toContain('ENOSPC')
})

test('a log file that cannot be opened', async () => {
  const options = {
    redact: (text: string) => text,
    now: () => 0,
    level: 'notice',
    onFailure: () => undefined,
  } as const
  await expect(openLogFile('/no/such/dir/x.log', options)).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' })
})
