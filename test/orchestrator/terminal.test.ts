/** What an operator sees on a terminal: the question for a passphrase, and how far a restore has come. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { dubaCommand, dubaWell } from '../support/duba.ts'
import { baseEnvironment } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { onTerminal, type OnTerminal, type TerminalWork } from '../support/terminal.ts'

jest.setTimeout(120_000)

const dir = useTempDir('terminal')
const source = join(dir, 'source')
const config = join(dir, 'duba.json')
const right = 'correct horse'
const question = 'Passphrase'

beforeAll(async () => {
  mkdirSync(source)
  writeFileSync(join(source, 'file'), 'content')
  const keys = {
    ...{
      backup_dest: `file://${dir}/destination`,
      backup_sources: [{ path: source }],
      encryption: 'symmetric',
    },
    ...{ logdir: join(dir, 'log'), state_dir: join(dir, 'state'), cache_dir: join(dir, 'cache'), nice: 0 },
    env: { PASSPHRASE: right },
  }
  writeFileSync(config, JSON.stringify(keys), { mode: 0o600 })
  await dubaWell(dir, ['--config', config, 'backup'])
}, 120_000)

beforeEach(() => {
  rmSync(join(dir, 'restored'), { recursive: true, force: true })
})

const url = `file://${dir}/destination${source}`

function restore(steps: TerminalWork['steps'], env = {}, ...options: string[]): Promise<OnTerminal> {
  const command = [...dubaCommand, 'restore', '--url', url, '--to', 'restored', ...options]
  return onTerminal({ command, steps, cwd: dir, env: { ...baseEnvironment(dir), TERM: 'xterm', ...env } })
}

const isRestored = (): boolean =>
  existsSync(join(dir, 'restored/source/file')) &&
  readFileSync(join(dir, 'restored/source/file'), 'utf8') === 'content'

describe('the passphrase', () => {
  test('is asked for once, and not shown', async () => {
    const { shown, status, restored } = await restore([[question, `${right}\r`]])
    expect([status, restored, isRestored()]).toEqual([0, true, true])
    expect(shown.split(question)).toHaveLength(2)
    expect(shown).not.toContain(right)
  })

  test('is not asked for where it is set', async () => {
    const { shown, status } = await restore([[question, 'never\r']], { PASSPHRASE: right })
    expect([status, isRestored()]).toEqual([0, true])
    expect(shown).not.toContain(question)
  })

  test('is not asked for where none is needed', async () => {
    const command = [...dubaCommand, 'ls']
    const { shown } = await onTerminal({
      command: [...command, '--config', config, source],
      steps: [[question, 'never\r']],
      cwd: dir,
      env: baseEnvironment(dir),
    })
    expect(shown).not.toContain(question)
    expect(shown).toContain('/source/file')
  })

  test('is asked for again where it is wrong, and it is said what to do', async () => {
    const again = await restore([
      [question, 'wrong\r'],
      [question, `${right}\r`],
    ])
    expect([again.status, isRestored()]).toEqual([0, true])
    rmSync(join(dir, 'restored'), { recursive: true })
    const wrong = await restore([
      [question, 'wrong\r'],
      [question, 'wrong\r'],
      [question, 'wrong\r'],
    ])
    expect([wrong.status, wrong.restored, existsSync(join(dir, 'restored'))]).toEqual([1, true, false])
    expect(wrong.shown).toContain('does not open the backup')
    expect(wrong.shown).toContain('PASSPHRASE')
  })

  test.each([
    ['Ctrl-C', '\u0003', 130],
    ['SIGTERM', 'kill 15', 143],
    ['Ctrl-D', '\u0004', 1],
  ])('%s ends it in good order', async (_, typed, expected) => {
    const { status, restored, shown } = await restore([[question, typed]])
    expect([status, restored, existsSync(join(dir, 'restored'))]).toEqual([expected, true, false])
    expect(shown).not.toMatch(/at .*\.js:\d|defect/)
  })
})

describe('progress', () => {
  const live = '\u001b[1A'

  test('is a line that is drawn again, and gone in the end', async () => {
    const { shown, status } = await restore([], { PASSPHRASE: right })
    expect(status).toBe(0)
    expect(shown).toContain(live)
    expect(shown.slice(shown.lastIndexOf(live))).toContain('Restored')
  })

  test.each([['--quiet'], ['--no-progress']])('is not shown with %s', async (option) => {
    const { shown, status } = await restore([], { PASSPHRASE: right }, option)
    expect([status, isRestored()]).toEqual([0, true])
    expect(shown).not.toContain('\u001b')
    if (option === '--quiet') expect(shown).toBe('')
  })
})
