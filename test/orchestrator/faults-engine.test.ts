/** What can happen to an engine while it works. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { fingerprints } from '../support/gpg-home.ts'
import { useTempDir } from '../support/temp.ts'
import { type Fault, prepare, testFaults } from './fault.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('faults'))
prepare(site)

/** A directory with a gpg that hangs. */
function silentGpg(): string {
  const path = site.at('silent')
  mkdirSync(path)
  writeFileSync(join(path, 'gpg'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
  return path
}

const faults: Fault[] = [
  {
    fault: 'an engine that is killed',
    chain: true,
    proves: true,
    arrange: () => {
      site.grow('more', 12_000_000)
    },
    meanwhile: async (before) => {
      process.kill(await site.engineInTheMiddle(before), 'SIGKILL')
    },
    verdict: 'failed',
    reason: 'engine-died',
    exit: 1,
    says: ['SIGKILL', 'The next run goes on where it was'],
    notes: ['retention-blocked'],
    mend: () => undefined,
  },
  {
    fault: 'an engine that stands still',
    chain: true,
    proves: true,
    source: { stall_timeout: 2 },
    arrange: () => {
      site.grow('more', 12_000_000)
    },
    meanwhile: async (before) => {
      process.kill(await site.engineInTheMiddle(before), 'SIGSTOP')
    },
    verdict: 'stalled',
    reason: 'stalled',
    exit: 1,
    says: ['2.0 s', '"stall_timeout"'],
    notes: ['retention-blocked'],
    mend: () => {
      site.configure()
    },
  },
  {
    fault: 'an engine that takes too long',
    chain: true,
    proves: true,
    source: { timeout: 3 },
    arrange: () => {
      site.grow('more', 12_000_000)
    },
    meanwhile: async (before) => {
      process.kill(await site.engineInTheMiddle(before), 'SIGSTOP')
    },
    verdict: 'stalled',
    reason: 'deadline',
    exit: 1,
    says: ['3.0 s', '"timeout"'],
    notes: ['retention-blocked'],
    mend: () => {
      site.configure()
    },
  },
  {
    fault: 'a gpg that does not answer, when it is asked for keys',
    chain: true,
    arrange: () => {
      const env = { PATH: `${silentGpg()}:/usr/bin:/bin` }
      const encryption = { encryption: 'keys', encrypt_keys: [fingerprints.host] }
      site.configure({}, { ...encryption, env, stall_timeout: 2 })
    },
    verdict: 'stalled',
    reason: 'stalled',
    exit: 1,
    says: ['did not answer within 2.0 s', 'gpgconf --kill'],
    mend: () => {
      site.configure()
    },
  },
]

testFaults(site, faults)
