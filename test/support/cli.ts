/** Runs `duba` in this process against the fake engine, in a directory of its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import type { Io } from '../../src/cli/io.ts'

const fakeEngine = fileURLToPath(new URL('./fake-engine.mjs', import.meta.url))

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** One line that the fake engine dumped. */
export interface Dumped {
  readonly argv: readonly string[]
  readonly commandLine: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly nice: number
  readonly signal?: string
  readonly start?: number
  readonly end?: number
}

export interface Scenario {
  readonly dump?: string
  readonly stdout?: readonly string[]
  readonly stderr?: readonly string[]
  readonly events?: readonly unknown[]
  readonly eventsOf?: Readonly<Record<string, readonly unknown[]>>
  /** Fields of what a restore would come to. */
  readonly outlook?: unknown
  readonly raw?: readonly string[]
  readonly sleep?: number
  readonly ignoreTerm?: boolean
  readonly exit?: unknown
  readonly status?: number
  readonly kill?: string
  /** The cache is somebody else's, unless it is a private one. */
  readonly locked?: boolean
}

export class Bench {
  readonly dir = mkdtempSync(join(tmpdir(), 'duba-cli-'))
  readonly config = join(this.dir, 'duba.json')
  readonly dump = join(this.dir, 'dump')
  readonly abort = new AbortController()

  /** A path in the directory. */
  at(name: string): string {
    return join(this.dir, name)
  }

  /** Makes a source directory; gives its path. */
  source(name: string, entries: readonly string[] = []): string {
    const path = this.at(name)
    mkdirSync(path, { recursive: true })
    for (const entry of entries) writeFileSync(join(path, entry), entry)
    return path
  }

  /** `env` for a configuration that makes the fake engine play a scenario; it dumps its arguments too. */
  play(scenario: Scenario = {}): Record<string, string> {
    return { FAKE_SCENARIO: JSON.stringify({ dump: this.dump, ...scenario }) }
  }

  /** Writes the configuration: the given keys over ones that keep everything in the directory. */
  configure(keys: Readonly<Record<string, unknown>>): void {
    const standard = {
      backup_dest: `file://${this.at('dest')}`,
      encryption: 'none',
      logdir: this.at('log'),
      state_dir: this.at('state'),
      env: this.play(),
    }
    writeFileSync(this.config, JSON.stringify({ ...standard, ...keys }))
  }

  run(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
    return this.runBare(['--config', this.config, ...argv], io)
  }

  /** Without naming a configuration. */
  async runBare(argv: readonly string[], io: Partial<Io> = {}): Promise<Ran> {
    const stdout = collector()
    const stderr = collector()
    const status = await main(argv, {
      stdout: stdout.stream,
      stderr: stderr.stream,
      stderrId: undefined,
      terminalWidth: undefined,
      env: { PATH: process.env['PATH'], HOME: this.dir },
      cwd: this.dir,
      home: this.dir,
      hostname: 'host-1',
      uid: nobody(),
      cores: 2,
      machineId: 'machine-1',
      totalMemory: 2 ** 31,
      version: '1.2.3',
      programName: 'duba',
      now: () => 1700010000,
      newRunId: () => 'run-1',
      signal: this.abort.signal,
      onHangup: () => () => undefined,
      engineCommand: [process.execPath, fakeEngine],
      killAfter: 500,
      ask: () => Promise.resolve(undefined),
      runEngine: () => Promise.resolve(99),
      ...io,
    })
    return { status, stdout: stdout.text(), stderr: stderr.text() }
  }

  /** What the fake engines dumped so far. */
  dumped(): Dumped[] {
    return (
      readFileSync(this.dump, 'utf8')
        .trim()
        .split('\n')
        // An engine may have made its file and not written to it yet.
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Dumped)
    )
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8')
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

/** A user who is not root: we ourselves, or as root somebody whose files ours could be. */
function nobody(): number {
  const uid = process.getuid?.() ?? 0
  return uid === 0 ? 1000 : uid
}

function collector(): { stream: Writable; text: () => string } {
  const pieces: Buffer[] = []
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(pieces).toString('utf8') }
}
