/** What can be wrong with a source. */
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { useTempDir } from '../support/temp.ts'
import { type Fault, prepare, testFaults } from './fault.ts'
import { Site } from './site.ts'

jest.setTimeout(120_000)

const site = new Site(useTempDir('faults'))
prepare(site)

const faults: Fault[] = [
  {
    fault: 'a source that is missing and never was backed up',
    chain: false,
    arrange: () => undefined,
    verdict: 'skipped',
    reason: 'missing',
    exit: 0,
    says: ['does not exist'],
    mend: () => {
      site.fill()
    },
  },
  {
    fault: 'a source that is missing and must exist',
    chain: false,
    source: { must_exist: true },
    arrange: () => undefined,
    verdict: 'failed',
    reason: 'source-missing',
    exit: 1,
    says: ['does not exist', 'Mount or restore it, or remove the source'],
    mend: () => {
      site.fill()
    },
  },
  {
    fault: 'a source that has vanished',
    chain: true,
    arrange: () => {
      renameSync(site.source, site.at('elsewhere'))
    },
    verdict: 'warning',
    reason: 'vanished',
    exit: 3,
    says: ['does not exist any more', '"state": "absent"'],
    mend: () => {
      renameSync(site.at('elsewhere'), site.source)
    },
  },
  {
    fault: 'a source that is empty',
    chain: true,
    arrange: () => {
      renameSync(site.source, site.at('elsewhere'))
      mkdirSync(site.source)
    },
    verdict: 'failed',
    reason: 'source-empty',
    exit: 1,
    says: ['is empty', 'Is it mounted?'],
    mend: () => {
      rmSync(site.source, { recursive: true })
      renameSync(site.at('elsewhere'), site.source)
    },
  },
  {
    fault: 'entries that cannot be read',
    chain: true,
    proves: true,
    arrange: () => {
      chmodSync(join(site.source, 'a'), 0)
      mkdirSync(join(site.source, 'closed'))
      chmodSync(join(site.source, 'closed'), 0)
      // Root reads everything, unless these are taken from it.
      site.prefix = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search']
    },
    verdict: 'warning',
    reason: 'unreadable',
    exit: 3,
    says: ['2 entries were left out because of errors', join(site.source, 'a'), 'exclude them'],
    notes: ['unreadable', 'unreadable', 'retention-blocked'],
    mend: () => {
      chmodSync(join(site.source, 'a'), 0o644)
      chmodSync(join(site.source, 'closed'), 0o755)
      site.prefix = []
    },
  },
  {
    fault: 'a source that has shrunk',
    chain: true,
    proves: true,
    next: ['--accept-shrink'],
    arrange: () => {
      for (const name of ['a', 'b', 'c', 'large']) rmSync(join(site.source, name))
    },
    verdict: 'failed',
    reason: 'source-shrunk',
    exit: 1,
    says: ['has shrunk', '--accept-shrink'],
    notes: ['retention-blocked'],
    mend: () => {
      site.fill()
    },
  },
]

testFaults(site, faults)
