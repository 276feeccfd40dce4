/**
 * Real duplicity is killed in a signed full: ours goes on only if the key that signs now is the one that signed, which
 * nothing but the stored volumes tells.
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { client } from '../support/client.ts'
import { assertSame, listTree } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { fingerprints, keyFile, type KeyName, useGpgHome } from '../support/gpg-home.ts'
import { baseEnvironment, type Program } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { buildTree } from '../support/tree.ts'
import { runUntil } from './kill.ts'
import { bordered } from './trees.ts'

jest.setTimeout(180_000)

describe.each([duplicity08, duplicity3])('$name was killed', (killed) => {
  const root = useTempDir('kill-signed')
  const home = useGpgHome(killed, ['host', 'sign', 'master'])
  const source = join(root, 'source')
  const place = (name: string): string => join(root, name)
  const url = (place: string): string => `file://${join(place, 'repository')}`
  const options = (signer: KeyName): string[] => [
    ...['--encrypt-key', fingerprints.host, '--sign-key', fingerprints[signer]],
    ...['--name', 'cache', '--volsize', '1'],
  ]
  const env = { ...baseEnvironment(root), PASSPHRASE: '', SIGN_PASSPHRASE: '', GNUPGHOME: home }
  const command = (
    program: Program,
    at: string,
    signer: KeyName,
    extra: readonly string[] = [],
  ): string[] => [
    ...program.command('duplicity'),
    ...['full', ...options(signer), ...extra, '--archive-dir', join(at, 'archive')],
    ...[source, url(at)],
  ]

  beforeAll(async () => {
    buildTree(source, bordered)
    mkdirSync(place('first/repository'), { recursive: true })
    const moment = { appears: /\.vol4\./, in: place('first/repository') }
    const ended = await runUntil(command(killed, place('first'), 'sign'), { cwd: root, env }, moment)
    expect(ended).toMatchObject({ killed: true })
    const left = readdirSync(place('first/archive/cache'))
    expect(left.filter((name) => name.endsWith('.part'))).toHaveLength(2)
  })

  const secrets = (...names: KeyName[]): string[] =>
    names.flatMap((name) => ['--key-file', keyFile(name, 'secret')])
  const seen = ['--key-file', keyFile('host', 'public')]
  const all = secrets('host', 'sign', 'master')

  test.each<[string, KeyName, readonly string[], RegExp]>([
    ['the same key signs', 'sign', all, /Restarting after volume [234]/],
    ['another key signs', 'master', all, /cannot be finished: names, keys or source are others now/],
    [
      'nobody can read what was stored',
      'sign',
      [...seen, ...secrets('sign')],
      /cannot be finished: who signed its volumes can only be seen with the secret key/,
    ],
  ])('%s', async (name, signer, keys, says) => {
    const at = place(name.replaceAll(' ', '-'))
    cpSync(place('first'), at, { recursive: true })
    // Without the keyring, so that there are no more keys than those given.
    const surroundings = { cwd: root, env: { ...env, GNUPGHOME: place('no-home') } }
    mkdirSync(place('no-home'), { recursive: true, mode: 0o700 })
    const finished = await runUntil(command(engine, at, signer, keys), surroundings)
    expect(finished).toMatchObject({ status: 0, output: expect.stringMatching(says) })
    for (const program of [engine, killed]) {
      const target = join(at, `out-${program === engine ? 'ours' : 'theirs'}`)
      const settings = { program, cwd: root, url: url(at), archiveDir: `${target}-archive`, env }
      const words = program === engine ? [...options(signer), ...all] : options(signer)
      await client({ ...settings, options: words }).restore(target, Math.floor(Date.now() / 1000) + 3600)
      assertSame(listTree(source), listTree(target))
    }
  })
})
