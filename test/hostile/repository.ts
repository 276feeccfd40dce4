/**
 * Repositories that nobody would write by accident: volumes and signature archives out of hand-made members, with
 * manifests that vouch for them. And a place to restore them to, with something around it that must stay as it is.
 */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { formatNameTime } from '../../src/format/name-time.ts'
import { baseEnvironment, type Outcome, run } from '../support/program.ts'
import { engine } from '../support/engine.ts'
import { fingerprint } from './fingerprint.ts'
import { member } from '../unit/format/tar/archives.ts'

/** One session. */
export interface HostileSet {
  /** Each volume's tar, or what it is stored as. */
  readonly volumes: readonly (Buffer | { readonly stored: Buffer })[]
  /** The signature archive's tar; one that holds the root alone if left out. */
  readonly signatures?: Buffer
  /** Takes the place of the manifest. */
  readonly manifest?: string
}

/** The time of the first set; each later one comes a day after. */
export const firstTime = 1_700_000_000

/** The root of a full set. */
export const ROOT = member({ name: 'snapshot/./', type: 'dir', mode: 0o755 })

/** Joins members. */
export function tar(...members: readonly Buffer[]): Buffer {
  return Buffer.concat(members)
}

/** A full set and incrementals at a path that must not exist. */
export function writeRepository(path: string, sets: readonly HostileSet[]): void {
  fs.mkdirSync(path)
  const put = (name: string, bytes: Buffer | string): void => {
    fs.writeFileSync(join(path, name), bytes)
  }
  for (const [index, { volumes, signatures, manifest }] of sets.entries()) {
    const end = formatNameTime(firstTime + index * 86_400)
    const times = index === 0 ? end : `${formatNameTime(firstTime + (index - 1) * 86_400)}.to.${end}`
    const set = `duplicity-${index === 0 ? 'full' : 'inc'}.${times}`
    const blocks = volumes.map((volume, place) => {
      const stored = 'stored' in volume ? volume.stored : gzipSync(volume, { level: 1 })
      put(`${set}.vol${place + 1}.difftar.gz`, stored)
      return manifestVolume(place + 1, createHash('sha1').update(stored).digest('hex'))
    })
    put(`${set}.manifest`, manifest ?? `Hostname h\nLocaldir /src\n${blocks.join('')}`)
    const kind = index === 0 ? 'full' : 'new'
    const plain = signatures ?? member({ name: 'snapshot/', type: 'dir', mode: 0o755 })
    put(
      `duplicity-${kind}-signatures.${times}.sigtar.gz`,
      gzipSync(Buffer.concat([plain, Buffer.alloc(1024)])),
    )
  }
}

/** A volume's block of a manifest, from root to the last name there can be. */
export function manifestVolume(number: number, sha1: string): string {
  const last = '\xff'.repeat(3)
  return `Volume ${number}:\n    StartingPath   .  \n    EndingPath     ${last} \n    Hash SHA1 ${sha1}\n`
}

/** A command that has ended: what it said, and what became of everything around the target. */
export interface Attempt extends Outcome {
  /** Everything it printed. */
  readonly said: string
  /** Whether anything outside the target changed. */
  readonly escaped: string | undefined
}

/** What the engine makes, and may. */
const OWN_FOLDERS = ['target', 'archive', 'tmp', '.gnupg', '.cache']

/** A folder in which one hostile repository is used. */
export class Scene {
  readonly root: string
  readonly target: string
  readonly victim: string
  readonly #env: Record<string, string>

  /** `root` must not exist. */
  constructor(root: string, sets: readonly HostileSet[]) {
    this.root = root
    this.target = join(root, 'target')
    this.victim = join(root, 'victim')
    fs.mkdirSync(join(this.victim, 'directory'), { recursive: true, mode: 0o700 })
    fs.writeFileSync(join(this.victim, 'secret'), 'secret', { mode: 0o600 })
    fs.writeFileSync(join(this.victim, 'directory', 'inside'), 'inside')
    fs.mkdirSync(join(root, 'tmp'))
    writeRepository(join(root, 'repository'), sets)
    this.#env = { ...baseEnvironment(root), TMPDIR: join(root, 'tmp') }
  }

  /** Restores into `target`. */
  restore(...options: string[]): Promise<Attempt> {
    return this.engine('restore', ...options, this.url, this.target)
  }

  get url(): string {
    return `file://${join(this.root, 'repository')}`
  }

  /** Runs the engine without encryption, in a fresh archive directory. */
  async engine(...args: string[]): Promise<Attempt> {
    fs.rmSync(join(this.root, 'archive'), { recursive: true, force: true })
    const before = fingerprint(this.root, OWN_FOLDERS)
    const common = ['--no-encryption', '--archive-dir', join(this.root, 'archive'), '--allow-source-mismatch']
    const outcome = await run(engine, [...args, ...common], { cwd: this.root, env: this.#env })
    const after = fingerprint(this.root, OWN_FOLDERS)
    const said = outcome.stdout + outcome.stderr
    return {
      ...outcome,
      said,
      escaped: before === after ? undefined : `before:\n${before}\nafter:\n${after}`,
    }
  }

  /** Names of what the restore left in the target, one a line, sorted; undefined where there is no target. */
  restored(): string[] | undefined {
    if (!fs.existsSync(this.target)) return undefined
    return fs.readdirSync(this.target, { recursive: true, encoding: 'latin1' }).map(String).sort()
  }
}
