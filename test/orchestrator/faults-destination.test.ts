/** What can be wrong with a destination and with keys. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { engine } from '../support/engine.ts'
import { fingerprints, gpg, useGpgHome } from '../support/gpg-home.ts'
import { useTempDir } from '../support/temp.ts'
import { fillUp, makeRoom, toUndo, undoLast, unmount } from './fault-means.ts'
import { type Fault, prepare, testFaults } from './fault.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('faults'))
prepare(site)

const ring = useGpgHome(engine, ['host'])
const keys = { signing: '', expired: '' }

/** Keys that only these tests have: one with a passphrase, and one that has expired. */
function makeKeys(): void {
  const make = (name: string, passphrase: string, more: readonly string[], expires: string): string => {
    const common = ['--pinentry-mode', 'loopback', '--passphrase', passphrase, ...more]
    gpg(engine, ring, [...common, '--quick-gen-key', name, 'ed25519', 'default', expires], Buffer.alloc(0))
    const listed = gpg(engine, ring, ['--with-colons', '--list-keys', name], Buffer.alloc(0))
    return /^fpr:+([0-9A-F]{40}):/m.exec(listed.toString())?.[1] ?? ''
  }
  keys.signing = make('duba-locked', 'right', [], 'never')
  keys.expired = make('duba-expired', '', ['--faked-system-time', '20200101T000000'], '1d')
}

const secret = { encryption: 'symmetric', env: { PASSPHRASE: 'correct horse' } }

function signing(passphrase: string) {
  return {
    encryption: 'keys',
    encrypt_keys: [fingerprints.host],
    sign_key: keys.signing,
    env: { GNUPGHOME: ring, PASSPHRASE: '', SIGN_PASSPHRASE: passphrase },
  }
}

beforeAll(makeKeys)

const faults: Fault[] = [
  {
    fault: 'a destination whose mount is gone',
    chain: true,
    proves: true,
    arrange: () => {
      renameSync(site.at('dest'), site.at('unmounted'))
      mkdirSync(site.at('dest'))
    },
    verdict: 'failed',
    reason: 'destination-lost',
    exit: 1,
    says: ['Nothing of the 2 backups', 'Is it mounted', '--take-over'],
    notes: ['retention-blocked'],
    mend: () => {
      rmSync(site.at('dest'), { recursive: true })
      renameSync(site.at('unmounted'), site.at('dest'))
    },
  },
  {
    fault: 'a destination that is no directory',
    chain: true,
    proves: true,
    arrange: () => {
      renameSync(site.at('dest'), site.at('unmounted'))
      writeFileSync(site.at('dest'), '')
    },
    verdict: 'failed',
    reason: 'backend-error',
    exit: 1,
    says: [site.destination, 'not a directory', 'mounted'],
    notes: ['retry', 'retention-blocked'],
    mend: () => {
      rmSync(site.at('dest'))
      renameSync(site.at('unmounted'), site.at('dest'))
    },
  },
  {
    fault: 'a destination that cannot be written',
    chain: true,
    proves: true,
    arrange: () => {
      execFileSync('mount', ['--bind', site.at('dest'), site.at('dest')])
      toUndo(() => {
        unmount(site.at('dest'))
      })
      execFileSync('mount', ['-o', 'remount,ro,bind', site.at('dest')])
    },
    verdict: 'failed',
    reason: 'backend-denied',
    exit: 1,
    says: [site.destination, 'mounted read-only'],
    notes: ['retry', 'retention-blocked'],
    mend: () => {
      undoLast()
    },
  },
  {
    fault: 'a destination that is full',
    chain: true,
    proves: true,
    arrange: () => {
      fillUp(site.at('dest'), 4096, 100)
      site.grow('more', 1_500_000)
    },
    verdict: 'failed',
    reason: 'backend-no-space',
    exit: 1,
    says: [site.destination, /space/],
    notes: ['retry', 'retention-blocked'],
    mend: () => {
      makeRoom(site.at('dest'))
    },
  },
  {
    fault: 'a chain that has lost a volume',
    chain: true,
    proves: true,
    arrange: () => {
      rmSync(newestVolume())
      site.grow('more', 1000)
    },
    verdict: 'warning',
    reason: 'volume-missing',
    exit: 3,
    says: ['volume 1 of duplicity-full.', 'is missing', 'duba backup --full JOB'],
    notes: ['missing-volumes', 'retention-blocked'],
    mend: () => undefined,
    next: ['--full'],
  },
  {
    fault: 'a chain of which a volume was cut in half',
    chain: true,
    proves: true,
    arrange: () => {
      truncateSync(newestVolume(), 60_000)
    },
    verdict: 'warning',
    reason: 'volume-size',
    exit: 3,
    says: ['has 60000 bytes where', 'were stored', 'duba backup --full JOB'],
    notes: ['retention-blocked'],
    mend: () => undefined,
    next: ['--full'],
  },
  {
    fault: 'a passphrase that is not that of the chain',
    chain: false,
    proves: true,
    keys: { encryption: 'symmetric', env: { PASSPHRASE: 'other horse' } },
    arrange: async () => {
      site.fill()
      site.configure({}, secret)
      await site.backupWell()
      site.configure({}, { ...secret, env: { PASSPHRASE: 'other horse' } })
    },
    verdict: 'failed',
    reason: 'secret-mismatch',
    exit: 1,
    says: ['PASSPHRASE'],
    notes: ['retention-blocked'],
    mend: () => {
      site.configure({}, secret)
    },
  },
  {
    fault: 'a passphrase that does not open the signing key',
    chain: false,
    arrange: () => {
      site.fill()
      site.configure({}, signing('wrong'))
    },
    verdict: 'failed',
    reason: 'key-unusable',
    exit: 2,
    says: ['SIGN_PASSPHRASE'],
    mend: () => {
      site.configure({}, signing('right'))
    },
  },
  {
    fault: 'a key that has expired',
    chain: true,
    arrange: () => {
      site.configure(
        {},
        { ...signing('right'), sign_key: undefined, encryption: 'keys', encrypt_keys: [keys.expired] },
      )
    },
    verdict: 'failed',
    reason: 'key-unusable',
    exit: 2,
    says: [/expired/, 'gpg --'],
    mend: () => {
      site.configure()
    },
  },
]

testFaults(site, faults)

/** The only volume of the newest full backup. */
const newestVolume = (): string => {
  const [name = ''] = site
    .files()
    .filter((each) => each.includes('.vol1.'))
    .slice(-1)
  return join(site.destination, name)
}

test('a volume cut in half is told by check after the backup, and by verify without its data', async () => {
  site.reset()
  site.configure()
  truncateSync(newestVolume(), 60_000)
  const dry = await site.backup('--dry-run')
  expect([dry.status, dry.jobs[0]?.reason?.code]).toEqual([3, 'volume-size'])
  expect((await site.backup()).status).toBe(3)
  const checked = await site.run('check')
  expect(checked.status).toBe(1)
  expect(checked.stdout).toMatch(/^[^\n]*WARNING[^]*duba backup --full JOB/)
  const verified = await site.run('verify', '--json')
  expect([verified.status, verified.jobs[0]?.reason?.code]).toEqual([1, 'damaged'])
  expect(verified.jobs[0]?.notes[0]).toMatchObject({
    code: 'volume-size',
    text: expect.stringContaining('has 60000 bytes where'),
  })
})
