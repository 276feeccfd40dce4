import { readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

const time = 1700000000
const untimed = (text: string): string[] =>
  text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'T')
    .replaceAll(bench.dir, '')
    .trimEnd()
    .split('\n')

describe('looking into backups', () => {
  test('ls lists the next level, all of it, or what is backed up', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
    const midnight = String(new Date(2026, 0, 31).getTime() / 1000)
    const next = await bench.run(['ls', 'etc', '--time', '2026-01-31'])
    expect(next.status).toBe(0)
    expect(untimed(next.stdout)).toEqual([
      'dir                 T  /etc',
      'dir                 T  /etc/ssh',
      'file                T  /etc/sshx',
    ])
    expect(bench.dumped()[0]?.argv.slice(-4, -1)).toEqual(['--strict-time', '--time', midnight])
    expect(untimed((await bench.run(['ls', '-R', 'etc'])).stdout)).toHaveLength(4)
    await bench.run(['ls', 'etc/ssh'])
    expect(bench.dumped().at(-1)?.argv.slice(-3, -1)).toEqual(['--below', 'ssh'])
    expect(untimed((await bench.run(['ls'])).stdout)).toEqual(['/etc  file:///dest/etc'])
  })

  test('ls tells that there is nothing', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ events: [] }) }] })
    expect(await bench.run(['ls', 'etc/nothing'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'duba: etc/nothing is not in this backup\n',
    })
    expect(JSON.parse((await bench.run(['ls', 'etc', '--json'])).stdout)).toEqual({ version: 1, entries: [] })
  })

  const events = [
    {
      type: 'version',
      path: 'a',
      end: time,
      chain: time,
      action: 'stored',
      mtime: time,
      kind: 'reg',
      size: 5,
    },
    { type: 'version', path: 'a', end: time + 60, chain: time, action: 'deleted', mtime: 0, kind: 'reg' },
  ]

  test('versions shows when a path was stored and deleted', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ events }) }] })
    const shown = await bench.run(['versions', 'etc/a'])
    expect(untimed(shown.stdout)).toEqual(['T  stored         5 B  modified T', 'T  deleted'])
    const { stdout } = await bench.run(['versions', 'etc/a', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      entries: [
        {
          path: bench.at('etc/a'),
          backup_time: '2023-11-14T22:13:20Z',
          action: 'stored',
          size: 5,
          kind: 'file',
        },
        { backup_time: '2023-11-14T22:14:20Z', action: 'deleted', size: null, mtime: null },
      ],
    })
    expect(bench.dumped()[0]?.argv).toContain('--exact')
  })

  test('find asks every job, at one moment or through all backups', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc') }, { path: bench.source('b') }] })
    expect((await bench.run(['find', '*.conf'])).status).toBe(0)
    expect(bench.dumped().map(({ argv }) => argv.slice(-5, -1))).toEqual([
      ['--find', '*.conf', '--root', bench.at('etc')],
      ['--find', '*.conf', '--root', bench.at('b')],
    ])
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ events }) }] })
    const all = await bench.run(['find', 'a', 'etc', '--versions'])
    expect(untimed(all.stdout)[1]).toBe('T  deleted  /etc/a')
  })

  test('find says that it looked at one moment, and refuses to be asked for one and for all', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ events: [] }) }] })
    const nothing = await bench.run(['find', 'a'])
    expect([nothing.status, nothing.stderr]).toEqual([
      1,
      expect.stringContaining('(--versions: of all moments)'),
    ])
    const ever = await bench.run(['find', 'a', '--versions'])
    expect([ever.status, ever.stderr]).toEqual([1, 'duba: nothing in the backups fits a\n'])
    const both = await bench.run(['find', 'a', '--versions', '--time', '3D'])
    expect([both.status, both.stderr]).toEqual([2, expect.stringContaining('cannot go together')])
  })

  test('diff shows what changed between two moments', async () => {
    const side = { kind: 'reg', mtime: time, size: 5 }
    const told = [
      { type: 'state-difference', path: 'new', change: 'added', what: [], after: side },
      { type: 'state-difference', path: 'old', change: 'removed', what: [], before: side },
      {
        type: 'state-difference',
        path: 'x',
        change: 'changed',
        what: ['size', 'time'],
        before: side,
        after: { ...side, size: 7 },
      },
    ]
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ events: told }) }] })
    const shown = await bench.run(['diff', '5D', '1D', 'etc'])
    expect(shown.status).toBe(0)
    expect(untimed(shown.stdout)).toEqual(['+ /etc/new', '- /etc/old', 'M /etc/x  (size, time, 5 B → 7 B)'])
    expect(bench.dumped()[0]?.argv.slice(-5, -1)).toEqual(['--before-time', '5D', '--time', '1D'])
    const { stdout } = await bench.run(['diff', '5D', 'now', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      entries: [{ change: 'added', before: null, after: { size: 5 } }, {}, {}],
    })
  })

  const dests = (code: string, events: readonly unknown[] = []): object[] => {
    const error = { code, message: 'Gone.' }
    const away = bench.play({ events, exit: { type: 'exit', status: 1, error } })
    return [
      { name: 'nas', dest: 'file:///nas', env: away },
      { name: 'usb', dest: 'file:///usb' },
    ]
  }

  test.each([
    ['ls', ['ls', 'etc']],
    ['versions', ['versions', 'etc/ssh']],
    ['find', ['find', 'ssh*', 'etc']],
    ['diff', ['diff', '5D', 'now', 'etc']],
  ])('%s goes to the next destination where one cannot answer', async (_name, argv) => {
    for (const code of ['NO_BACKUPS', 'SIGNATURES_LOST', 'BACKEND_UNREACHABLE']) {
      bench.configure({ backup_sources: [{ path: bench.source('etc'), dests: dests(code) }] })
      const { stderr } = await bench.run(argv)
      expect(stderr).toMatch(/file:\/\/\/nas (was passed over|cannot be reached): Gone/)
      expect(bench.dumped().map((each) => each.argv.at(-1))).toEqual(['file:///nas', 'file:///usb'])
      rmSync(bench.dump)
    }
  })

  test.each([
    ['ls', ['ls', 'etc']],
    ['versions', ['versions', 'etc/ssh']],
    ['find', ['find', 'ssh*', 'etc']],
    ['diff', ['diff', '5D', 'now', 'etc']],
  ])('%s goes on with a private cache beside a backup', async (_name, argv) => {
    bench.configure({ backup_sources: [{ path: bench.source('etc') }], tempdir: bench.source('tmp') })
    const alone = await bench.run(argv)
    rmSync(bench.dump)
    const env = bench.play({ locked: true })
    bench.configure({ backup_sources: [{ path: bench.at('etc'), env }], tempdir: bench.at('tmp') })
    const beside = await bench.run(argv)
    expect([beside.status, beside.stdout]).toEqual([alone.status, alone.stdout])
    expect(beside.stderr.replace(alone.stderr, '')).toBe(
      `duba: ${bench.at('etc')}: another process works with its cache, as a backup does; going on with a private one. What is just being written is not seen\n`,
    )
    const caches = bench.dumped().map((each) => each.argv[each.argv.indexOf('--archive-dir') + 1])
    expect(caches).toHaveLength(2)
    expect(caches[1]).toMatch(new RegExp(`^${bench.at('tmp')}/duba-private-[^/]+/cache$`))
    expect(readdirSync(bench.at('tmp'))).toEqual([])
  })

  test('what was shown before the cache turned out to be locked does not come twice', async () => {
    const listed = [{ type: 'listed', path: 'a', mtime: time, kind: 'reg' }]
    const exit = { type: 'exit', status: 23, error: { code: 'LOCKED', message: 'Mine.' } }
    const env = bench.play({ events: listed, exit })
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env }] })
    const { status, stdout } = await bench.run(['ls', 'etc'])
    expect([status, untimed(stdout)]).toEqual([75, ['file                T  /etc/a']])
    expect(bench.dumped()).toHaveLength(1)
  })

  test('where there is no room for a private cache, that is said', async () => {
    const env = bench.play({ locked: true })
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env }] })
    const { status, stderr } = await bench.run(['ls', 'etc', '--tempdir', bench.at('nowhere')])
    expect(status).toBe(1)
    expect(stderr).toContain(`No directory can be made in ${bench.at('nowhere')}: `)
    expect(stderr).not.toContain('defect')
  })

  test('with a URL, nothing shows its password', async () => {
    const env = { ...bench.play(), PATH: process.env['PATH'] }
    const argv = ['ls', '--json', '--url', 'ftp://user:s3cret@h/etc', '--no-encryption']
    const { status, stdout, stderr } = await bench.runBare(argv, { env })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('"job":"ftp://user@h/etc"')
  })

  test('of a destination that breaks off in its answer, nothing comes twice', async () => {
    const listed = [{ type: 'listed', path: 'a', mtime: time, kind: 'reg' }]
    const sources = [{ path: bench.source('etc'), dests: dests('BACKEND_UNREACHABLE', listed) }]
    bench.configure({ backup_sources: sources })
    const { status, stdout } = await bench.run(['ls', 'etc'])
    expect([status, untimed(stdout)]).toEqual([1, ['file                T  /etc/a']])
    expect(bench.dumped()).toHaveLength(1)
  })

  test('where no destination can answer, that one failed that may have something', async () => {
    const [nas, usb] = dests('NO_BACKUPS')
    const error = { code: 'BACKEND_DENIED', message: 'Not you.' }
    const denied = bench.play({ events: [], exit: { type: 'exit', status: 1, error } })
    bench.configure({
      backup_sources: [{ path: bench.source('etc'), dests: [nas, { ...usb, env: denied }] }],
    })
    const { status, stderr } = await bench.run(['ls', 'etc'])
    expect(status).toBe(1)
    expect(stderr).toContain('file:///nas was passed over: Gone.')
    expect(stderr).toContain('Not you.')
  })

  test('jobs without a backup of that time are named; where none has one, it fails', async () => {
    const error = { code: 'TOO_EARLY', message: 'There is no backup of then.', hint: 'Ask for later.' }
    const none = bench.play({ events: [], exit: { type: 'exit', status: 30, error } })
    const young = { path: bench.source('young'), env: none }
    bench.configure({ backup_sources: [{ path: bench.source('old') }, young] })
    const ran = await bench.run(['find', 'x', '--time', '5D'])
    expect(ran.status).toBe(0)
    expect(ran.stderr).toContain(`no backup of that time: ${bench.at('young')}`)
    for (const argv of [
      ['ls', 'young', '--time', '5D'],
      ['find', 'x', 'young'],
      ['diff', '5D', 'now', 'young'],
    ]) {
      const failed = await bench.run(argv)
      expect(failed.status).toBe(1)
      expect(failed.stderr).toContain('There is no backup of then. Ask for later.')
    }
  })
})
