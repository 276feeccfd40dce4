/** A program in the bench: its command lines, its repository, its archive directory, its key. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'

const root = join(import.meta.dirname, '..')
/** The throw-away key of the tests, in the shape that LFOps gives a host's key: RSA-4096 without subkey. */
const key = {
  id: '22EED91ACA1CCDAF143208949F828F43F46F43AF',
  file: join(root, 'test/fixtures/keys/host.secret.asc'),
}
const firstTime = 1_700_000_000

/**
 * Makes a contestant that works below `folder`.
 * @param {string} name
 * @param {readonly string[]} command
 * @param {string} folder
 */
export function contestant(name, command, folder) {
  const place = join(folder, name)
  const home = join(place, 'gnupg')
  const repository = join(place, 'repository')
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: place,
    LC_ALL: 'C.UTF-8',
    GNUPGHOME: home,
    PASSPHRASE: '',
  }
  let session = 0
  const common = ['--encrypt-key', key.id, '--archive-dir', join(place, 'archive')]
  const url = `file://${repository}`
  const go = (word, options, positional) =>
    measure([...command, word, ...common, ...options, ...positional], { cwd: place, env })
  const gpg = (program, ...args) => execFileSync(program, args, { env, stdio: ['pipe', 'ignore', 'ignore'] })

  return {
    name,
    command,
    /** Starts anew: empty repository, cold archive directory, fresh key ring. */
    begin() {
      this.end()
      mkdirSync(home, { recursive: true, mode: 0o700 })
      mkdirSync(repository)
      session = 0
      gpg('gpg', '--batch', '--import', key.file)
      execFileSync('gpg', ['--batch', '--import-ownertrust'], { env, input: `${key.id}:6:\n`, stdio: 'pipe' })
    },
    /** Removes everything and ends the key ring's agent. */
    end() {
      try {
        statSync(home)
        gpg('gpgconf', '--homedir', home, '--kill', 'all')
      } catch (error) {
        if (error.code !== 'ENOENT') throw error
      }
      rmSync(place, { recursive: true, force: true })
    },
    backup(kind, source) {
      session += 1
      return go(kind, ['--current-time', String(firstTime + session * 86_400)], [source, url])
    },
    restore: (target) => go('restore', [], [url, target]),
    restoreOne: (path, target) => go('restore', ['--file-to-restore', path], [url, target]),
    verify: (source) => go('verify', ['--compare-data'], [url, source]),
    list: () => go('list-current-files', [], [url]),
    status: () => go('collection-status', [], [url]),
    /** Bytes of the repository. */
    stored: () =>
      readdirSync(repository).reduce((sum, file) => sum + statSync(join(repository, file)).size, 0),
  }
}
