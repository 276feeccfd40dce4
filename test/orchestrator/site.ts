/**
 * A machine with one source, for runs of the built `duba` with real engines: its configuration, what its hooks were told,
 * what its logs and its status document say. Everything lies in one folder, which can be put back to an earlier state.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertSame, listTree } from '../support/compare.ts'
import { baseEnvironment, projectRoot } from '../support/program.ts'
import { noise } from '../support/tree.ts'

const main = join(projectRoot, 'dist/src/main.js')

/** A job as the summary in JSON has it. */
export interface JobSummary {
  readonly job: string
  readonly verdict: string
  readonly reason: { readonly code: string; readonly text: string } | null
  readonly kind: string | null
  readonly notes: readonly { readonly code: string; readonly text: string }[]
  readonly log: string | null
}

/** How `duba` ended. */
export interface Ran {
  readonly status: number | null
  readonly runId: string | undefined
  readonly jobs: readonly JobSummary[]
  readonly stdout: string
  readonly stderr: string
}

/** A run of an operation as the status document has it. */
export interface StoredRun {
  readonly run_id: string
  readonly verdict: string
  readonly reason: { readonly code: string; readonly text: string } | null
}

export interface StoredOperation {
  readonly last: StoredRun
  readonly last_success: string | null
  readonly runs: readonly StoredRun[]
}

/** A program that is running. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ran>
}

/** What a hook was told, without `DUBA_`. */
export type Told = Readonly<Record<string, string>>

export class Site {
  readonly root: string
  readonly #saved: string
  /** Words before the program, such as those that take privileges from it. */
  prefix: readonly string[] = []

  /** `folder`: is there and empty. */
  constructor(folder: string) {
    this.root = join(folder, 'site')
    this.#saved = join(folder, 'saved')
    mkdirSync(this.root)
  }

  at(path: string): string {
    return join(this.root, path)
  }

  get source(): string {
    return this.at('src')
  }

  get destination(): string {
    return `${this.at('dest')}${this.source}`
  }

  /** The one directory below the cache. */
  get cache(): string {
    const [name = ''] = readdirSync(this.at('cache'))
    return this.at(`cache/${name}`)
  }

  /** Writes the configuration: of one source, with hooks that write down what they are told. */
  configure(source: object = {}, keys: object = {}): void {
    const config = {
      backup_dest: `file://${this.at('dest')}`,
      encryption: 'none',
      logdir: this.at('log'),
      state_dir: this.at('state'),
      cache_dir: this.at('cache'),
      tempdir: this.at('tmp'),
      nice: 0,
      volsize: 1,
      retries: 2,
      retry_delay: 0,
      keep_full: 1,
      hooks: this.hooks(),
      backup_sources: [{ path: this.source, hooks: this.hooks(), ...source }],
      ...keys,
    }
    mkdirSync(this.at('tmp'), { recursive: true })
    this.writeConfig(JSON.stringify(config))
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8')
  }

  writeConfig(text: string): void {
    writeFileSync(this.at('duba.json'), text, { mode: 0o600 })
  }

  /** Hooks that leave what they are told in `told/<moment>-<scope>`. */
  hooks(): object {
    const tell = `mkdir -p ${this.at('told')} && env -0 | tr '\\n\\0' ' \\n' | grep ^DUBA_ > ${this.at('told')}/$DUBA_HOOK-$DUBA_SCOPE`
    return { before: [{ shell: tell }], after: [{ shell: tell }], on_error: [{ shell: tell }] }
  }

  /** What a hook was told last; undefined: it was not run. */
  told(hook: string): Told | undefined {
    const path = this.at(`told/${hook}`)
    if (!existsSync(path)) return undefined
    const lines = readFileSync(path, 'utf8').trim().split('\n')
    const pairs = lines.map((line) => line.slice('DUBA_'.length).split(/=(.*)/s, 2))
    return Object.fromEntries(pairs) as Told
  }

  /** Forgets which hooks were run. */
  forgetTold(): void {
    rmSync(this.at('told'), { recursive: true, force: true })
  }

