/** A golden repository, one file of it damaged, and our engine at work on it in this process. */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { openFile } from '../../src/backend/file/file.ts'
import { parseUrl } from '../../src/backend/url.ts'
import { createCrypt } from '../../src/crypt/create.ts'
import { check } from '../../src/engine/check.ts'
import type { EngineEvent } from '../../src/engine/events.ts'
import type { EngineContext } from '../../src/engine/request.ts'
import { restore } from '../../src/engine/restore.ts'
import { UserError } from '../../src/lib/errors.ts'
import { describe as words } from '../../src/report/duplicity/words.ts'
import { differences, listTree, readListing } from '../support/compare.ts'
import { plainSettings, testContext } from '../support/context.ts'
import { type GoldenCase } from '../golden/case.ts'

/** What can happen to a stored file. */
export const damages = ['flipped', 'truncated', 'emptied', 'deleted', 'duplicated'] as const
export type Damage = (typeof damages)[number]

/** Does it. `at` in [0, 1) is the place of the flipped bit or of the cut. */
export function damageFile(path: string, damage: Damage, at: number): void {
  const bytes = fs.readFileSync(path)
  switch (damage) {
    case 'flipped': {
      const bit = Math.floor(at * bytes.length * 8)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      fs.writeFileSync(path, bytes)
      return
    }
    case 'truncated':
      fs.truncateSync(path, 1 + Math.floor(at * (bytes.length - 1)))
      return
    case 'emptied':
      fs.truncateSync(path, 0)
      return
    case 'deleted':
      fs.rmSync(path)
      return
    case 'duplicated':
      fs.copyFileSync(path, collidingName(path))
  }
}

/** Another name for the same place of the same set. */
function collidingName(path: string): string {
  return path.endsWith('.gpg') ? path.replace(/\.gpg$/, '.gz') : `${path.replace(/\.gz$/, '')}.gpg`
}

/** What a command said and how it ended. */
export interface Told {
  /** Everything for people, and the error that ended it. */
  readonly text: string
  readonly failed: boolean
  /** Of a restore: how the tree differs from what it should be; of a check: nothing. */
  readonly differences: readonly string[]
}

/** One working copy of a golden repository. */
export class DamagedRepository {
  readonly repo: string
  readonly archive: string
  readonly #golden: GoldenCase
  readonly #folder: string
  readonly #keyring: string

  /** `cache`: with the archive directory that the last session left, or with an empty one. */
  constructor(golden: GoldenCase, folder: string, cache: 'warm' | 'cold', keyring: string) {
    this.#golden = golden
    this.#folder = folder
    this.#keyring = keyring
    this.repo = join(folder, 'repo')
    this.archive = join(folder, 'archive')
    fs.mkdirSync(folder, { recursive: true })
    fs.cpSync(join(golden.folder, 'repo'), this.repo, { recursive: true })
    fs.mkdirSync(this.archive)
    if (cache === 'cold') return
    const [name = ''] = fs.readdirSync(join(golden.folder, 'archive'))
    fs.cpSync(join(golden.folder, 'archive', name), this.archive, { recursive: true })
  }

  /** Restores a session and compares it with its listing. */
  async restore(
    session: number,
    { ignoreErrors = false, events = [] }: { ignoreErrors?: boolean; events?: EngineEvent[] } = {},
  ): Promise<Told> {
    const { time = 0, tree = '' } = this.#golden.sessions[session] ?? {}
    const target = join(this.#folder, 'out')
    const told = await this.#run(async (context) => {
      await restore(
        {
          ...{ target, path: '', time, force: false, dryRun: false, numericOwner: false },
          ...{ restoreOwner: true, ignoreErrors, renames: [], metadataSync: 'partial' },
        },
        context,
      )
    }, events)
    const found =
      (told.failed && !ignoreErrors) || !fs.existsSync(target)
        ? []
        : differences(readListing(join(this.#golden.folder, tree)), listTree(target))
    fs.rmSync(target, { recursive: true, force: true })
    return { ...told, differences: found }
  }

  /** What `--ignore-errors` brings back of a session, and what it says about it. */
  async salvage(session: number): Promise<Told & { readonly salvaged: boolean; readonly vague: boolean }> {
    const events: EngineEvent[] = []
    const told = await this.restore(session, { ignoreErrors: true, events })
    const salvaged = events.some((event) => event.type === 'salvage-done' && !event.whole)
    return { ...told, salvaged, vague: events.some((event) => event.type === 'salvage-loss' && !event.exact) }
  }

  /** Reads everything. `failed` means that damage was found. */
  async check(): Promise<Told> {
    const good: boolean[] = []
    const told = await this.#run(async (context) => {
      good.push((await check({ readData: { percent: 100, seed: 1 } }, context)).allGood)
    })
    return { ...told, failed: told.failed || !good.includes(true) }
  }

  async #run(work: (context: EngineContext) => Promise<void>, events: EngineEvent[] = []): Promise<Told> {
    const { env, options, sessions } = this.#golden
    const now = (sessions.at(-1)?.time ?? 0) + 1
    const url = parseUrl(`file://${this.repo}`)
    const backend = openFile(url, { cwd: '/', now: () => now })
    const base = testContext({ backend, dir: this.#folder, now })
    const encryption = options.includes('--no-encryption')
      ? 'none'
      : options.includes('--encrypt-key')
        ? 'keys'
        : 'symmetric'
    const crypt = createCrypt({
      ...plainSettings(base.tempDir),
      encryption,
      recipients: options.filter((_, index) => options[index - 1] === '--encrypt-key'),
      signKey: options.includes('--sign-key') ? options[options.indexOf('--sign-key') + 1] : undefined,
      passphrase: env['PASSPHRASE'],
      env: { ...process.env, GNUPGHOME: this.#keyring },
    })
    const lines: string[] = []
    const emit = (event: EngineEvent): void => {
      events.push(event)
      lines.push(...words(event, { asynchronous: false }).map(({ text }) => text))
      troubles += event.type === 'restore-trouble' ? 1 : 0
    }
    let troubles = 0
    try {
      await work({ ...base, crypt, emit })
    } catch (error) {
      // Anything but an error for people is a crash, and fails the test.
      if (!(error instanceof UserError)) throw error
      return { text: [...lines, `${error.code}: ${error.message}`].join('\n'), failed: true, differences: [] }
    } finally {
      await crypt.close()
      await backend.close()
    }
    return { text: lines.join('\n'), failed: troubles > 0, differences: [] }
  }
}
