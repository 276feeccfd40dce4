import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { checkFiles } from '../../../src/config/check-files.ts'
import { showPath } from '../../../src/config/json-text.ts'
import { parseConfig } from '../../../src/config/load.ts'
import { useTempDir } from '../../support/temp.ts'

const all = useTempDir('files')
const uid = process.getuid?.() ?? 0
const silence = (): Promise<undefined> => Promise.resolve(undefined)

test('hooks, programs and pattern files must not be writable by others', async () => {
  const dir = mkdtempSync(join(all, 'x'))
  const bad = (name: string): string => {
    const path = join(dir, name)
    writeFileSync(path, '')
    chmodSync(path, 0o702)
    return path
  }
  const closed = join(dir, 'closed')
  writeFileSync(closed, '', { mode: 0o600 })
  const { config, locate } = parseConfig(
    JSON.stringify({
      backup_dest: 'file:///d',
      encryption: 'none',
      exclude_files: [bad('a'), join(dir, 'none')],
      key_files: [bad('k')],
      hooks: {
        before: [
          { command: ['true'] },
          { command: ['/bin/true'] },
          { command: [bad('b')] },
          { command: [closed] },
        ],
      },
      env: { X: { $command: [bad('c')] } },
      backup_sources: [
        {
          path: '/a',
          include_files: [bad('d'), bad('a')],
          dests: [{ name: 'n', dest: 'file:///d', hooks: { after: [{ command: [bad('e')] }] } }],
        },
      ],
    }),
    'duba.json',
  )
  const told = async (absent: 'fault' | 'ignored'): Promise<string[]> =>
    (await checkFiles(config, locate, { uid, absent, silence })).map(
      ({ path, message }) => `${showPath(path)} ${message}`,
    )
  const faults = [
    'exclude_files[0] is writable by others',
    'key_files[0] is writable by others',
    'hooks.before[0].command[0] is not an absolute path',
    'hooks.before[2].command[0] is writable by others',
    'env.X.$command[0] is writable by others',
    'backup_sources[0].include_files[0] is writable by others',
    'backup_sources[0].dests[0].hooks.after[0].command[0] is writable by others',
  ]
  expect(await told('ignored')).toEqual(faults)
  expect(await told('fault')).toEqual([
    faults[0],
    'exclude_files[1] does not exist',
    ...faults.slice(1, 4),
    'hooks.before[3].command[0] cannot be executed',
    ...faults.slice(4),
  ])
})

test('a script that is given to a program is judged as the program, data is not', async () => {
  const dir = mkdtempSync(join(all, 'x'))
  const file = (name: string, mode: number): string => {
    const path = join(dir, name)
    writeFileSync(path, '')
    chmodSync(path, mode)
    return path
  }
  const command = ['/bin/sh', '-e', file('script', 0o666), file('data', 0o666), dir, join(dir, 'none')]
  const { config, locate } = parseConfig(
    JSON.stringify({
      backup_dest: 'file:///d',
      encryption: 'none',
      hooks: {
        before: [{ command }, { command: ['/usr/bin/nice', file('other', 0o777), file('log', 0o666)] }],
      },
      env: { X: { $command: ['/bin/cat', '/bin/cat', file('secret', 0o702)] } },
      backup_sources: [],
    }),
    'duba.json',
  )
  const faults = await checkFiles(config, locate, { uid, absent: 'fault', silence })
  expect(faults.map(({ path }) => showPath(path))).toEqual([
    'hooks.before[0].command[2]',
    'hooks.before[1].command[1]',
    'env.X.$command[2]',
  ])
})

test('what does not answer is never started; patterns in such a place are told by the jobs that need them', async () => {
  const { config, locate } = parseConfig(
    JSON.stringify({
      backup_dest: 'file:///b',
      encryption: 'none',
      exclude_files: ['/dead/patterns'],
      hooks: { before: [{ command: ['/dead/program', '/dead/argument'] }] },
      backup_sources: [],
    }),
    'duba.json',
  )
  const dead = (path: string): Promise<string | undefined> =>
    Promise.resolve(path.startsWith('/dead') ? `${path} did not answer` : undefined)
  const told = async (absent: 'fault' | 'ignored'): Promise<string[]> =>
    (await checkFiles(config, locate, { uid, absent, silence: dead })).map(({ message }) => message)
  const started = ['program', 'argument'].map((name) => `cannot be looked at: /dead/${name} did not answer`)
  expect(await told('ignored')).toEqual(started)
  expect(await told('fault')).toEqual(['cannot be looked at: /dead/patterns did not answer', ...started])
})
