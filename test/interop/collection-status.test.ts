/**
 * The same generated listings before real duplicity and before ours: the same chains, the same counts of orphaned and
 * incomplete sets. Left out is what duplicity ends on (two names for one place) or decides by the order of the listing.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { defaultNames, formatName, parseName, type RepositoryName } from '../../src/format/filename.ts'
import { client } from '../support/client.ts'
import { duplicity08 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { random } from '../support/random.ts'
import { seed } from '../support/seed.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(120_000)

const count = process.env['DUBA_TEST_FULL'] === '1' ? 100 : 20

/** The names of a repository in which files are missing and sets do not fit. */
function listing(next: () => number): string[] {
  const pick = (below: number): number => Math.floor(next() * below)
  const names: string[] = [
    'README',
    'duplicity-full.notatime.manifest',
    'duplicity-fullish.20231114T221320Z.manifest',
  ]
  const ends = new Set<number>()
  const starts = new Set<number>()
  for (let tries = 2 + pick(8); tries > 0; tries -= 1) {
    const end = pick(8)
    if (ends.has(end)) continue
    ends.add(end)
    const type = end === 0 || pick(3) === 0 ? 'full' : 'inc'
    const start =
      type === 'full' ? end : pick(3) === 0 ? pick(end) : Math.max(...[...ends, 0].filter((e) => e < end), 0)
    const form = pick(4) === 0 ? 'gpg' : 'gz'
    const at = (day: number): number => 1_700_000_000 + 86_400 * day
    const style = { ...defaultNames, form: pick(6) === 0 ? ('short' as const) : ('long' as const) }
    const add = (part: Pick<RepositoryName, 'kind' | 'volume' | 'form'>): void => {
      if (pick(8) === 0) return
      names.push(formatName({ type, start: at(start), end: at(end), partial: false, ...part }, style))
    }
    for (let volume = 1 + pick(3); volume > 0; volume -= 1) add({ kind: 'volume', volume, form })
    add({ kind: 'manifest', volume: 0, form: form === 'gpg' ? 'gpg' : 'plain' })
    // Of two new signatures with one start duplicity takes the one that its listing shows first.
    if (type === 'inc' && starts.has(start)) continue
    if (type === 'inc') starts.add(start)
    add({ kind: 'signatures', volume: 0, form })
  }
  return names
}

/**
 * What duplicity is shown: ours passes over the signatures of a set that has volumes and no manifest, for a session that
 * was killed before its manifest must not cost the chain its signatures (docs/decisions/0009). To duplicity they extend
 * the chain of signatures, and the backup chain then has none that match.
 */
function withoutUnfinishedSignatures(names: readonly string[]): string[] {
  const parsed = names.map((name) => parseName(name, defaultNames))
  const key = (file: RepositoryName): string => `${file.type} ${file.start} ${file.end}`
  const having = (kind: RepositoryName['kind']): Set<string> =>
    new Set(parsed.filter((file) => file?.kind === kind).map((file) => (file === undefined ? '' : key(file))))
  const [volumes, manifests] = [having('volume'), having('manifest')]
  return names.filter((_, index) => {
    const file = parsed[index]
    return file?.kind !== 'signatures' || !volumes.has(key(file)) || manifests.has(key(file))
  })
}

/**
 * The report, and which warnings of duplicity's stand before it. Volumes in a warning stand in any order. duplicity's
 * table hides a set that has lost all its volumes; ours shows it, with 0 volumes. Where duplicity discards the last set of a
 * chain, it still shows that set's time as the end of the chain.
 */
function parts(text: string): { report: string; warnings: string[] } {
  const at = text.indexOf('Last full backup date:')
  const lines = text.slice(0, at).split('\n')
  const warnings = lines.filter((line) => /^Warning, (?:found|discarding) /.test(line))
  const report = text.slice(at).replace(/^ +(?:Full|Incremental) .* 0\n/gm, '')
  const discarded = warnings.some((line) => line.startsWith('Warning, discarding'))
  return { report: discarded ? report.replace(/^Chain end time: .*\n/gm, '') : report, warnings }
}

describe(`collection-status of generated listings, seed ${seed}`, () => {
  const work = useTempDir('status')

  test.each(Array.from({ length: count }, (_, index) => index))('listing %d', async (index) => {
    const next = random(seed + index)
    const repository = `repo-${index}`
    mkdirSync(join(work, repository))
    const names = listing(next)
    for (const name of names) writeFileSync(join(work, repository, name), 'x')
    const reduced = `${repository}-reduced`
    mkdirSync(join(work, reduced))
    for (const name of withoutUnfinishedSignatures(names)) writeFileSync(join(work, reduced, name), 'x')
    const status = (program: typeof engine) =>
      client({
        ...{
          program,
          cwd: work,
          url: `file://${program === engine ? repository : reduced}`,
          archiveDir: `archive-${index}`,
        },
        // One name for both, which the report shows.
        options: ['--no-encryption', '--name', 'status'],
        env: {},
      }).status()
    const [theirs, ours] = [await status(duplicity08), await status(engine)]
    expect({ names, ...parts(ours.stdout) }).toEqual({ names, ...parts(theirs.stdout) })
  })
})
