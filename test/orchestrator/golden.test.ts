/**
 * Existing fleets continue: configurations of the original duba, run by the built `duba` with real engines on chains that
 * duplicity 0.8.22 wrote as the original called it. Only the root of the machine is moved to a temporary folder, and the
 * destination to `file://` with the same layout.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { assertOneChain } from '../support/chain-status.ts'
import { assertSame, listTree, type Row } from '../support/compare.ts'
import { duplicity08, duplicity3 } from '../support/duplicity.ts'
import { engine } from '../support/engine.ts'
import { useGpgHome } from '../support/gpg-home.ts'
import {
  movedBelow,
  type OriginalConfig,
  type OriginalJob,
  originalJobs,
  runOriginal,
} from '../support/original-duba.ts'
import { baseEnvironment, type Program, projectRoot, runWell } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(300_000)

const dubaProgram: Program = {
  name: 'duba',
  syntax: '0.8',
  command: () => [process.execPath, join(projectRoot, 'dist/src/main.js')],
}

interface Machine {
  /** The configuration. */
  readonly file: string
  /** Files that change from run to run. */
  readonly files: readonly string[]
  /** What the configuration leaves out, for whom. */
  readonly excluded: readonly (readonly [source: string, path: string])[]
}

const machines: readonly Machine[] = [
  {
    file: 'examples/lfops.json',
    files: [
      ...['etc/hosts', 'etc/ssh/sshd_config', 'etc/.git/config', 'etc/cache/page'],
      ...['root/notes', 'root/tmp/scratch', 'root/.local/state'],
      ...['home/Anna Muster/a letter.txt', 'home/Anna Muster/.cache/thumb', 'home/bob/mail/1', 'home/note'],
      'var/spool/cron/root',
    ],
    excluded: [
      ['etc', '.git'],
      ['etc', 'cache'],
      ['root', 'tmp'],
      ['root', '.local'],
      ['root', '.cache/duplicity'],
      ['home/Anna Muster', '.cache'],
    ],
  },
  {
    file: 'test/config/valid/original-webserver.json',
    files: [
      ...['etc/hosts', 'srv/Team Finance/2025 q4.csv', 'srv/Team Finance/drafts/x'],
      ...['srv/customers/acme & sons/contract', 'srv/customers/umlaut-ä/contract'],
      ...['var/www/html/index.html', 'var/www/html/site/tmp/x', 'var/www/html/nextcloud/config.php'],
      'var/www/html/nextcloud/data/anna/photo',
      'var/www/html/nextcloud/data/anna/upload.part',
    ],
    excluded: [
      ['srv/Team Finance', 'drafts'],
      ['var/www/html', 'site/tmp'],
      ['var/www/html/nextcloud/data', 'anna/upload.part'],
    ],
  },
]

