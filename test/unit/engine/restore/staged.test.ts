import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createMemoryBackend } from '../../../../src/backend/memory/memory.ts'
import { backup } from '../../../../src/engine/backup.ts'
import type { RestoreOutlook } from '../../../../src/engine/events-restore.ts'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import type { Conflict, RestoreRequest } from '../../../../src/engine/request.ts'
import { restore } from '../../../../src/engine/restore.ts'
import { listAttributes } from '../../../../src/sys/xattr.ts'
import { backupRequest, testContext } from '../../../support/context.ts'

const T0 = 1700000000
let dir: string
let target: string

beforeEach(async () => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'duba-staged-')))
  target = join(dir, 'target')
  const source = join(dir, 'source')
  mkdirSync(join(source, 'sub'), { recursive: true })
  writeFileSync(join(source, 'sub', 'file'), 'stored')
  writeFileSync(join(source, 'setuid'), 'stored')
  chmodSync(join(source, 'setuid'), 0o4755)
  writeFileSync(join(source, 'top'), 'stored')
  for (const name of ['sub/file', 'top', 'sub', '.']) utimesSync(join(source, name), T0, T0)
  await backup(backupRequest(source, { kind: 'full' }), testContext({ backend, dir, now: T0 }))
})
afterEach(() => {
  backend = createMemoryBackend()
  rmSync(dir, { recursive: true, force: true })
})

let backend = createMemoryBackend()

async function run(over: Partial<RestoreRequest>): Promise<EngineEvent[]> {
  const context = testContext({ backend, dir, now: T0 + 100 })
  await restore({ ...standard(), ...over }, context)
  return context.events
}

const standard = (): RestoreRequest => ({
  target,
  path: '',
  time: T0 + 100,
  force: false,
  dryRun: false,
  numericOwner: false,
  restoreOwner: true,
  ignoreErrors: false,
  renames: [],
  metadataSync: 'partial',
  conflict: 'fail',
})

const conflictsOf = (events: readonly EngineEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'restore-conflict' ? [`${event.path} ${event.action} ${event.to ?? ''}`.trim()] : [],
  )

function occupy(mtime = T0): void {
  mkdirSync(join(target, 'sub'), { recursive: true })
  writeFileSync(join(target, 'sub', 'file'), 'present')
  writeFileSync(join(target, 'other'), 'untouched')
  utimesSync(join(target, 'sub', 'file'), mtime, mtime)
}

const content = (name: string): string => readFileSync(join(target, name), 'utf8')
const leftovers = (): string[] => readdirSync(dir).filter((name) => name.startsWith('.duba-restore-'))

