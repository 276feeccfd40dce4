/** The full that real duplicity left when it was killed (case d): ours finishes it, and duplicity reads the result. */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine, engineCommand } from '../support/engine.ts'
import { baseEnvironment, type Program } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const folder = join(import.meta.dirname, 'd-interrupted-full')
const root = useTempDir('resume')
const time = 1_700_000_000
let work = ''
let round = 0

beforeEach(() => {
  work = join(root, String((round += 1)))
  mkdirSync(work)
  for (const part of ['repo', 'archive']) cpSync(join(folder, part), join(work, part), { recursive: true })
  buildSource(join(work, 'src'))
})

interface ListedEntry {
  path_b64: string
  type: 'reg' | 'dir'
  mtime: number
  data?: ({ seed: string; off: number; len: number } | { b64: string })[]
}

/** Makes the source tree again from its listing (README.md says how). */
function buildSource(target: string): void {
  const lines = readFileSync(join(folder, 'expected/tree-0-20231114T221320Z.jsonl'), 'utf8').trim().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as ListedEntry)
  const placeOf = (row: ListedEntry): string =>
    join(target, Buffer.from(row.path_b64, 'base64').toString('latin1'))
  for (const row of rows) {
    if (row.type === 'dir') mkdirSync(placeOf(row))
    else writeFileSync(placeOf(row), Buffer.concat((row.data ?? []).map(contentOf)))
  }
  for (const row of rows.reverse()) utimesSync(placeOf(row), row.mtime, row.mtime)
}

function contentOf(part: { seed: string; off: number; len: number } | { b64: string }): Buffer {
  if ('b64' in part) return Buffer.from(part.b64, 'base64')
  const { seed, off, len } = part
  const count = Math.ceil((off + len) / 32)
  const hashes = Array.from({ length: count }, (_, i) => createHash('sha256').update(`${seed}:${i}`).digest())
  return Buffer.concat(hashes).subarray(off, off + len)
}

/** Ours, on the host where the session was interrupted, from the relative source that it was taken of. */
function finish(...options: string[]): string {
  const script = 'hostname golden-host; exec "$@"'
  const command = ['--uts', 'sh', '-c', script, 'sh', ...engineCommand]
  const args = ['incremental', '--no-encryption', '--archive-dir', 'archive', ...options, 'src', 'file://repo']
  return execFileSync('/usr/bin/unshare', [...command, ...args], { cwd: work, env: baseEnvironment(work) }).toString()
}

function reader(program: Program, archiveDir: string) {
  return client({ program, cwd: work, url: 'file://repo', archiveDir, options: ['--no-encryption'], env: {} })
}

const names = (): string[] => readdirSync(join(work, 'repo')).sort()

test('is finished at the same place, with the same words, under its old time', async () => {
  const output = finish()
  for (const line of [
    'Last full backup left a partial set, restarting.',
    'RESTART: Volumes 4 to 4 failed to upload before termination.\n         Restarting backup at volume 4.',
    'Restarting after volume 3, file file-05, block 0',
  ])
    expect(output).toContain(line)
  expect(names().filter((name) => !name.startsWith('duplicity-full'))).toEqual([])
  for (const program of [engine, duplicity08, duplicity3]) {
    const by = reader(program, `archive-${program.syntax}-${program.name.length}`)
    const target = `out-${program.name.replace(' ', '')}`
    await by.restore(target, time)
    assertSame(listTree(join(work, 'src')), listTree(join(work, target)))
    assertOneChain((await by.status()).stdout, 1)
  }
  assertOneChain((await reader(duplicity08, 'archive').status()).stdout, 1)
})

test('what changed since is not lost', async () => {
  writeFileSync(join(work, 'src/file-01'), 'another content of a file that was stored\n')
  writeFileSync(join(work, 'src/file-03-new'), 'came meanwhile\n')
  finish()
  const by = reader(duplicity08, 'archive')
  await by.verify('src', Math.floor(Date.now() / 1000) + 3600)
  assertOneChain((await by.status()).stdout, 2)
})
