/** What can be wrong with the machine: locks, its clock, its disks. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { fillUp, holdLock, makeRoom, undoLast } from './fault-means.ts'
import { type Fault, prepare, testFaults } from './fault.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('faults'))
prepare(site)

const faults: Fault[] = [
  {
    fault: 'a cache that another process works with',
    chain: true,
    arrange: () => holdLock(site.cache),
    verdict: 'failed',
    reason: 'locked',
    exit: 1,
    says: [site.at('cache')],
    notes: ['retention-blocked'],
    mend: () => {
      undoLast()
    },
  },
  {
    fault: 'a clock that was set back',
    chain: true,
    proves: true,
    arrange: async () => {
      const at = String(Math.floor(Date.now() / 1000) + 86_400)
      const words = ['exec', site.source, '--', 'full', '--current-time', at, site.source, '{url}']
      const made = await site.run(...words)
      if (made.status !== 0) throw new Error(made.stderr)
    },
    verdict: 'failed',
    reason: 'clock',
    exit: 1,
    says: ['in the future', 'clock'],
    notes: ['retention-blocked'],
    mend: () => {
      const ahead = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
      for (const place of [site.cache, site.destination]) {
        for (const name of readdirSync(place)) {
          if (name.includes(ahead)) rmSync(join(place, name))
        }
      }
    },
  },
  {
    fault: 'a cache on a full disk',
    chain: true,
    proves: true,
    arrange: () => {
      site.grow('more', 1_500_000)
      fillUp(site.at('cache'), 4096, 0)
    },
    verdict: 'failed',
    reason: 'archive-dir',
    exit: 1,
    says: [site.at('cache'), '"cache_dir"'],
    notes: ['retention-blocked'],
    mend: () => {
      makeRoom(site.at('cache'))
    },
  },
  {
    fault: 'temporary files on a full disk',
    chain: true,
    proves: true,
    arrange: () => {
      fillUp(site.at('tmp'), 4096, 0)
      site.grow('more', 1_500_000)
    },
    verdict: 'failed',
    reason: 'temp-space',
    exit: 1,
    says: [site.at('tmp'), '"tempdir"'],
    notes: ['retention-blocked'],
    mend: () => {
      undoLast()
    },
  },
  {
    fault: 'logs on a full disk',
    chain: true,
    arrange: () => {
      fillUp(site.at('log'), 1024, 0)
    },
    verdict: 'warning',
    reason: 'log-unwritable',
    exit: 3,
    says: [site.at('log'), '"logdir"'],
    notes: ['pruned'],
    noLog: true,
    mend: () => {
      makeRoom(site.at('log'))
    },
  },
]

testFaults(site, faults)
