/** The jobs that monitoring watches: what the configuration names, as far as it can be read, and what the last run wrote down. */
import type { DubaConfig } from '../config/config.generated.ts'
import { maxAgeOf } from '../config/max-age.ts'
import { divisionOf } from '../config/settings.ts'
import type { WatchedJob } from './check-jobs.ts'
import type { StatusDocument } from './status-document.ts'

/**
 * The jobs of a configuration, by their names alone: no directory is read, no secret is opened. Which entries a divided source
 * has is taken from the document; if that knows none, the source itself stands for them, and was never backed up.
 */
export function watchedOfConfig(config: DubaConfig, document: StatusDocument): WatchedJob[] {
  return config.backup_sources
    .filter(({ state }) => state !== 'absent')
    .flatMap((source) => {
      const watched = (job: string): WatchedJob => ({ job, max_age: maxAgeOf(config, source, job) })
      const name = source.name ?? source.path
      if (divisionOf(source.divide) !== undefined) {
        const known = document.expected?.jobs.filter(({ configured }) => configured === source.path) ?? []
        return known.length === 0
          ? [watched(name)]
          : known.map(({ job, vanished }) => ({ ...watched(job), vanished }))
      }
      const present = source.dests?.filter(({ state }) => state !== 'absent')
      const names = present?.map((destination) => `${name}@${destination.name}`) ?? [name]
      return names.map(watched)
    })
}
