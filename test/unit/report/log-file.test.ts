import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LogFileOptions, openLogFile } from '../../../src/report/log-file.ts'

let dir: string
let failures: string[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-log-'))
  failures = []
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const options = (more: Partial<LogFileOptions> = {}): LogFileOptions => ({
  redact: (text) => text.replace('secret', '***'),
  now: () => 0,
  level: 'notice',
  format: 'text',
  fields: { run_id: 'r1', job: '/etc', operation: 'backup' },
  onFailure: (text) => failures.push(text),
  ...more,
})

test('appends lines up to the level, complete when closed', async () => {
  const path = join(dir, 'x.log')
  for (const round of [1, 2]) {
    const log = await openLogFile(path, options())
    for (let line = 0; line < 5000; line += 1) log.write('notice', `round ${round} line ${line} secret\n`)
    log.write('info', 'not written')
    await log.close()
  }
  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines).toHaveLength(10_001)
  expect(lines[9999]).toMatch(/^19(69|70)-\d\d-\d\d \d\d:\d\d:\d\d NOTICE {2}round 2 line 4999 \*\*\*\\n$/)
  expect(failures).toEqual([])
})

test('a link is not followed, neither at first nor when it is opened again', async () => {
  const [path, other] = [join(dir, 'x.log'), join(dir, 'other')]
  writeFileSync(other, 'kept')
  symlinkSync(other, path)
  await expect(openLogFile(path, options())).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' })
  rmSync(path)
  const log = await openLogFile(path, options())
  rmSync(path)
  symlinkSync(other, path)
  log.reopen()
  log.write('notice', 'line')
  await log.close()
  expect(failures).toHaveLength(1)
  expect(readFileSync(other, 'utf8')).toBe('kept')
})

test('JSON lines have stable fields, with control characters escaped and secrets masked', async () => {
  const path = join(dir, 'x.log')
  const log = await openLogFile(
    path,
    options({ format: 'json', fields: { run_id: 'r1', job: '/secret\u009b' } }),
  )
  log.write('error', 'no secret \u001b[2J\u009b', { code: 'io-error' })
  await log.close()
  const line = readFileSync(path, 'utf8')
  expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(JSON.parse(line)).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'error',
    run_id: 'r1',
    job: '/***\u009b',
    code: 'io-error',
    message: 'no *** \u001b[2J\u009b',
  })
})

test('goes on in a new file when it was renamed and is opened again; no line is lost', async () => {
  const path = join(dir, 'x.log')
  const log = await openLogFile(path, options())
  for (const round of [1, 2, 3]) {
    for (let line = 0; line < 3000; line += 1) log.write('notice', `round ${round} line ${line}`)
    if (round === 3) break
    while (!existsSync(path)) await sleep(5)
    renameSync(path, `${path}.${round}`)
    log.reopen()
  }
  await log.close()
  const counted = [`${path}.1`, `${path}.2`, path].map((name) => {
    const lines = readFileSync(name, 'utf8').split('\n')
    expect(lines.pop()).toBe('')
    return lines.length
  })
  expect(counted.reduce((sum, count) => sum + count)).toBe(9000)
  expect(readFileSync(path, 'utf8')).toContain('round 3 line 2999')
  expect(failures).toEqual([])
})

test('a log that cannot be written any more is told once, and closing ends', async () => {
  const log = await openLogFile('/dev/full', options())
  for (let line = 0; line < 100; line += 1) log.write('error', 'x'.repeat(1000))
  log.reopen()
  await log.close()
  expect(failures).toHaveLength(1)
  expect(failures[0]).toContain('ENOSPC')
})

test('a log file that cannot be opened', async () => {
  await expect(openLogFile('/no/such/dir/x.log', options())).rejects.toMatchObject({
    code: 'STATE_UNWRITABLE',
  })
})
