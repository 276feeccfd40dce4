/** Our lock and the one of the real duplicity keep each other out. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { lockArchiveDir } from '../../src/sys/record-lock.ts'

let dir: string
let archive: string
let running: ChildProcess[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duba-interop-'))
  archive = join(dir, 'archive', 'job')
  running = []
  for (const each of [archive, join(dir, 'remote'), join(dir, 'source'), join(dir, 'tmp')]) {
    mkdirSync(each, { recursive: true })
  }
})
afterEach(async () => {
  for (const child of running.filter((each) => each.exitCode === null && each.signalCode === null)) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(dir, { recursive: true })
})

function duplicity(...args: string[]): ChildProcess {
  const common = ['--archive-dir', join(dir, 'archive'), '--name', 'job', '--tempdir', join(dir, 'tmp')]
  const child = spawn('duplicity', [...args, ...common, '--no-encryption'], {
    env: { PATH: process.env['PATH'], HOME: dir, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  return child
}

async function status(): Promise<{ code: number | null; stderr: string }> {
  const child = duplicity('collection-status', `file://${dir}/remote`)
  const [stderr, [code]] = await Promise.all([
    child.stderr === null ? Buffer.alloc(0) : buffer(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, stderr: stderr.toString() }
}

test('while we hold the lock duplicity refuses to work, and works again after', async () => {
  const lock = lockArchiveDir(archive)
  if (!lock.held) throw new Error(lock.reason)
  const refused = await status()
  expect(refused.code).toBe(23)
  expect(refused.stderr).toContain('already running with this archive directory')
  // Neither its try nor its end took our lock away.
  expect((await status()).code).toBe(23)
  lock.release()
  expect((await status()).code).toBe(0)
  expect(existsSync(join(archive, 'lockfile'))).toBe(false)
})

test('while duplicity holds the lock we say so, with its process', async () => {
  writeFileSync(join(dir, 'source', 'big'), Buffer.alloc(64 << 20, 'some text '))
  const child = duplicity('full', join(dir, 'source'), `file://${dir}/remote`)
  const { pid = 0 } = child
  const mark = new RegExp(`POSIX +ADVISORY +WRITE ${pid} `)
  while (child.exitCode === null && !mark.test(readFileSync('/proc/locks', 'latin1'))) await sleep(5)
  child.kill('SIGSTOP')
  expect(() => lockArchiveDir(archive)).toThrow(`Process ${pid} is working with the archive directory`)
  child.kill('SIGCONT')
  await once(child, 'exit')
  const lock = lockArchiveDir(archive)
  expect(lock.held).toBe(true)
  if (lock.held) lock.release()
})
