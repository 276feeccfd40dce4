/**
 * A cache directory for one command alone, removed at its end: where there is no other, as with a URL, and where another
 * process works with that of the job, as a backup does for hours.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { messageOf, UserError } from '../lib/errors.ts'
import type { Job } from '../plan/job.ts'
import type { EngineOutcome } from '../run/engine-process.ts'
import { notice } from './failure.ts'
import type { Shell } from './io.ts'

export class PrivateCache {
  readonly #shell: Shell
  #home: Promise<string> | undefined
  /** The cache directories that it stands in for. */
  readonly #replaced = new Set<string>()

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** The directory, of mode 0700, which is made when it is first asked for. Throws TEMP_SPACE. */
  home(tempDir: string | undefined): Promise<string> {
    return (this.#home ??= makeIn(tempDir ?? this.#shell.env['TMPDIR'] ?? tmpdir()))
  }

  /**
   * Reads the backups of a job; where its cache is locked, again with the private one, from then on for this job. That is told.
   * `told`: whether an answer was shown already, which must not come twice. Throws TEMP_SPACE.
   */
  async read<T extends Pick<EngineOutcome, 'errorCode'>>(
    job: Job,
    run: (job: Job) => Promise<T>,
    told: () => boolean = () => false,
  ): Promise<T> {
    if (!this.#replaced.has(job.cacheDir)) {
      const outcome = await run(job)
      if (outcome.errorCode !== 'LOCKED' || told()) return outcome
      this.#replaced.add(job.cacheDir)
      notice(this.#shell, `${job.name}: ${NOTICE}`)
    }
    const archiveDir = cacheIn(await this.home(job.tempDir))
    return run({ ...job, archiveDir, cacheDir: join(archiveDir, basename(job.cacheDir)) })
  }

  /** Removes it, if it was made. */
  async remove(): Promise<void> {
    if (this.#home !== undefined) await rm(await this.#home, { recursive: true, force: true })
  }
}

const NOTICE =
  'another process works with its cache, as a backup does; going on with a private one. What is just being written is not seen'

/** Where the caches are in a private directory. */
export const cacheIn = (home: string): string => join(home, 'cache')

async function makeIn(parent: string): Promise<string> {
  try {
    return await mkdtemp(join(parent, 'duba-private-'))
  } catch (cause) {
    throw new UserError('TEMP_SPACE', `No directory can be made in ${parent}: ${messageOf(cause)}`, { cause })
  }
}