describe('a staged restore', () => {
  test('makes the target, its parents too, and leaves nothing beside it', async () => {
    target = join(dir, 'new', 'deeper', 'target')
    await run({})
    expect(content('sub/file')).toBe('stored')
    expect(lstatSync(join(dir, 'new')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(dir, 'new', 'deeper'))).toEqual(['target'])
    expect(lstatSync(join(target, 'sub')).mtimeMs).toBe(T0 * 1000)
  })

  test('puts a single file in place', async () => {
    await run({ path: 'sub/file' })
    expect(readFileSync(target, 'utf8')).toBe('stored')
    expect(leftovers()).toEqual([])
  })

  test('touches nothing at all where one object is in the way', async () => {
    occupy()
    await expect(run({})).rejects.toMatchObject({
      code: 'TARGET_EXISTS',
      message: expect.stringMatching(/sub\/file/),
    })
    expect(readdirSync(target).sort()).toEqual(['other', 'sub'])
    expect(content('sub/file')).toBe('present')
    expect(leftovers()).toEqual([])
  })

  const cases: [Conflict, number, string, string[]][] = [
    ['skip', T0, 'present', ['sub/file kept']],
    ['overwrite', T0 + 50, 'stored', ['sub/file replaced']],
    ['newer', T0 - 50, 'stored', ['sub/file replaced']],
    ['newer', T0 + 50, 'present', ['sub/file kept']],
    ['rename', T0, 'present', ['sub/file renamed sub/file.restored-20231114T221500Z']],
  ]
  test.each(cases)(
    '%s, what is there of %i: it is %s in the end',
    async (conflict, mtime, expected, told) => {
      occupy(mtime)
      const events = await run({ conflict })
      expect(content('sub/file')).toBe(expected)
      expect(content('other')).toBe('untouched')
      expect(content('top')).toBe('stored')
      expect(conflictsOf(events)).toEqual(told)
      expect(leftovers()).toEqual([])
      if (conflict === 'rename') expect(content('sub/file.restored-20231114T221500Z')).toBe('stored')
      const planned = await run({ conflict, dryRun: true })
      expect(conflictsOf(planned).map((line) => line.split(' ')[0])).toContain('sub/file')
    },
  )

  test('never takes a link for the directory it stands for', async () => {
    mkdirSync(join(dir, 'elsewhere'))
    mkdirSync(target)
    symlinkSync(join(dir, 'elsewhere'), join(target, 'sub'))
    const events = await run({ conflict: 'overwrite' })
    expect(readdirSync(join(dir, 'elsewhere'))).toEqual([])
    expect(lstatSync(join(target, 'sub')).isDirectory()).toBe(true)
    expect(conflictsOf(events)).toEqual(['sub replaced'])
  })

  test('does not replace a directory that has something in it by a file', async () => {
    mkdirSync(join(target, 'top', 'deep'), { recursive: true })
    const events = await run({ conflict: 'overwrite' })
    expect(readdirSync(join(target, 'top'))).toEqual(['deep'])
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'restore-trouble',
        path: 'top',
        detail: expect.stringMatching(/not empty/),
      }),
    )
  })

  test('removes what an interrupted one left, and nothing that only looks like it', async () => {
    const dead = join(dir, '.duba-restore-0123456789abcdef')
    mkdirSync(dead, { mode: 0o700 })
    writeFileSync(join(dead, '.duba-staging'), '')
    mkdirSync(join(dead, 'closed'))
    writeFileSync(join(dead, 'closed', 'file'), 'half')
    chmodSync(join(dead, 'closed'), 0o500)
    mkdirSync(join(dir, '.duba-restore-mine'))
    // Somebody else may have given a private directory this name.
    mkdirSync(join(dir, '.duba-restore-fedcba9876543210'), { mode: 0o700 })
    const events = await run({})
    expect(leftovers().sort()).toEqual(['.duba-restore-fedcba9876543210', '.duba-restore-mine'])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'note', text: expect.stringMatching(/^Removed: .duba-restore-0123/) }),
    )
  })

  test('a dry run tells what it would come to, and changes nothing', async () => {
    occupy()
    const events = await run({ dryRun: true })
    const outlook = events.flatMap((event): RestoreOutlook[] =>
      event.type === 'restore-outlook' ? [event.outlook] : [],
    )
    expect(outlook).toEqual([
      expect.objectContaining({
        volumes: 1,
        entries: 5,
        contentBytes: 18,
        unknownSizes: 0,
        undescribed: [],
        conflicts: 1,
        stripped: 1,
        secrets: { encrypted: false, keys: [], passphrase: false },
        signer: { state: 'unsigned', keys: [] },
      }),
    ])
    expect(outlook[0]?.bytes).toBe(outlook[0]?.sets[0]?.bytes)
    expect(outlook[0]?.scratch).toBe(outlook[0]?.bytes)
    expect(content('sub/file')).toBe('present')
    await expect(run({ dryRun: true, path: 'nowhere' })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' })
  })

  test('a dry run names the volumes that are missing', async () => {
    const { signal } = new AbortController()
    for (const { name } of await backend.list(signal))
      if (name.includes('.vol1.')) await backend.delete(name, signal)
    const sets = [expect.objectContaining({ missing: [1], volumes: 0, bytes: 0 })]
    expect(await run({ dryRun: true })).toContainEqual({
      type: 'restore-outlook',
      outlook: expect.objectContaining({ sets }),
    })
  })

  test('a dry run where the signatures are lost says that nothing is foreseen, and the restore brings all', async () => {
    const { signal } = new AbortController()
    for (const { name } of await backend.list(signal))
      if (name.includes('signatures')) await backend.delete(name, signal)
    const events = await run({ dryRun: true })
    expect(events).toContainEqual({
      type: 'restore-outlook',
      outlook: expect.objectContaining({ undescribed: [T0], volumes: 1, entries: 0 }),
    })
    await run({})
    expect(content('sub/file')).toBe('stored')
    await expect(run({ dryRun: true, path: 'nowhere' })).resolves.toBeDefined()
    await expect(run({ path: 'nowhere' })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' })
  })

  test('leaves out what gives power where nobody vouches for the archive, and counts it', async () => {
    const events = await run({ stripPrivileges: true })
    expect(lstatSync(join(target, 'setuid')).mode & 0o7777).toBe(0o755)
    expect(events).toContainEqual({ type: 'restore-stripped', path: 'setuid', what: 'set-id' })
    expect(events).toContainEqual({ type: 'restore-placed', kept: 0, replaced: 0, renamed: 0, stripped: 1 })
    rmSync(target, { recursive: true })
    await run({})
    expect(lstatSync(join(target, 'setuid')).mode & 0o7777).toBe(0o4755)
  })

  test('what is kept is neither read, nor counted as restored or stripped', async () => {
    mkdirSync(target)
    writeFileSync(join(target, 'setuid'), 'present')
    writeFileSync(join(target, 'sub'), 'in the way of a directory')
    const events = await run({ conflict: 'skip', stripPrivileges: true })
    expect(conflictsOf(events)).toEqual(['setuid kept', 'sub kept'])
    expect(events.filter(({ type }) => type === 'restore-stripped')).toEqual([])
    expect(events).toContainEqual({ type: 'restore-placed', kept: 3, replaced: 0, renamed: 0, stripped: 0 })
    expect(events).toContainEqual(expect.objectContaining({ type: 'restore-done', entries: 2, bytes: 6 }))
  })

  test('where everything is kept, nothing is made', async () => {
    await run({})
    const events = await run({ conflict: 'newer', path: 'top', target: join(target, 'top') })
    expect(conflictsOf(events)).toEqual(['kept'])
    expect(events).toContainEqual(expect.objectContaining({ type: 'restore-done', entries: 0, bytes: 0 }))
  })

  test('a directory that exists becomes with overwrite what a new one would be', async () => {
    mkdirSync(join(target, 'sub'), { recursive: true, mode: 0o777 })
    execFileSync('setfacl', ['-m', 'u:4711:rwx,d:u:4711:rwx', join(target, 'sub')])
    execFileSync('setfattr', ['-n', 'user.old', '-v', 'x', join(target, 'sub')])
    chownSync(join(target, 'sub'), 4712, 4712)
    await run({ conflict: 'overwrite' })
    expect(aclOf(join(target, 'sub'))).toBe('user::rwx\ngroup::r-x\nother::r-x')
    expect(listAttributes({ path: join(target, 'sub'), follow: false })).not.toContain('user.old')
    const { mode, uid, mtimeMs } = lstatSync(join(target, 'sub'))
    expect([mode & 0o7777, uid, mtimeMs]).toEqual([0o755, process.getuid?.(), T0 * 1000])
    // Without owners, the directory stays whose it is.
    chownSync(join(target, 'sub'), 4712, 4712)
    await run({ conflict: 'overwrite', restoreOwner: false })
    expect(lstatSync(join(target, 'sub')).uid).toBe(4712)
  })
})

