/**
 * A volume that is large enough to be read by threads, damaged behind what is restored first: while its hash is being
 * compared its files are read already, and none of them may get its name.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { engine } from '../support/engine.ts'
import { baseEnvironment, run } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const work = useTempDir('late-damage')
const files = { 'a-small': randomBytes(1000), large: randomBytes(6 << 20), 'z-small': randomBytes(1000) }

const command = (
  word: string,
  options: readonly string[],
  positional: readonly string[],
  env: Record<string, string>,
) =>
  run(engine, [word, '--archive-dir', 'archive', ...options, ...positional], {
    cwd: work,
    env: { ...baseEnvironment(work), ...env },
  })

beforeAll(() => {
  mkdirSync(join(work, 'source'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(work, 'source', name), content)
})

test.each([
  ['gzip', ['--no-encryption'], {}],
  ['a passphrase', [], { PASSPHRASE: 'late' }],
])('nothing of a damaged volume is restored: %s', async (_, options, env) => {
  rmSync(join(work, 'repository'), { recursive: true, force: true })
  rmSync(join(work, 'archive'), { recursive: true, force: true })
  mkdirSync(join(work, 'repository'))
  const url = 'file://repository'
  expect((await command('full', options, ['source', url], env)).status).toBe(0)
  const volume = readdirSync(join(work, 'repository')).find((name) => name.includes('.vol1.')) ?? ''
  const path = join(work, 'repository', volume)
  expect(statSync(path).size).toBeGreaterThan(4 << 20)

  const one = ['--file-to-restore', 'a-small']
  expect((await command('restore', [...options, ...one], [url, 'whole'], env)).status).toBe(0)
  expect(readFileSync(join(work, 'whole'))).toEqual(files['a-small'])
  rmSync(join(work, 'whole'))

  flipByte(path, statSync(path).size - 2000)
  for (const wanted of [[], one]) {
    const ended = await command('restore', [...options, ...wanted], [url, 'target'], env)
    expect(ended.status).toBe(21)
    expect(ended.stderr).toContain(volume)
    expect(readdirSync(work)).not.toContain('target')
  }
})

function flipByte(path: string, at: number): void {
  const byte = (readFileSync(path)[at] ?? 0) ^ 0x10
  const fd = openSync(path, 'r+')
  writeSync(fd, Buffer.from([byte]), 0, 1, at)
  closeSync(fd)
}
