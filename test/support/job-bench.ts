/** Runs `duba backup` with one source against the fake engine, and tells how its job ended and what its hooks were told. */
import { existsSync, readFileSync } from 'node:fs'
import type { Io } from '../../src/cli/io.ts'
import { Bench, type Scenario } from './cli.ts'

export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly job: { verdict: string; reason: { code: string; text: string } | null; notes: { code: string }[] }
  readonly stderr: string
}

interface StoredBackup {
  readonly last: { readonly verdict: string }
  readonly last_success: string | null
}

export class JobBench extends Bench {
  get hookFile(): string {
    return this.at('hooks.txt')
  }

  /** A hook that writes down what it is told. */
  telling(word: string): object {
    return { shell: `echo "${word} $DUBA_SCOPE $DUBA_VERDICT $DUBA_REASON" >> ${this.hookFile}` }
  }

  told(): string[] {
    return existsSync(this.hookFile) ? readFileSync(this.hookFile, 'utf8').trim().split('\n') : []
  }

  async outcome(argv: readonly string[] = [], io: Partial<Io> = {}): Promise<Outcome> {
    const { status, stdout, stderr } = await this.run(['backup', '--json', ...argv], io)
    const { jobs } = JSON.parse(stdout) as { jobs: Outcome['job'][] }
    return { status, job: jobs[0] ?? { verdict: 'none', reason: null, notes: [] }, stdout, stderr }
  }

  /** Configures the source `src`, which is not made; gives its path. */
  configureSource(scenario: Scenario, source: object = {}, keys: object = {}): string {
    const path = this.at('src')
    this.configure({
      backup_sources: [{ path, hooks: { on_error: [this.telling('error')] }, ...source }],
      env: this.play(scenario),
      ...keys,
    })
    return path
  }

  logOfSource(): string {
    return this.read(
      `log/${this.at('src')
        .replace(/[^A-Za-z0-9]+/g, '-')
        .slice(1)}.log`,
    )
  }

  /** What status.json has of the one job. */
  stored(): StoredBackup {
    const document = JSON.parse(this.read('state/status.json')) as {
      jobs: Record<string, { operations: { backup: StoredBackup } }>
    }
    const [job] = Object.values(document.jobs)
    if (job === undefined) throw new Error('no job in status.json')
    return job.operations.backup
  }
}

const counts = {
  newFiles: 1,
  changedFiles: 0,
  deletedFiles: 0,
  totalDestinationSizeChange: 1,
  errors: 0,
}

/** Events of an incremental of a source of this size. */
export const sized = (sourceFiles: number, sourceFileSize: number, more: object = {}): unknown[] => [
  { type: 'chains', chains: [{ start: 1699000000, end: 1699900000 }], sets: 3, bytes: 5000 },
  { type: 'backup-began', kind: 'inc', start: 1699900000, end: 1700000000 },
  { type: 'statistics', statistics: { ...counts, sourceFiles, sourceFileSize, ...more } },
  { type: 'backup-done', kind: 'inc', start: 1699900000, end: 1700000000, volumes: 1 },
]
