/**
 * The restores that the operators of existing fleets do by hand today, through `duba` alone and with real keys: on the host
 * itself, on an admin's machine with the master key, and after a disaster.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { decryptKey, encryptKey, readPrivateKey } from 'openpgp'
import { duba as runDuba, dubaWell as runDubaWell, type Ran } from '../support/duba.ts'
import { engine } from '../support/engine.ts'
import { fingerprints, keyFile, longId, useGpgHome } from '../support/gpg-home.ts'
import { baseEnvironment } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const dir = useTempDir('flows')
const hostRing = useGpgHome(engine, ['host'])
const masterRing = useGpgHome(engine, ['master'])
const source = join(dir, 'host/etc')
const root = join(dir, 'host/root')
const urlOf = (path: string): string => `file://${dir}/destination${path}`

type Variables = Readonly<Record<string, string>>

const duba = (args: readonly string[], env: Variables = {}): Promise<Ran> => runDuba(dir, args, env)
const dubaWell = (args: readonly string[], env: Variables = {}): Promise<Ran> => runDubaWell(dir, args, env)

/** The configuration as the role writes it. */
function configure(cache: string): string {
  const file = join(dir, `${cache}.json`)
  const config = {
    gpg_encrypt_local_key: fingerprints.host,
    gpg_encrypt_master_key: longId('master'),
    backup_sources: [{ path: source }, { path: root }],
    backup_dest: `file://${dir}/destination`,
    cache_dir: join(dir, cache),
    logdir: join(dir, 'log'),
    state_dir: join(dir, 'state'),
    env: { PASSPHRASE: '' },
  }
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
  return file
}

const onHost = { GNUPGHOME: hostRing }
let config: string

beforeAll(async () => {
  mkdirSync(join(source, 'ssh'), { recursive: true })
  writeFileSync(join(source, 'ssh/sshd_config'), 'Port 22\n')
  writeFileSync(join(source, 'hostname'), 'web1\n')
  mkdirSync(join(root, '.gnupg'), { recursive: true })
  cpSync(keyFile('host', 'secret'), join(root, '.gnupg/host.asc'))
  config = configure('cache')
  await dubaWell(['--config', config], onHost)
}, 120_000)

describe('on the host itself', () => {
  test('a directory comes back beside the original', async () => {
    const { stdout } = await dubaWell(['--config', config, 'restore', source, '--to', 'restored'], onHost)
    expect(readFileSync(join(dir, 'restored/etc/ssh/sshd_config'), 'utf8')).toBe('Port 22\n')
    expect(lstatSync(join(dir, 'restored/etc')).mtimeMs).toBe(lstatSync(source).mtimeMs)
    expect(stdout).toContain(`${longId('host')} or `)
    expect(stdout).toContain('UNSIGNED')
  })

  test('a file comes back, with scratch space elsewhere', async () => {
    const temp = join(dir, 'scratch')
    mkdirSync(temp)
    const file = join(source, 'ssh/sshd_config')
    const args = ['--config', config, 'restore', file, '--to', 'one', '--tempdir', temp]
    const { stdout } = await dubaWell(args, onHost)
    expect(readFileSync(join(dir, 'one/sshd_config'), 'utf8')).toBe('Port 22\n')
    expect(readdirSync(temp)).toEqual([])
    expect(stdout).toContain('1 entry, 8 B')
  })

  test('a file that was lost comes back in its place, and what is there is not touched', async () => {
    const file = join(source, 'hostname')
    const refused = await duba(['--config', config, 'restore', file, '--in-place'], onHost)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('nothing was touched')
    writeFileSync(file, 'overwritten\n')
    await dubaWell(['--config', config, 'restore', file, '--in-place', '--conflict', 'overwrite'], onHost)
    expect(readFileSync(file, 'utf8')).toBe('web1\n')
  })

  test('work by hand has keys, cache and URL of the job', async () => {
    const { stdout } = await dubaWell(['--config', config, 'exec', source, '--', 'collection-status'], onHost)
    expect(stdout).toContain('Full')
    const stock = await dubaWell(
      ['--config', config, 'exec', source, '--stock', '--', 'list-current-files'],
      onHost,
    )
    expect(stock.stdout).toContain('ssh/sshd_config')
    const { stdout: exports } = await dubaWell(['--config', config, 'env', source])
    expect(exports).toContain(`export BACKUP_URL='${urlOf(source)}'\n`)
    expect(exports).toContain("export PASSPHRASE=''\n")
  })
})

