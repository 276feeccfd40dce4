/** How old the last good backup of a job may be. */
import type { DubaConfig, Source } from './config.generated.ts'
import { secondsOf } from './duration.ts'

/** Seconds for a job of a source, by its name, which tells its destination too; null: the configuration does not say. */
export function maxAgeOf(config: DubaConfig, source: Source | undefined, job: string): number | null {
  const place = source?.dests?.find(({ name }) => job.endsWith(`@${name}`))
  const age = place?.max_age ?? source?.max_age ?? config.max_age
  return age === undefined ? null : secondsOf(age)
}
