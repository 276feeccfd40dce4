/** What monitoring may expect of a configuration: its jobs by name, and nothing secret. */
import type { DubaConfig } from '../config/config.generated.ts'
import { secondsOf } from '../config/duration.ts'
import type { Job } from '../plan/job.ts'
import type { ExpectedJob } from '../report/status-document.ts'

/** The jobs of a configuration, as the status document lists them. */
export function expectedJobs(config: DubaConfig, jobs: readonly Job[]): ExpectedJob[] {
  return jobs.map(({ name, path, origin: [, index] }) => {
    const source = config.backup_sources[Number(index)]
    const age = source?.max_age ?? config.max_age
    const maxAge = age === undefined ? null : secondsOf(age)
    return { job: name, source: path, configured: source?.path ?? path, max_age: maxAge }
  })
}