  /** Files of the source: small ones and one of several volumes. */
  fill(): void {
    mkdirSync(this.source, { recursive: true })
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(join(this.source, name), `${name}\n`)
    this.grow('large', 100_000)
  }

  /** Writes a file of this many bytes that cannot be compressed. */
  grow(name: string, bytes: number): void {
    const path = join(this.source, name)
    writeFileSync(path, noise(`${name} ${bytes}`, bytes))
    utimesSync(path, 1_600_000_000, 1_600_000_000)
  }

  start(argv: readonly string[]): Running {
    const words = [...this.prefix, process.execPath, main, '--config', this.at('duba.json'), ...argv]
    const [file = '', ...args] = words
    const child = spawn(file, args, {
      env: baseEnvironment(this.root),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = new Promise<Ran>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => {
        const told: unknown = stdout.startsWith('{') ? (JSON.parse(stdout) as unknown) : {}
        const { run_id: runId, jobs = [] } = told as { run_id?: string; jobs?: JobSummary[] }
        resolve({ status, runId, jobs, stdout, stderr })
      })
    })
    return { child, ended }
  }

  run(...argv: readonly string[]): Promise<Ran> {
    return this.start(argv).ended
  }

  backup(...argv: readonly string[]): Promise<Ran> {
    return this.run('backup', '--json', ...argv)
  }

  /** A backup that has to succeed. */
  async backupWell(...argv: readonly string[]): Promise<Ran> {
    const ran = await this.backup(...argv)
    if (ran.status !== 0) throw new Error(`ended with ${String(ran.status)}\n${ran.stdout}\n${ran.stderr}`)
    return ran
  }

  /** Restores the source and compares it with what it is now. */
  async proveRestore(env: readonly string[] = []): Promise<void> {
    const to = this.at('restored')
    rmSync(to, { recursive: true, force: true })
    const ran = await this.run('restore', this.source, '--to', to, ...env)
    if (ran.status !== 0) throw new Error(`restore ended with ${String(ran.status)}\n${ran.stderr}`)
    assertSame(listTree(this.source), listTree(join(to, 'src')))
    rmSync(to, { recursive: true })
  }

  /** The log of the job. */
  log(): string {
    const name = `${this.source.replace(/[^A-Za-z0-9]+/g, '-').slice(1)}.log`
    const path = this.at(`log/${name}`)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  /** What the status document has of backups of the job. */
  stored(): StoredOperation | undefined {
    const path = this.at('state/status.json')
    if (!existsSync(path)) return undefined
    const document = JSON.parse(readFileSync(path, 'utf8')) as {
      jobs: Record<string, { operations: { backup?: StoredOperation } } | undefined>
    }
    return document.jobs[this.source]?.operations.backup
  }

  /** Names at the destination. */
  files(): string[] {
    return existsSync(this.destination) ? readdirSync(this.destination).sort() : []
  }

  /** Pids of the engines that work for this site. */
  engines(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => isEngineOf(pid, this.root))
      .map(Number)
  }

  /** Waits for the first volume of a session at the destination, and gives the engine that stored it. */
  async engineInTheMiddle(before: ReadonlySet<string>): Promise<number> {
    const deadline = Date.now() + 60_000
    while (Date.now() < deadline) {
      const [pid] = this.engines()
      const begun = this.files().some((name) => name.includes('.vol1.') && !before.has(name))
      if (begun && pid !== undefined) return pid
      await sleep(5)
    }
    throw new Error('no engine got to its first volume within a minute')
  }

  /** Keeps the state of the folder for `reset`. */
  save(): void {
    execFileSync('cp', ['-a', this.root, this.#saved])
  }

  /** Puts the folder back to what it was when it was saved. */
  reset(): void {
    rmSync(this.root, { recursive: true, force: true })
    execFileSync('cp', ['-a', this.#saved, this.root])
    this.prefix = []
  }

  /** Makes the folder empty. */
  clear(): void {
    rmSync(this.root, { recursive: true, force: true })
    mkdirSync(this.root)
    this.prefix = []
  }
}

function isEngineOf(pid: string, root: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return words.includes('engine-main.js') && words.includes(`${root}/`)
  } catch {
    return false // It has ended meanwhile.
  }
}