describe('on the machine of an admin, with the master key and no configuration', () => {
  test.each([
    ['in a keyring', ['--gpg-home', masterRing], {}],
    ['in a file', ['--key', keyFile('master', 'secret')], {}],
  ])('a file comes back with the key %s', async (where, key, env) => {
    const target = `admin ${where}`
    // Of its own: what others do in /tmp meanwhile says nothing.
    const temp = join(dir, `temp ${where}`)
    mkdirSync(temp)
    const args = ['restore', '--url', urlOf(root), ...key, '.gnupg', '--to', target]
    await dubaWell(args, { ...env, TMPDIR: temp })
    expect(readFileSync(join(dir, target, '.gnupg/host.asc'), 'utf8')).toContain('PRIVATE KEY')
    // Neither cache nor logs stay.
    expect(existsSync(join(dir, 'home/.cache'))).toBe(false)
    expect(readdirSync(temp)).toEqual([])
  })

  test('a missing key is told with the command that brings it', async () => {
    const { status, stderr } = await duba(['restore', '--url', urlOf(root), '--to', 'nowhere'], {
      GNUPGHOME: join(dir, 'empty'),
    })
    expect(status).toBe(1)
    expect(stderr).toContain('gpg --export-secret-keys --armor')
    expect(stderr).toContain('--key secret.asc')
    expect(stderr).not.toContain('--key-file')
    expect(existsSync(join(dir, 'nowhere'))).toBe(false)
  })

  test('the passphrase of the key is taken from the environment, and its lack is told where nobody can be asked', async () => {
    const armored = readFileSync(keyFile('master', 'secret'), 'utf8')
    const plain = await readPrivateKey({ armoredKey: armored })
    const locked = await encryptKey({ privateKey: plain, passphrase: 'correct horse' })
    await expect(decryptKey({ privateKey: locked, passphrase: 'wrong' })).rejects.toThrow()
    const file = join(dir, 'locked.asc')
    writeFileSync(file, locked.armor(), { mode: 0o600 })
    const args = ['restore', '--url', urlOf(root), '--key', file, '.gnupg', '--to', 'unlocked']
    const without = await duba(args)
    expect(without.status).toBe(1)
    expect(without.stderr).toContain('PASSPHRASE')
    const { stdout, stderr } = await dubaWell(args, { PASSPHRASE: 'correct horse' })
    expect(existsSync(join(dir, 'unlocked/.gnupg/host.asc'))).toBe(true)
    expect(stdout + stderr).not.toContain('correct horse')
  })
})

test('after a disaster the host key comes back with the master key, and everything else with the host key', async () => {
  const key = keyFile('master', 'secret')
  await dubaWell(['restore', '--url', urlOf(root), '--key', key, '.gnupg', '--to', 'rescue'])
  const ring = join(dir, 'new-ring')
  mkdirSync(ring, { mode: 0o700 })
  const env = { ...baseEnvironment(dir), GNUPGHOME: ring }
  execFileSync('gpg', ['--batch', '--import', join(dir, 'rescue/.gnupg/host.asc')], { env, stdio: 'pipe' })
  // The machine is installed anew and configured as before; its cache is empty, its directories are.
  const again = configure('new-cache')
  const { stdout } = await dubaWell(['--config', again, 'restore', source, '--to', 'recovered'], {
    GNUPGHOME: ring,
  })
  expect(stdout).toContain('at hand')
  expect(readFileSync(join(dir, 'recovered/etc/hostname'), 'utf8')).toBe('web1\n')
  execFileSync('gpgconf', ['--homedir', ring, '--kill', 'all'], { env, stdio: 'pipe' })
})

describe('looking into the backups', () => {
  test('versions and differences are read without a volume', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const before = Math.floor(Date.now() / 1000)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    writeFileSync(join(source, 'ssh/sshd_config'), 'Port 2222\n')
    await dubaWell(['--config', config, 'backup', source], onHost)
    const hidden = join(dir, 'destination', source)
    const volumes = readdirSync(hidden).filter((name) => name.includes('.difftar.'))
    expect(volumes).toHaveLength(2)
    for (const name of volumes) writeFileSync(join(hidden, name), 'not a volume')
    const file = join(source, 'ssh/sshd_config')
    const versions = await dubaWell(['--config', config, 'versions', file, '--json'], onHost)
    expect(JSON.parse(versions.stdout)).toMatchObject({
      entries: [{ size: 8 }, { size: 10, action: 'stored' }],
    })
    const diff = await dubaWell(['--config', config, 'diff', String(before), 'now', source], onHost)
    expect(diff.stdout).toMatch(/^M .*sshd_config {2}\(size, time, content, 8 B → 10 B\)$/m)
    const found = await dubaWell(['--config', config, 'find', 'sshd_*', '--versions'], onHost)
    expect(found.stdout.trim().split('\n')).toHaveLength(2)
    const listed = await dubaWell(['--config', config, 'ls', source], onHost)
    expect(listed.stdout).toContain('hostname')
  })

  test('a time before the first backup is refused with the oldest moment there is, and nothing is touched', async () => {
    const hidden = join(dir, 'destination', source)
    const [oldest = ''] = readdirSync(hidden)
      .flatMap((name) => /full\.(\w+)\.manifest/.exec(name)?.[1] ?? [])
      .sort()
    const asked = [
      ['restore', source, '--to', 'too-early', '--time', '2001-02-03'],
      ['ls', source, '--time', '2001-02-03'],
      ['diff', '2001-02-03', 'now', source],
    ]
    for (const args of asked) {
      const { status, stderr } = await duba(['--config', config, ...args], onHost)
      expect(status).toBe(1)
      expect(stderr).toMatch(/no backup of 2001-[0-9: -]+ or before/)
      expect(stderr).toContain(oldest)
    }
    expect(existsSync(join(dir, 'too-early'))).toBe(false)
    await dubaWell(['--config', config, 'ls', source, '--time', oldest], onHost)
  })
})
