import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { hasCode, UserError } from '../../../src/lib/errors.ts'
import { lockArchiveDir, type RecordLock } from '../../../src/sys/record-lock.ts'

let dir: string
let child: ChildProcess | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-lock-'))
})
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  child = undefined
  rmSync(dir, { recursive: true })
})

/** Another program that takes the lock and holds it until it is killed. */
function startHolder(): ChildProcess {
  const program = [
    'import fcntl, sys, time',
    'f = open(sys.argv[1], "a")',
    'try: fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)',
    'except OSError: sys.exit(7)',
    'print("held", flush=True)',
    'time.sleep(60)',
  ].join('\n')
  child = spawn('python3', ['-c', program, join(dir, 'lockfile')], { stdio: ['ignore', 'pipe', 'inherit'] })
  return child
}

/** The process id of another program that has the lock. */
async function holdElsewhere(): Promise<number> {
  const holder = startHolder()
  if (holder.stdout !== null) await once(holder.stdout, 'data')
  return holder.pid ?? 0
}

function taken(): Extract<RecordLock, { held: true }> {
  const lock = lockArchiveDir(dir)
  if (!lock.held) throw new Error(lock.reason)
  return lock
}

function refusal(): UserError {
  try {
    lockArchiveDir(dir)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('The lock was given twice.')
}

test('held, refused to ourselves too, released with the file removed, taken again', () => {
  const lock = taken()
  expect(statSync(join(dir, 'lockfile')).mode & 0o777).toBe(0o600)
  expect(refusal()).toMatchObject({ code: 'LOCKED' })
  expect(refusal().message).toContain(`Process ${process.pid} `)
  lock.release()
  lock.release()
  expect(readdirSync(dir)).toEqual([])
  taken().release()
})

test('a refused try in this process does not drop the lock', async () => {
  const lock = taken()
  refusal()
  const [code] = (await once(startHolder(), 'exit')) as [number | null]
  expect(code).toBe(7)
  lock.release()
})

test('another process holds it: LOCKED with its id, and free as soon as it is gone', async () => {
  const pid = await holdElsewhere()
  const error = refusal()
  expect(error.code).toBe('LOCKED')
  expect(error.message).toContain(`Process ${pid} `)
  expect(error.message).toContain(dir)
  if (child !== undefined) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect(existsSync(join(dir, 'lockfile'))).toBe(true)
  taken().release()
})

test('a left-over file does no harm', () => {
  writeFileSync(join(dir, 'lockfile'), 'old')
  taken().release()
})

test('a file that somebody put in the place of ours is not removed', () => {
  const lock = taken()
  renameSync(join(dir, 'lockfile'), join(dir, 'away'))
  writeFileSync(join(dir, 'lockfile'), 'theirs')
  lock.release()
  expect(readdirSync(dir).sort()).toEqual(['away', 'lockfile'])
})

test('two directories, two locks', () => {
  const other = mkdtempSync(join(tmpdir(), 'duba-lock-'))
  const first = taken()
  const second = lockArchiveDir(other)
  expect(second.held).toBe(true)
  if (second.held) second.release()
  first.release()
  rmSync(other, { recursive: true })
})

test('a directory that is not there is ARCHIVE_DIR', () => {
  expect(() => lockArchiveDir(join(dir, 'none'))).toThrow(/Cannot open the lock file/)
  try {
    lockArchiveDir(join(dir, 'none'))
  } catch (error) {
    expect(hasCode(error, 'ARCHIVE_DIR')).toBe(true)
  }
})

test('without koffi there is no lock, and a reason', () => {
  const lock = lockArchiveDir(dir, () => undefined)
  expect(lock.held).toBe(false)
  expect(readdirSync(dir)).toEqual([])
})