describe.each(machines)('$file', ({ file, files, excluded }) => {
  const dir = useTempDir('golden')
  const snapshot = useTempDir('golden-old')
  const readers = [
    { reader: duplicity08, ring: useGpgHome(duplicity08, ['host']), home: useTempDir('reader') },
    { reader: duplicity3, ring: useGpgHome(duplicity3, ['host']), home: useTempDir('reader') },
  ] as const
  const ring = useGpgHome(engine, ['host'])
  const original = JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as OriginalConfig
  const config = movedBelow(dir, original)
  const home = join(dir, 'root')
  const around = { cwd: dir, env: { ...baseEnvironment(home), GNUPGHOME: ring } }
  const cacheRoot = join(home, '.cache/duplicity')
  let jobs: readonly OriginalJob[]
  let generation = 0

  /** Every kept file changes, one comes, one goes. */
  function change(): void {
    generation += 1
    for (const path of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), `${path}\n`.repeat(50 + generation))
      if (path.endsWith('/note')) continue
      writeFileSync(join(dir, dirname(path), `of-run-${generation}`), path)
      rmSync(join(dir, dirname(path), `of-run-${generation - 1}`), { force: true })
    }
  }

  /** Whether a pattern can match in a source: duplicity stops at one that cannot. */
  const fits = (path: string) => (pattern: string) =>
    !pattern.startsWith('/') || pattern.includes('*') || pattern.startsWith(`${path}/`)

  /** Sets are named by whole seconds. */
  const nextSecond = () => sleep(1000 - (Date.now() % 1000))

  async function originalRun(): Promise<void> {
    await nextSecond()
    for (const job of jobs) {
      const works = { ...config, backup_excludes: config.backup_excludes.filter(fits(job.path)) }
      const { status, stderr } = await runOriginal(job, works, around)
      expect([job.path, status, stderr]).toEqual([job.path, 0, ''])
    }
  }

  /** Job, verdict and kind of each backup, in the order of the jobs' names. */
  async function duba(): Promise<(string | null)[][]> {
    await nextSecond()
    const path = join(dir, 'duba.json')
    writeFileSync(path, JSON.stringify({ ...config, state_dir: join(dir, 'state') }), { mode: 0o600 })
    // As the unit of the original has it.
    const { stdout } = await runWell(dubaProgram, ['--config', path, '--command=backup', '--json'], around)
    const text = Buffer.from(stdout, 'latin1').toString()
    const summary = JSON.parse(text) as { jobs: { job: string; verdict: string; kind: string | null }[] }
    return summary.jobs.map(({ job, verdict, kind }) => [job, verdict, kind]).sort()
  }

  const sets = ({ url }: OriginalJob): string[] =>
    readdirSync(url.slice('file://'.length)).filter((each) => each.includes('.manifest.'))

  /** What a backup must hold. */
  function expectedOf({ path }: OriginalJob): Row[] {
    const out = excluded.filter(([source]) => join(dir, source) === path).map(([, below]) => below)
    return listTree(path).filter((row) => !out.some((each) => `${row.path}/`.startsWith(`${each}/`)))
  }

  /** Stock duplicity, with no cache, finds one chain of so many sets, and in it what is there now. */
  async function isReadBy(reader: Reader, job: OriginalJob, count: number): Promise<void> {
    const surroundings = { cwd: reader.home, env: { ...readerEnvironment(reader), PASSPHRASE: '' } }
    const key = ['--encrypt-key', config.gpg_encrypt_local_key]
    await runWell(reader.reader, ['restore', ...key, job.url, join(reader.home, 'target')], surroundings)
    assertSame(expectedOf(job), listTree(join(reader.home, 'target')))
    const status = await runWell(reader.reader, ['collection-status', ...key, job.url], surroundings)
    assertOneChain(status.stdout, count)
    const own = job.path === home ? [cacheRoot] : []
    const patterns = [...config.backup_excludes, ...job.excludes, ...own].filter(fits(job.path))
    const words = ['verify', '--compare-data', ...key, ...patterns.flatMap((each) => ['--exclude', each])]
    await runWell(reader.reader, [...words, job.url, job.path], surroundings)
    for (const each of readdirSync(reader.home)) rmSync(join(reader.home, each), { recursive: true })
  }

  const readerEnvironment = (reader: Reader) => ({ ...baseEnvironment(reader.home), GNUPGHOME: reader.ring })

  beforeAll(async () => {
    change()
    jobs = originalJobs(config)
    await originalRun()
    change()
    await originalRun()
    cpSync(dir, snapshot, { recursive: true, preserveTimestamps: true })
  }, 300_000)

  beforeEach(() => {
    for (const each of readdirSync(dir)) rmSync(join(dir, each), { recursive: true })
    cpSync(snapshot, dir, { recursive: true, preserveTimestamps: true })
  })

  test.each(['kept', 'lost'])('chains of duplicity go on, the cache being %s', async (cache) => {
    const before = new Map(jobs.map((job) => [job.path, sets(job)]))
    if (cache === 'lost') rmSync(join(dir, 'root/.cache'), { recursive: true })
    change()
    expect(await duba()).toEqual(jobs.map(({ path }) => [path, 'ok', 'incremental']).sort())
    for (const job of jobs) {
      const [added, ...more] = sets(job).filter((each) => before.get(job.path)?.includes(each) !== true)
      expect([added?.startsWith('duplicity-inc.'), more]).toEqual([true, []])
      for (const reader of readers) await isReadBy(reader, job, 3)
    }
    // Then duplicity goes on, on the same cache, and duba after it.
    change()
    await originalRun()
    change()
    expect(await duba()).toEqual(jobs.map(({ path }) => [path, 'ok', 'incremental']).sort())
    for (const job of jobs) await isReadBy(readers[0], job, 5)
  })
})

interface Reader {
  readonly reader: Program
  readonly ring: string
  readonly home: string
}
