/**
 * Every file of three golden repositories, damaged in every way: our engine never crashes, never gives a wrong tree for
 * a right one, says which file it is, and restores whatever does not need it. What it calls good, duplicity verifies.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { defaultNames, parseName, type RepositoryName } from '../../src/format/filename.ts'
import { formatNameTime } from '../../src/format/name-time.ts'
import { formatMoment } from '../../src/format/time.ts'
import { goldenCases } from '../golden/case.ts'
import { client } from '../support/client.ts'
import { assertSame, listTree, readListing } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { useKeyring } from '../support/gpg-home.ts'
import { seed } from '../support/seed.ts'
import { useTempDir } from '../support/temp.ts'
import { type Damage, DamagedRepository, damageFile, damages, type Told } from './damaged-repository.ts'

jest.setTimeout(120_000)

const all = process.env['DUBA_TEST_FULL'] === '1'
const keyFolder = join(import.meta.dirname, '../golden/keys')
const keyring = useKeyring(
  engine,
  [readFileSync(join(keyFolder, 'secret.gpg'))],
  readFileSync(join(keyFolder, 'ownertrust.txt')),
)
const work = useTempDir('damage')
const cases = goldenCases.filter(({ name }) =>
  ['a-plain', 'b-gpg-2keys-signed', 'c-symmetric'].includes(name),
)

/** A number in [0, 1) for each trial, the same for the same seed. */
function placeOf(trial: string): number {
  let hash = seed | 0
  for (const unit of trial) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193)
  hash ^= hash >>> 15
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32
}

/** Whether a session can be restored without the file: it is older than the file's set, or no restore reads it. */
function needs(file: RepositoryName, damage: Damage, cache: 'warm' | 'cold', time: number): boolean {
  if (damage === 'duplicated' || file.kind === 'signatures' || time < file.end) return false
  // The archive directory has the manifest, and keeps it while the remote still shows its name.
  return file.kind === 'volume' || cache === 'cold' || damage === 'deleted'
}

/** Whether what was said leads to the file: its name, or where there is no such file that of its set. */
function names(told: Told, name: string, { end, kind, volume }: RepositoryName): boolean {
  const { text } = told
  const ofSet = [formatNameTime(end), formatMoment(end), String(end)].some((date) => text.includes(date))
  return text.includes(name) || (ofSet && (kind !== 'volume' || new RegExp(`\\b${volume}\\b`).test(text)))
}

describe.each(cases)(`$name, one file damaged, seed ${seed}`, (golden) => {
  const files = readdirSync(join(golden.folder, 'repo')).sort()
  const sessions = golden.sessions.map(({ time }, index) => ({ time, index }))
  const trials = files.flatMap((name) =>
    damages.flatMap((damage) => (['cold', 'warm'] as const).map((cache) => ({ name, damage, cache }))),
  )
  // Of many trials a part, which the seed turns; DUBA_TEST_FULL asks for all.
  const step = trials.length > 100 ? 4 : 3
  const chosen = trials.filter(
    ({ name, damage, cache }) =>
      all ||
      (seed + 2 * files.indexOf(name) + damages.indexOf(damage) + (cache === 'cold' ? 0 : 1)) % step === 0,
  )

  test.each(chosen)('$name $damage, $cache cache', async ({ name, damage, cache }) => {
    const folder = join(work, `${golden.name}-${name}-${damage}-${cache}`)
    const parsed = parseName(name, defaultNames)
    if (parsed === undefined) throw new Error(`${name} is no repository file`)
    const repository = new DamagedRepository(golden, folder, cache, keyring)
    damageFile(join(repository.repo, name), damage, placeOf(`${name} ${damage}`))

    const checked = await repository.check()
    const before = sessions.filter(({ time }) => !needs(parsed, damage, cache, time)).at(-1)
    const wanted = all
      ? sessions
      : sessions.filter(
          (session) => [before, sessions.at(-1)].includes(session) || session.time === parsed.end,
        )
    let intact = true
    for (const { time, index } of wanted) {
      const told = await repository.restore(index)
      const needed = needs(parsed, damage, cache, time)
      // Restored without a word of failure, it is the tree; the one exception is what looks like an interruption.
      if (!told.failed && !(needed && looksInterrupted(told, parsed, damage)))
        expect({ session: index, text: told.text, differences: told.differences }).toEqual({
          ...{ session: index, text: told.text, differences: [] },
        })
      if (!needed) expect({ session: index, ...told }).toMatchObject({ session: index, failed: false })
      if (told.failed && index === sessions.length - 1) await expectSalvage(repository)
      if (told.failed) expect({ told, named: names(told, name, parsed) }).toEqual({ told, named: true })
      intact &&= !told.failed && told.differences.length === 0
    }
    if (!intact || (damage !== 'duplicated' && parsed.kind === 'volume'))
      expect({ checked, found: checked.failed && names(checked, name, parsed) }).toEqual({
        checked,
        found: true,
      })
    if (!checked.failed && (all || placeOf(folder) < 0.2)) await restoreWithDuplicity(repository)
    rmSync(folder, { recursive: true, force: true })
  })

  /** What cannot be restored as it was is salvaged: every path that is missing or other than it was is told. */
  async function expectSalvage(repository: DamagedRepository): Promise<void> {
    const { salvaged, vague, text, differences } = await repository.salvage(sessions.length - 1)
    if (differences.length === 0) return
    expect({ salvaged, text }).toEqual({ salvaged: true, text })
    const paths = differences.map((line) => JSON.parse(line.slice(0, line.lastIndexOf('": ') + 1)) as string)
    const untold = paths.filter((path) => !text.includes(`: ${path}: `))
    expect(vague ? [] : untold).toEqual([])
  }

  /** A set without manifest is what an interrupted session leaves: it is told, and the one before is the newest. */
  function looksInterrupted(told: Told, { kind, end }: RepositoryName, damage: Damage): boolean {
    const gone = kind === 'manifest' && (damage === 'deleted' || damage === 'emptied')
    return gone && end === sessions.at(-1)?.time && told.text.includes('found incomplete backup sets')
  }

  /** What we call good real duplicity restores, the newest session of it, from an empty archive directory. */
  async function restoreWithDuplicity({ repo }: DamagedRepository): Promise<void> {
    const { time = 0, tree = '' } = golden.sessions.at(-1) ?? {}
    for (const program of all && !golden.keys ? [duplicity08, duplicity3] : [duplicity08]) {
      const target = `${repo}-out-${program.syntax}`
      const settings = { program, cwd: work, url: `file://${repo}`, archiveDir: `${target}-archive` }
      const env = { ...golden.env, GNUPGHOME: keyring }
      await client({ ...settings, options: golden.options, env }).restore(target, time)
      assertSame(readListing(join(golden.folder, tree)), listTree(target))
    }
  }
})
