import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import type { SecretReference } from '../../../src/config/secret-refs.ts'
import { hasCode } from '../../../src/lib/errors.ts'
import { SecretValues } from '../../../src/run/secret-values.ts'
import { useTempDir } from '../../support/temp.ts'

const all = useTempDir('secrets')
let learned: string[] = []
let warned: string[] = []
let dir = ''
let store: SecretValues
beforeEach(() => {
  dir = mkdtempSync(join(all, 'x'))
  learned = []
  warned = []
  const masking = {
    add: (secrets: readonly string[]) => {
      learned.push(...secrets)
    },
  }
  const env = {
    PATH: process.env['PATH'],
    CREDENTIALS_DIRECTORY: dir,
    VARIABLE: 'from env\n',
    FTP_PASSWORD: 'ours',
  }
  store = new SecretValues(env, masking, {
    uid: process.getuid?.() ?? 0,
    signal: new AbortController().signal,
    warn: (text) => warned.push(text),
  })
})

function file(name: string, content: string | Buffer, mode = 0o600): string {
  const path = join(dir, name)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

test('follows every kind of reference, without the last newline', async () => {
  const references: Record<string, SecretReference> = {
    FILE: { $file: file('f', 'from file\n\n') },
    ENV: { $env: 'VARIABLE' },
    CREDENTIAL: { $credential: 'c' },
    COMMAND: { $command: ['/bin/sh', '-c', 'echo "$0 $FTP_PASSWORD$HOME"; echo canary >&2', 'a b'] },
  }
  file('c', 'from credential')
  expect(await store.resolve(references)).toEqual({
    FILE: 'from file\n',
    ENV: 'from env',
    CREDENTIAL: 'from credential',
    COMMAND: 'a b ',
  })
  expect(learned).toHaveLength(4)
  expect(warned).toEqual([])
})

test('asks once for each reference', async () => {
  const count = join(dir, 'count')
  const reference = { $command: ['/bin/sh', '-c', `echo x >> ${count}; cat ${count}`] }
  expect(await store.resolve({ A: reference, B: { ...reference } })).toEqual({ A: 'x', B: 'x' })
})

test('warns of a file that everybody can read', async () => {
  const path = file('f', 'x', 0o644)
  expect(await store.resolve({ X: { $file: path } })).toEqual({ X: 'x' })
  expect(warned).toEqual([
    `The file ${path} holds a secret, and everybody on this machine can read it. Run: chmod o-rwx ${path}`,
  ])
})

test.each<[string, () => SecretReference, RegExp]>([
  ['a missing file', () => ({ $file: join(dir, 'none') }), /the file .*none does not exist$/],
  ['a file of others', () => ({ $file: file('f', 'canary', 0o620) }), /is writable by its group$/],
  ['an empty file', () => ({ $file: file('f', '\n') }), /f is empty$/],
  ['a file with NUL', () => ({ $file: file('f', 'canary\0') }), /holds a NUL byte$/],
  ['bytes', () => ({ $file: file('f', Buffer.from([0xff])) }), /is not UTF-8 text$/],
  ['a large file', () => ({ $file: file('f', 'canary'.repeat(20_000)) }), /is larger than 65536 bytes$/],
  ['a directory', () => ({ $file: dir }), /is no regular file$/],
  ['a missing variable', () => ({ $env: 'NONE' }), /the variable NONE is not set$/],
  ['a missing credential', () => ({ $credential: 'none' }), /the credential none does not exist$/],
  ['a missing program', () => ({ $command: ['/none/x', 'canary'] }), /the command \/none\/x does not exist$/],
  [
    'a program that fails',
    () => ({ $command: ['/bin/sh', '-c', 'echo canary; exit 3'] }),
    /ended with status 3$/,
  ],
  ['a program that is ended', () => ({ $command: ['/bin/sh', '-c', 'kill -9 $$'] }), /was ended by SIGKILL$/],
  ['a program that prints much', () => ({ $command: ['/usr/bin/yes', 'canary'] }), /printed more than 65536/],
])('%s gives an error that names the place', async (_name, reference, message) => {
  const error: unknown = await store.resolve({ X: reference() }).catch((reason: unknown) => reason)
  if (!hasCode(error, 'SECRET_MISSING')) throw error
  expect(error.message).toMatch(message)
  expect(`${error.message} ${error.hint ?? ''}`).not.toContain('canary')
  expect(learned).toEqual([])
})

test('a program that leaves something behind with its output does not keep us, and one that hangs ends with all it has started', async () => {
  const left = { $command: ['/bin/sh', '-c', 'sleep 61 & echo x'] }
  expect(await store.resolve({ A: left })).toEqual({ A: 'x' })
  const masking = { add: () => undefined }
  const around = { uid: process.getuid?.() ?? 0, signal: new AbortController().signal, warn: () => undefined }
  const hasty = new SecretValues({ PATH: process.env['PATH'] }, masking, { ...around, patience: 300 })
  const marker = join(dir, 'late')
  const hangs = { $command: ['/bin/sh', '-c', `(sleep 2; touch ${marker}) & sleep 60`] }
  await expect(hasty.resolve({ A: hangs })).rejects.toThrow(/took longer than 0.3 seconds$/)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(existsSync(marker)).toBe(false)
}, 20_000)

test('a file in a place that does not answer is not waited for, and that is no fault of the secret', async () => {
  const looked: string[] = []
  const silence = (path: string): Promise<string> => {
    looked.push(path)
    return Promise.resolve(`${path} did not answer`)
  }
  store = new SecretValues(
    {},
    { add: () => undefined },
    {
      ...{ uid: 0, signal: new AbortController().signal, warn: () => undefined },
      watch: { silence },
    },
  )
  const error: unknown = await store.resolve({ X: { $file: '/dead/x' } }).catch((thrown: unknown) => thrown)
  expect([hasCode(error, 'NO_ANSWER'), looked]).toEqual([true, ['/dead']])
  expect(String(error)).toContain('/dead did not answer')
})
