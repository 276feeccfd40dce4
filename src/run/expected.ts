/** What monitoring may expect of a configuration: its jobs by name, and nothing secret. */
import type { DubaConfig } from '../config/config.generated.ts'
import { maxAgeOf } from '../config/max-age.ts'
import type { Job } from '../plan/job.ts'
import type { ExpectedJob } from '../report/status-document.ts'

/** The jobs of a configuration, as the status document lists them; `missed`: of entries that have vanished. */
export function expectedJobs(
  config: DubaConfig,
  jobs: readonly Job[],
  missed: readonly Job[],
): ExpectedJob[] {
  const expected = ({ name, path, origin: [, index] }: Job): ExpectedJob => {
    const source = config.backup_sources[Number(index)]
    const max_age = maxAgeOf(config, source, name)
    return { job: name, source: path, configured: source?.path ?? path, max_age }
  }
  return [...jobs.map(expected), ...missed.map((job) => ({ ...expected(job), vanished: true as const }))]
}
