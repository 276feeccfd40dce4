/** Backups that are interrupted after a chosen event, in unit tests: a source, an archive directory, a memory backend. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from '@jest/globals'
import { createMemoryBackend } from '../../src/backend/memory/memory.ts'
import type { Crypt } from '../../src/crypt/crypt.ts'
import { backup } from '../../src/engine/backup.ts'
import type { EngineEvent } from '../../src/engine/events.ts'
import type { BackupRequest } from '../../src/engine/request.ts'
import { restore } from '../../src/engine/restore.ts'
import { collectionStatus } from '../../src/engine/status.ts'
import { parseManifest } from '../../src/format/manifest-parser.ts'
import { testContext } from './context.ts'
import { noise } from './tree.ts'

/** Time of day 0. */
export const T0 = 1700000000
export const DAY = 86400

/** Bytes behind which a volume is full: two blocks and a little. */
const volumeSize = 200_000

/** True of the event that says that a volume is stored. */
export const uploaded = (volume: number) => (event: EngineEvent) =>
  event.type === 'upload-done' && event.name.includes(`.vol${volume}.`)

/** A source and an archive directory for each test, in the files of which the tests may meddle. */
export function useInterruptible() {
  let dir = ''
  let source = ''
  let archive = ''

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'duba-test-'))
    source = join(dir, 'source')
    archive = join(dir, 'archive')
    await mkdir(source)
  })
  afterEach(async () => {
    await rm(dir, { recursive: true, force: true })
  })

  function request(over: Partial<BackupRequest> = {}): BackupRequest {
    return {
      ...{ source, kind: 'auto', rules: [], copyLinks: false, fullIfOlderThan: undefined, volumeSize },
      ...{ currentTime: undefined, maxBlockSize: 2048, allowSourceMismatch: false, recordFileList: true },
      ...{
        numericOwner: false,
        dryRun: false,
        onRecipientsChanged: 'fail',
        metadataSync: 'partial',
        ...over,
      },
    }
  }

  /** Writes a file of its own content, with a time of its own for each version. */
  async function put(name: string, size: number, version = 0): Promise<void> {
    await writeFile(join(source, name), noise(`${name} ${version}`, size))
    await utimes(join(source, name), T0 - 1000 + version, T0 - 1000 + version)
  }

  /** Six files; each fills a volume. */
  async function putSix(version = 0): Promise<void> {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await put(name, 140_000, version)
    await utimes(source, T0, T0)
  }

  function repository() {
    const backend = createMemoryBackend()
    const names = async (): Promise<string[]> =>
      (await backend.list(new AbortController().signal)).map(({ name }) => name).sort()
    return {
      backend,
      names,
      /** Runs a backup; `until` interrupts it after the first event that it is true of. */
      async run(
        day: number,
        over: Partial<BackupRequest> = {},
        until?: (event: EngineEvent) => boolean,
        crypt?: Crypt,
      ) {
        const plain = testContext({ backend, dir, now: T0 + day * DAY })
        const context = { ...plain, crypt: crypt ?? plain.crypt }
        const stop = new AbortController()
        const emit = (event: EngineEvent): void => {
          context.emit(event)
          if (until?.(event) === true) stop.abort()
        }
        const tempDir = await mkdtemp(join(dir, 'tmp-'))
        const done = backup(request(over), { ...context, tempDir, emit, signal: stop.signal })
        if (until === undefined) await done
        else await expect(done).rejects.toMatchObject({ name: 'AbortError' })
        const types = context.events.map(({ type }) => type)
        const find = <T extends EngineEvent['type']>(type: T) =>
          context.events.filter((event): event is Extract<EngineEvent, { type: T }> => event.type === type)
        // Whatever was interrupted: no volume seems to be lost or to have another size.
        expect(find('chain-damaged')).toEqual([])
        return { types, find, sets: find('backup-done').map(({ kind, start, end }) => [kind, start, end]) }
      },
      /** Restores and compares with the source. */
      async restores(day: number): Promise<EngineEvent[]> {
        const target = join(dir, `target-${day}`)
        await rm(target, { recursive: true, force: true })
        const context = testContext({ backend, dir, now: T0 + day * DAY })
        await restore(
          {
            ...{ target, path: '', time: T0 + day * DAY, force: false, dryRun: false, numericOwner: false },
            ...{ restoreOwner: false, ignoreErrors: false, renames: [], metadataSync: 'partial' },
          },
          context,
        )
        expect(await contents(target)).toEqual(await contents(source))
        return context.events
      },
      /** Restores and compares with the source; nothing may be left over. */
      async check(day: number): Promise<void> {
        await this.restores(day)
        const context = testContext({ backend, dir, now: T0 + day * DAY })
        await collectionStatus(context)
        const status = context.events.find((event) => event.type === 'collection-status')
        expect(status).toMatchObject({ summary: { incompleteSets: 0, orphanedSets: 0, secondary: [] } })
        expect((await readdir(archive)).filter((name) => /part$|\.duba-(work|session)/.test(name))).toEqual(
          [],
        )
      },
      async manifest(end: string) {
        const name = (await readdir(archive)).find((each) => each.endsWith(`${end}.manifest`)) ?? ''
        return parseManifest(await readFile(join(archive, name)), { fileList: true })
      },
    }
  }

  /** Removes files of the archive directory. */
  async function remove(pattern: RegExp): Promise<void> {
    for (const name of (await readdir(archive)).filter((each) => pattern.test(each))) {
      await rm(join(archive, name))
    }
  }

  /** Makes files of the archive directory unreadable. */
  async function damage(pattern: RegExp): Promise<void> {
    for (const name of (await readdir(archive)).filter((each) => pattern.test(each))) {
      await writeFile(join(archive, name), 'Volume x')
    }
  }

  const sourcePath = (name = ''): string => join(source, name)
  const archived = (name: string): string => join(archive, name)
  const archivedNames = (): Promise<string[]> => readdir(archive)
  return { sourcePath, archived, archivedNames, put, putSix, repository, remove, damage }
}

async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const sum = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'dir'
    found[path.slice(root.length)] = sum
  }
  return found
}
