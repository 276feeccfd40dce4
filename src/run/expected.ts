/** What monitoring may expect of a configuration: its jobs by name, and nothing secret. */
import type { DubaConfig } from '../config/config.generated.ts'
import { maxAgeOf } from '../config/max-age.ts'
import type { Job } from '../plan/job.ts'
import type { ExpectedJob } from '../report/status-document.ts'

/** The jobs of a configuration, as the status document lists them. */
export function expectedJobs(config: DubaConfig, jobs: readonly Job[]): ExpectedJob[] {
  return jobs.map(({ name, path, origin: [, index] }) => {
    const source = config.backup_sources[Number(index)]
    const max_age = maxAgeOf(config, source, name)
    return { job: name, source: path, configured: source?.path ?? path, max_age }
  })
}
