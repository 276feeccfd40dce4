import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Bench } from '../../support/cli.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => {
  bench.remove()
})

/** What follows the options that every command of a job has. */
const ownWords = (argv: readonly string[]): readonly string[] => argv.slice(argv.indexOf('notice') + 1)

describe('duba restore', () => {
  test('foresees first, then restores, and hands path, time and target to the engine', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
    const { status, stdout } = await bench.run(['restore', 'etc/ssh', '--to', 'out', '--time', '3D'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Restore of .*\/etc\/ssh to .*\/out\/ssh\n/)
    expect(stdout).toMatch(/\n {2}fetch +2 volumes, 4\.0 KiB; read in place\n/)
    expect(stdout).toMatch(/\nRestored .* as of 2023-11-1\d [\d:]+: 3 entries, 2\.0 KiB\n$/)
    const runs = bench.dumped()
    const words = ['--time', '3D', '--file-to-restore', 'ssh', '--conflict', 'fail']
    const where = [`file://${bench.at('dest')}${bench.at('etc')}`, bench.at('out/ssh')]
    expect(runs.map(({ argv }) => ownWords(argv))).toEqual([
      [...words, '--dry-run', ...where],
      [...words, ...where],
    ])
    // A restore is waited for: it gets our own priority, whatever that is.
    expect(runs[1]?.nice).toBe(getPriority())
    const { jobs } = JSON.parse(bench.read('state/status.json')) as {
      jobs: Record<string, { operations: unknown }>
    }
    expect(jobs[bench.at('etc')]?.operations).toMatchObject({ restore: { last: { verdict: 'ok' } } })
  })

  test('goes on with a private cache beside a backup: told once, and removed', async () => {
    const env = bench.play({ locked: true })
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env }], tempdir: bench.source('tmp') })
    const { status, stdout, stderr } = await bench.run(['restore', 'etc/ssh', '--to', 'out'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/\nRestored .*: 3 entries, 2\.0 KiB\n$/)
    expect(stderr.match(/another process works with its cache/g)).toHaveLength(1)
    const [first, ...rest] = bench.dumped().map(({ argv }) => argv[argv.indexOf('--archive-dir') + 1])
    expect(first).not.toContain('duba-private-')
    expect(rest).toEqual([expect.stringContaining('/duba-private-'), rest[0]])
    expect(readdirSync(bench.at('tmp'))).toEqual([])
  })

  test('stops after the plan where that is all that is asked for', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('etc') }] })
    const { status, stdout } = await bench.run(['restore', 'etc', '--in-place', '--plan', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      plans: [
        { target: bench.at('etc'), bytes_to_fetch: 4096, keys: ['0123456789ABCDEF'], conflict: 'fail' },
      ],
    })
    expect(bench.dumped()).toHaveLength(1)
  })

  test.each([
    ['something is in the way', { conflicts: 2 }, /2 objects exist already/],
    [
      'no key is at hand',
      {
        secrets: {
          encrypted: true,
          keys: [],
          passphrase: false,
          problem: { code: 'KEY_MISSING', message: 'No.', hint: 'Bring it.' },
        },
      },
      /No\.\nduba: Bring it\./,
    ],
  ])('touches nothing where %s', async (_, outlook, words) => {
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env: bench.play({ outlook }) }] })
    const { status, stderr } = await bench.run(['restore', 'etc', '--to', 'out'])
    expect(status).toBe(1)
    expect(stderr).toMatch(words)
    expect(bench.dumped()).toHaveLength(1)
  })

  test('says of which backups it cannot foresee what they bring', async () => {
    const env = bench.play({ outlook: { undescribed: [1_700_000_000] } })
    bench.configure({ backup_sources: [{ path: bench.source('etc'), env }] })
    const { status, stdout } = await bench.run(['restore', 'etc', '--to', 'out', '--plan'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/note +the signatures of 2023-11-14 \d\d:13:20 are lost or not to be trusted/)
  })

  test('touches nothing of several paths where one cannot be restored', async () => {
    const exit = {
      type: 'exit',
      status: 19,
      error: { code: 'PATH_NOT_FOUND', message: 'Not there.', hint: 'Go.' },
    }
    bench.configure({
      backup_sources: [
        { path: bench.source('a') },
        { path: bench.source('b'), env: bench.play({ exit, status: 19 }) },
      ],
    })
    const { status, stderr } = await bench.run(['restore', 'a', 'b', '--to', 'out'])
    expect(status).toBe(1)
    expect(stderr).toContain('cannot be restored: Not there. Go.')
    expect(bench.dumped().every(({ argv }) => argv.includes('--dry-run'))).toBe(true)
  })

  test('tells what was not restored, and ends with 3', async () => {
    const events = [
      { type: 'restore-trouble', path: 'a\nb', detail: 'no device' },
      { type: 'restore-stripped', path: 'su', what: 'set-id' },
      { type: 'restore-placed', kept: 0, replaced: 1, renamed: 0, stripped: 1 },
      { type: 'restore-done', entries: 1, bytes: 1, troubles: 1, setTime: 1 },
    ]
    const env = bench.play({ events, exit: { type: 'exit', status: 1 } })
    bench.configure({ backup_sources: [{ path: bench.source('a'), env }] })
    const { status, stdout, stderr } = await bench.run([
      'restore',
      'a',
      '--to',
      'out',
      '--conflict',
      'overwrite',
    ])
    expect(status).toBe(3)
    expect(stderr).toContain('duba: warning: a\\nb: no device\n')
    expect(stderr).toContain('su: restored without its set-user-id')
    for (const part of ['1 NOT restored completely', '1 replaced what was there', '1 without set-id bits']) {
      expect(stdout).toContain(part)
    }
  })

  test('restores what lies in several jobs below a path, what is gone, and what is switched off', async () => {
    bench.configure({
      backup_sources: [
        { path: bench.at('gone') },
        { path: bench.at('off'), state: 'absent' },
        { path: bench.source('home', ['bob', 'eve']), divide: true },
      ],
    })
    expect((await bench.run(['restore', 'gone', 'off', 'home/alice/x', '--to', 'out'])).status).toBe(0)
    expect((await bench.run(['restore', 'home', '--to', 'out', '--full-path'])).status).toBe(0)
    const targets = bench.dumped().flatMap(({ argv }) => (argv.includes('--dry-run') ? [] : [argv.at(-1)]))
    const below = (name: string): string => bench.at(`out${bench.at(name)}`)
    expect(targets).toEqual([
      ...[bench.at('out/gone'), bench.at('out/off'), bench.at('out/x')],
      ...[below('home/bob'), below('home/eve')],
    ])
  })

  test('leaves out what gives power for root, unless a signer is configured or the backup is trusted', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('a') }] })
    const strips = async (argv: readonly string[], uid = 0): Promise<boolean> => {
      const before = safeDumped().length
      await bench.run(['restore', 'a', '--to', 'out', '--plan', ...argv], { uid })
      return safeDumped()[before]?.argv.includes('--strip-privileges') === true
    }
    const safeDumped = () => (readdirSync(bench.dir).includes('dump') ? bench.dumped() : [])
    const me = process.getuid?.() ?? 0
    expect(await strips([], me)).toBe(me === 0)
    expect(await strips(['--trust-unsigned'], me)).toBe(false)
    writeFileSync(bench.at('map'), 'user:1=2\n# note\n')
    expect(await strips(['--owner-map', '@map'], me)).toBe(true)
    expect(bench.dumped().at(-1)?.argv).toContain('user:1=2\n# note\n')
    // A signer vouches for what is signed, and nothing is without encryption.
    for (const [encryption, stripped] of [
      [{ encryption: 'keys', encrypt_keys: ['0123456789ABCDEF'] }, false],
      [{ encryption: 'none' }, me === 0],
    ] as const) {
      const sources = [{ path: bench.source('a') }]
      bench.configure({ backup_sources: sources, sign_key: '0123456789ABCDEF', ...encryption })
      expect(await strips([], me)).toBe(stripped)
    }
  })

  test('a signer who is configured and not asked for is no missing "sign_key"', async () => {
    const signer = { state: 'claimed', keys: ['0123456789ABCDEF'] }
    const configure = (keys: object): void => {
      bench.configure({
        backup_sources: [{ path: bench.source('a'), env: bench.play({ outlook: { signer } }) }],
        encryption: 'keys',
        encrypt_keys: ['0123456789ABCDEF'],
        ...keys,
      })
    }
    const plan = async (): Promise<string> =>
      (await bench.run(['restore', 'a', '--to', 'out', '--plan', '--trust-unsigned'])).stdout
    configure({ sign_key: '0123456789ABCDEF' })
    expect(await plan()).toContain('not checked, because --trust-unsigned is given')
    configure({})
    expect(await plan()).toContain('not checked, because no "sign_key" is configured')
  })

  test('says what a nested source is, whether it was ever backed up or not', async () => {
    bench.configure({ backup_sources: [{ path: bench.source('a') }, { path: bench.at('a/gone') }] })
    const { stdout } = await bench.run(['restore', 'a', '--to', 'out', '--plan'])
    expect(stdout).toContain(
      `${bench.at('a/gone')} has a job of its own: what that has backed up is not part of this restore`,
    )
  })

  test.each([
    ['--no-owner', '--do-not-restore-ownership'],
    ['--numeric-owner', '--numeric-owner'],
  ])('%s reaches the engine', async (option, word) => {
    bench.configure({ backup_sources: [{ path: bench.source('a') }] })
    expect((await bench.run(['restore', 'a', '--to', 'out', '--plan', option])).status).toBe(0)
    expect(bench.dumped()[0]?.argv).toContain(word)
  })

  test('asks for the passphrase that turns out to be needed, and again while it is wrong', async () => {
    const exit = {
      type: 'exit',
      status: 30,
      error: { code: 'SECRET_MISSING', message: 'Locked.', hint: 'Set PASSPHRASE.' },
    }
    bench.configure({ backup_sources: [{ path: bench.source('a'), env: bench.play({ exit, status: 30 }) }] })
    const asked: string[] = []
    const ask = (prompt: string): Promise<string> => {
      asked.push(prompt)
      return Promise.resolve('opensesame')
    }
    const { status, stdout, stderr } = await bench.run(['restore', 'a', '--to', 'out'], { ask })
    expect(status).toBe(1)
    expect(asked).toHaveLength(3)
    const given = bench.dumped().map(({ env }) => env['PASSPHRASE'])
    expect(given).toEqual([undefined, 'opensesame', 'opensesame', 'opensesame'])
    expect(stderr).toContain('does not open the backup')
    expect(stdout + stderr).not.toContain('opensesame')
    await bench.run(['restore', 'a', '--to', 'out'], { ask, env: { PASSPHRASE: 'known' } })
    expect(asked).toHaveLength(3)
  })

  test.each(['NO_BACKUPS', 'TOO_EARLY', 'BACKEND_UNREACHABLE'])(
    'goes to the next destination where one ends with %s',
    async (code) => {
      const away = bench.play({ exit: { type: 'exit', status: 1, error: { code, message: 'Gone.' } } })
      const dests = [
        { name: 'nas', dest: 'file:///nas', env: away },
        { name: 'usb', dest: 'file:///usb' },
      ]
      bench.configure({ backup_sources: [{ path: bench.source('a'), name: 'a', dests }] })
      const { status, stdout } = await bench.run(['restore', 'a', '--to', 'out', '--plan', '--json'])
      expect(status).toBe(0)
      const [plan] = (JSON.parse(stdout) as { plans: { destination: string; notes: string[] }[] }).plans
      expect(plan).toMatchObject({ destination: 'file:///usb' })
      expect(plan?.notes.join()).toMatch(/file:\/\/\/nas (was passed over|cannot be reached): Gone/)
      expect((await bench.run(['restore', 'a', '--to', 'out', '--dest', 'nas'])).status).not.toBe(0)
    },
  )

  test('goes to the host that is named', async () => {
    bench.configure({
      backup_dest: 'file:///srv/{host}',
      backup_sources: [{ path: bench.source('a') }, { path: bench.source('b'), dest: 'file:///mine' }],
    })
    await bench.run(['restore', 'a', '--to', 'out', '--plan'], { hostname: 'web1' })
    await bench.run(['restore', 'a', '--to', 'out', '--plan', '--host', 'db2'], { hostname: 'web1' })
    expect(bench.dumped().map(({ argv }) => argv.at(-2))).toEqual([
      `file:///srv/web1${bench.at('a')}`,
      `file:///srv/db2${bench.at('a')}`,
    ])
    expect(
      (await bench.run(['restore', 'a', '--to', 'out', '--host', 'db2'], { hostname: 'web1' })).status,
    ).toBe(0)
    expect(existsSync(bench.at('state/status.json'))).toBe(false)
    const { status, stderr } = await bench.run(['restore', 'b', '--to', 'out', '--host', 'db2'])
    expect(status).toBe(2)
    expect(stderr).toContain('No job backs up')
    const both = await bench.run(['restore', 'a', '--in-place', '--full-path'])
    expect([both.status, both.stderr]).toEqual([2, expect.stringContaining('--full-path belongs to --to')])
  })

  test('works with a URL and a key alone, in a private directory that is gone afterwards', async () => {
    mkdirSync(bench.at('tmp'))
    const env = { ...bench.play(), PATH: process.env['PATH'], TMPDIR: bench.at('tmp'), SWIFT_PASSWORD: 'x' }
    const url = 'file:///srv/host/etc'
    const argv = [
      'restore',
      '--url',
      url,
      '--key',
      'key.asc',
      '--gpg-home',
      'ring',
      '/etc/ssh',
      '--to',
      'out',
    ]
    const { status } = await bench.runBare(argv, { env })
    expect(status).toBe(0)
    const [, second] = bench.dumped()
    expect(second?.argv).toEqual(
      expect.arrayContaining(['--key-file', bench.at('key.asc'), '--file-to-restore', 'ssh']),
    )
    expect(second?.argv.slice(-2)).toEqual([url, bench.at('out/ssh')])
    expect(second?.argv[second.argv.indexOf('--archive-dir') + 1]).toMatch(/\/tmp\/duba-private-\w+\/cache$/)
    expect(second?.env).toMatchObject({ GNUPGHOME: bench.at('ring'), SWIFT_PASSWORD: 'x' })
    expect(readdirSync(bench.at('tmp'))).toEqual([])
    expect((await bench.runBare(['restore', '--url', url, '/var/x', '--to', 'out'], { env })).status).toBe(2)
    expect((await bench.runBare(['restore', '--url', url, '--to', 'out'], { env })).status).toBe(0)
    expect(bench.dumped().at(-1)?.argv.at(-1)).toBe(bench.at('out/etc'))
  })
})
