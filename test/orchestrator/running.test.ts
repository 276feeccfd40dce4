/** Runs of `duba` with real engines on `file://`, and stock duplicity on what they leave. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { StatusDocument } from '../../src/report/status-document.ts'
import { duplicity08 } from '../support/duplicity.ts'
import { baseEnvironment, projectRoot, runWell } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'

jest.setTimeout(180_000)

const root = useTempDir('running')
const main = join(projectRoot, 'dist/src/main.js')
const at = (path: string): string => join(root, path)
const config = at('duba.json')

function configure(keys: object): void {
  const standard = {
    backup_dest: `file://${at('dest')}`,
    encryption: 'none',
    logdir: at('log'),
    state_dir: at('state'),
    cache_dir: at('cache'),
    nice: 0,
  }
  writeFileSync(config, JSON.stringify({ ...standard, ...keys }), { mode: 0o600 })
}

interface JobJson {
  readonly job: string
  readonly verdict: string
  readonly reason: { readonly code: string } | null
  readonly kind: string | null
  readonly notes: readonly { readonly code: string }[]
}

function duba(...argv: string[]): { status: number | null; jobs: JobJson[]; stderr: string } {
  const words = [main, '--config', config, ...argv, '--json']
  const ran = spawnSync(process.execPath, words, { env: baseEnvironment(root), encoding: 'utf8' })
  const { jobs = [] } = (ran.stdout === '' ? {} : JSON.parse(ran.stdout)) as { jobs?: JobJson[] }
  return { status: ran.status, jobs, stderr: ran.stderr }
}

function check(): [number | null, string] {
  const words = [main, '--config', config, 'check', '--lengthy']
  const { status, stdout } = spawnSync(process.execPath, words, {
    env: baseEnvironment(root),
    encoding: 'utf8',
  })
  return [status, stdout]
}

const manifests = (path: string): string[] =>
  readdirSync(path).filter((name) => name.includes('.manifest') && name.startsWith('duplicity-full'))
const destOf = (source: string): string => `${at('dest')}${at(source)}`

beforeAll(() => {
  for (const path of ['src', 'home/bob', 'home/eve']) {
    mkdirSync(at(path), { recursive: true })
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(at(`${path}/${name}`), name)
  }
})

describe('runs with real engines', () => {
  test('store what is left out by no pattern, and what an include brings back', async () => {
    const source = at('picked')
    mkdirSync(join(source, 's'), { recursive: true })
    for (const name of ['a.key', 'b.txt', 'd.o', 's/c.txt', 's/e.o', 's/keep.o'])
      writeFileSync(join(source, name), name)
    const patterns = { includes: ['**.key', `${source}/s/keep.o`], excludes: ['**.o', `${source}/a*`] }
    configure({ backup_sources: [{ path: source, dest: `file://${at('picks')}`, ...patterns }] })
    expect(duba('backup').status).toBe(0)
    const duplicity = ['list-current-files', '--no-encryption', `file://${at('picks')}`]
    const { stdout } = await runWell(duplicity08, duplicity, { cwd: root, env: baseEnvironment(root) })
    const listed = stdout.split('\n').flatMap((line) => / ([^ ]+)$/.exec(line)?.slice(1) ?? [])
    expect(listed.slice(-6)).toEqual(['.', 'a.key', 'b.txt', 's', 's/c.txt', 's/keep.o'])
  })

  test('go on when nobody reads what they say', () => {
    const hooks = { before: [{ command: ['/bin/false'], optional: true }] }
    configure({ backup_sources: [{ path: at('src'), dest: `file://${at('unread')}`, hooks }] })
    const words = `"$0" "$1" --config "$2" backup 2>&1 | true; echo "\${PIPESTATUS[0]}"`
    const ran = spawnSync('/bin/bash', ['-c', words, process.execPath, main, config], {
      env: baseEnvironment(root),
      encoding: 'utf8',
    })
    expect(ran.stdout).toBe('3\n')
    expect(readdirSync(at('state'))).toContain('status.json')
    expect(manifests(at('unread'))).toHaveLength(1)
    rmSync(at('state'), { recursive: true })
  })

  test.each([
    ['/bin/true', '3'],
    ['/bin/false', '1'],
  ])('go on when the disk of what they say is full (hook: %s)', (hook, status) => {
    configure({
      backup_sources: [{ path: at('src'), hooks: { before: [{ command: [hook] }] } }, { path: at('home') }],
      backup_dest: `file://${at(`full${status}`)}`,
      parallel: 1,
    })
    const words = `"$0" "$1" --config "$2" backup --full > /dev/full 2>&1; echo $?`
    const ran = spawnSync('/bin/bash', ['-c', words, process.execPath, main, config], {
      env: baseEnvironment(root),
      encoding: 'utf8',
    })
    expect(ran.stdout).toBe(`${status}\n`)
    const { jobs } = JSON.parse(readFileSync(at('state/status.json'), 'utf8')) as StatusDocument
    expect(Object.keys(jobs)).toEqual([at('src'), at('home')])
    expect(manifests(`${at(`full${status}`)}${at('home')}`)).toHaveLength(1)
    rmSync(at('state'), { recursive: true })
  })

  test('plan, back up, and find the plan kept', () => {
    configure({
      backup_sources: [
        { path: at('src'), keep_full: 1 },
        { path: at('home'), divide: true },
        { path: at('none') },
      ],
    })
    const before = duba('plan').jobs as unknown as { action: string }[]
    expect(before.map(({ action }) => action)).toEqual(['full', 'full', 'full', 'none'])
    expect(existsSync(at('dest'))).toBe(false)
    const { status, jobs } = duba('backup')
    expect(status).toBe(0)
    expect(jobs.map(({ verdict, kind }) => [verdict, kind])).toEqual([
      ['ok', 'full'],
      ['ok', 'full'],
      ['ok', 'full'],
      ['skipped', null],
    ])
    const known = JSON.parse(readFileSync(at('state/status.json'), 'utf8')) as StatusDocument
    const sizes = readdirSync(destOf('src'))
      .filter((name) => name.startsWith('duplicity-'))
      .map((name) => statSync(join(destOf('src'), name)).size)
    const stored = sizes.reduce((sum, size) => sum + size, 0)
    expect(known.jobs[at('src')]?.chain).toMatchObject({ sets: 1, bytes: stored })
    const after = duba('plan').jobs as unknown as { action: string }[]
    expect(after.map(({ action }) => action)).toEqual(['incremental', 'incremental', 'incremental', 'none'])
  })

  test('retention leaves what must stay, and stock duplicity reads it beside the marker', async () => {
    const { jobs } = duba('backup', '--full', at('src'))
    expect(jobs[0]).toMatchObject({ verdict: 'ok', kind: 'full' })
    expect(jobs[0]?.notes.map(({ code }) => code)).toEqual(['pruned'])
    expect(manifests(destOf('src'))).toHaveLength(1)
    expect(readdirSync(destOf('src'))).toContain('duba-marker.json')
    const url = `file://${destOf('src')}`
    const around = { cwd: root, env: baseEnvironment(at('stock')) }
    mkdirSync(at('stock'))
    const told = await runWell(duplicity08, ['collection-status', '--no-encryption', url], around)
    expect(told.stdout).toContain('No orphaned or incomplete backup sets found.')
    await runWell(duplicity08, ['restore', '--no-encryption', url, at('restored')], around)
    expect(readdirSync(at('restored')).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('a damaged newest chain keeps the old ones', () => {
    const [volume = ''] = readdirSync(destOf('src')).filter((name) => name.includes('.vol1.'))
    writeFileSync(join(destOf('src'), volume), 'cut')
    configure({ backup_sources: [{ path: at('src'), keep_full: 1, keep_chains: 1 }] })
    expect(duba('prune')).toMatchObject({ status: 1, jobs: [{ reason: { code: 'volume-missing' } }] })
    expect(duba('verify', '--read-data')).toMatchObject({ status: 1, jobs: [{ verdict: 'failed' }] })
    expect(duba('backup', '--full')).toMatchObject({ status: 0 })
  })

  test('an entry that vanished is warned of once, named and kept for its grace, and then goes', () => {
    rmSync(at('home/eve'), { recursive: true })
    const sources = (more: object): object => ({
      backup_sources: [{ path: at('home'), divide: true, retention_time: '1s', retries: 1, ...more }],
    })
    configure(sources({}))
    const planned = duba('plan').jobs as unknown as { job: string; obstacle: { code: string } | null }[]
    expect(planned.find(({ job }) => job === at('home/eve'))?.obstacle?.code).toBe('vanished')
    const told = (ran: { jobs: JobJson[] }): unknown[] =>
      ran.jobs.map(({ job, verdict, reason }) => [job, verdict, reason?.code])
    const first = duba('backup')
    expect([first.status, ...told(first)]).toEqual([
      3,
      [at('home/bob'), 'ok', undefined],
      [at('home/eve'), 'warning', 'vanished'],
    ])
    expect(check()).toEqual([1, expect.stringContaining(`${at('home/eve')}: backup warning: the entry has`)])
    const eve = `${at('home/eve').slice(1).replaceAll('/', '-')}.log`
    expect(readFileSync(join(at('log'), eve), 'utf8')).toContain('warning: the entry has vanished; its')
    const second = duba('backup')
    expect([second.status, told(second)[1]]).toEqual([0, [at('home/eve'), 'skipped', 'orphan']])
    expect(check()).toEqual([0, expect.stringContaining(`${at('home/eve')}  the entry has vanished; its`)])
    expect(manifests(destOf('home/eve'))).toHaveLength(1)
    configure(sources({ orphan_grace: 1 }))
    renameSync(destOf('home'), at('aside'))
    symlinkSync('home', destOf('home'))
    for (const operation of ['backup', 'prune'])
      expect(told(duba(operation))[1]).toEqual([at('home/eve'), 'warning', 'retention-blocked'])
    rmSync(destOf('home'))
    renameSync(at('aside'), destOf('home'))
    expect(duba('backup').status).toBe(0)
    expect(manifests(destOf('home/eve'))).toEqual([])
    expect(manifests(destOf('home/bob'))).toHaveLength(1)
    expect(check()).toEqual([0, expect.not.stringContaining('home/eve')])
    expect(told(duba('backup'))).toEqual([[at('home/bob'), 'ok', undefined]])
  })

  test('a shrunken source fails, keeps everything, and is accepted when asked', () => {
    configure({ backup_sources: [{ path: at('src'), keep_full: 1 }] })
    for (const name of ['a', 'b', 'c', 'd']) rmSync(at(`src/${name}`))
    expect(duba('backup')).toMatchObject({ status: 1, jobs: [{ reason: { code: 'source-shrunk' } }] })
    expect(duba('backup', '--accept-shrink').status).toBe(0)
    rmSync(at('src'), { recursive: true })
    expect(duba('backup')).toMatchObject({ status: 3, jobs: [{ reason: { code: 'vanished' } }] })
    expect(duba('prune')).toMatchObject({ status: 3, jobs: [{ reason: { code: 'retention-blocked' } }] })
  })

  test('another host is kept out until it takes over', () => {
    configure({ backup_sources: [{ path: at('home/bob') }], host: 'another', cache_dir: at('cache2') })
    expect(duba('backup')).toMatchObject({ status: 1, jobs: [{ reason: { code: 'marker-mismatch' } }] })
    expect(duba('backup', '--take-over').status).toBe(0)
    expect(duba('backup').status).toBe(0)
  })

  test('a key that is not there refuses the run', () => {
    configure({
      backup_sources: [{ path: at('home/bob') }],
      encryption: 'keys',
      encrypt_keys: ['0123456789ABCDEF'],
    })
    const { status, jobs } = duba('backup')
    expect([status, jobs[0]?.reason?.code]).toEqual([2, 'key-unusable'])
  })
})
