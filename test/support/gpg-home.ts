/** Throw-away GnuPG homes with the keys of test/fixtures/keys, for either world's gpg. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll } from '@jest/globals'
import { baseEnvironment, projectRoot, type Program } from './program.ts'
import { useTempDir } from './temp.ts'

/** A key of the fixtures. */
export type KeyName = 'host' | 'master' | 'sign'

/** The fingerprints of the fixture keys. */
export const fingerprints: Readonly<Record<KeyName, string>> = {
  host: '22EED91ACA1CCDAF143208949F828F43F46F43AF',
  master: '113E4D27606DAA63FCADE92F47C40419BEF13FCA',
  sign: 'E5D9297EC4F2895E7AA9758BCF579EBE9BAA9243',
}

/** The key's id of 16 digits, as the LFOps configuration names the master key. */
export function longId(name: KeyName): string {
  return fingerprints[name].slice(-16)
}

/** Path of an armored key file. */
export function keyFile(name: KeyName, part: 'public' | 'secret'): string {
  return join(projectRoot, 'test/fixtures/keys', `${name}.${part}.asc`)
}

/**
 * A GnuPG home that holds the public keys of all fixture keys, trusted, and the secret keys named. See `useKeyring`.
 */
export function useGpgHome(program: Program, secrets: readonly KeyName[]): string {
  const names = Object.keys(fingerprints) as KeyName[]
  const armored = names.map((name) =>
    readFileSync(keyFile(name, secrets.includes(name) ? 'secret' : 'public')),
  )
  const trust = names.map((name) => `${fingerprints[name]}:6:\n`).join('')
  return useKeyring(program, armored, Buffer.from(trust))
}

/**
 * A GnuPG home with these exported keys and this owner trust. It is there during the tests of the file or `describe`
 * that asks for it; its agent ends with it. Made by the program's own gpg, because 2.2 and 2.4 should not share one.
 * Returns its path.
 */
export function useKeyring(program: Program, keys: readonly Uint8Array[], trust: Uint8Array): string {
  const home = useTempDir('gpg', (path) => {
    stopAgent(program, path)
  })
  beforeAll(() => {
    for (const key of keys) gpg(program, home, ['--import'], key)
    gpg(program, home, ['--import-ownertrust'], trust)
  })
  return home
}

/** Ends the agent and whatever else GnuPG has started for the home. */
function stopAgent(program: Program, home: string): void {
  const [file = '', ...fixed] = program.command('gpgconf')
  const env = { ...baseEnvironment(home), GNUPGHOME: home }
  execFileSync(file, [...fixed, '--homedir', home, '--kill', 'all'], { env, cwd: home, stdio: 'pipe' })
}

/** Runs the program's gpg in batch mode on a home, with this standard input. Returns what it prints. */
export function gpg(program: Program, home: string, args: readonly string[], input: Uint8Array): Buffer {
  const [file = '', ...fixed] = program.command('gpg')
  const env = { ...baseEnvironment(home), GNUPGHOME: home }
  return execFileSync(file, [...fixed, '--batch', '--no-tty', ...args], {
    env,
    cwd: home,
    input,
    stdio: 'pipe',
  })
}