describe('owners in access control lists', () => {
  const listed = async (over: Partial<RestoreRequest>): Promise<string> => {
    const source = join(dir, 'listed')
    mkdirSync(source)
    execFileSync('setfacl', ['-m', 'u:4711:rwx,g:4712:r-x,g::---', source])
    const fresh = {
      ...testContext({ backend: createMemoryBackend(), dir, now: T0 }),
      archiveDir: join(dir, 'own'),
    }
    mkdirSync(fresh.archiveDir)
    await backup(backupRequest(source, { kind: 'full' }), fresh)
    await restore({ ...standard(), target, ...over }, fresh)
    return aclOf(target)
  }

  test('are mapped like those of files', async () => {
    const ownerRules = [{ of: 'user', from: '4711', to: 4713 } as const]
    expect(await listed({ ownerRules })).toBe(
      'user::rwx\nuser:4713:rwx\ngroup::---\ngroup:4712:r-x\nmask::rwx\nother::r-x',
    )
  })

  test('are left out with the owners, and the group gets no more than it had', async () => {
    expect(await listed({ restoreOwner: false })).toBe('user::rwx\ngroup::---\nother::r-x')
  })
})

const aclOf = (path: string): string =>
  execFileSync('getfacl', ['--omit-header', '--numeric', '--absolute-names', path], {
    encoding: 'utf8',
  }).trim()
