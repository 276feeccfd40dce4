import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureHooks } from '../../../src/config/failure-hooks.ts'

const uid = process.getuid?.() ?? 0
let dir: string
let config: string

beforeEach(() => {
  // Not below /tmp, where everybody may write: what lies there is never trusted.
  dir = realpathSync(mkdtempSync(join(homedir(), '.duba-hooks-')))
  config = join(dir, 'duba.json')
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

function program(name: string, mode = 0o755): string {
  const path = join(dir, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, mode)
  return path
}

function configure(...commands: (string | undefined)[]): void {
  const on_error = commands.map((name) => (name === undefined ? { shell: 'true' } : { command: [name, 'x'] }))
  writeFileSync(config, JSON.stringify({ parallel: 'broken', hooks: { on_error } }), { mode: 0o600 })
}

const found = async (): Promise<unknown[]> =>
  (await failureHooks(config, { uid })).map(({ command, shell }) => command?.[0] ?? shell)

describe('hooks for a configuration that is the failure itself', () => {
  test('are those whose programs nobody else can have written', async () => {
    const good = program('good')
    const writable = program('writable', 0o777)
    const ofGroup = program('of-group', 0o775)
    const foreign = program('foreign')
    chownSync(foreign, 4711, 4711)
    mkdirSync(join(dir, 'open'))
    chmodSync(join(dir, 'open'), 0o777)
    const inOpen = program('open/program')
    configure(writable, good, ofGroup, foreign, inOpen, undefined, 'mail')
    // A bare name is looked up where the environment says: that is no program that is known to be ours.
    expect(await found()).toEqual([good, 'true'])
  })

  test('one whose program is gone does not silence the others', async () => {
    const good = program('good')
    configure(join(dir, 'gone'), good)
    expect(await found()).toEqual([good])
  })

  test('are none where others can have written the configuration', async () => {
    configure(program('good'))
    chmodSync(config, 0o666)
    expect(await found()).toEqual([])
    chmodSync(config, 0o600)
    chmodSync(dir, 0o777)
    expect(await found()).toEqual([])
  })

  test('are none where the hooks themselves are wrong, or there are none', async () => {
    writeFileSync(config, JSON.stringify({ hooks: { on_error: [{ shell: 1 }] } }), { mode: 0o600 })
    expect(await found()).toEqual([])
    writeFileSync(config, '[]')
    expect(await found()).toEqual([])
  })
})
