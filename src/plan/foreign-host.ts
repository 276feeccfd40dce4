/** Destinations whose URL names the host: `{host}` in it stands for this host, or for another one with `--host`. */
import type { DubaConfig, Source } from '../config/config.generated.ts'
import { UserError } from '../lib/errors.ts'

const PLACE = '{host}'

/** The configuration with the name of this host in place of `{host}`. */
export function ofHost(config: DubaConfig, host: string): DubaConfig {
  return mapUrls(config, (url) => url.replaceAll(PLACE, host))
}

/**
 * The configuration as another host has it that shares it: only sources whose destinations name the host, and no cache
 * directories of their own, which are this host's. Throws USAGE where there is no such source.
 */
export function ofForeignHost(config: DubaConfig, host: string): DubaConfig {
  const shared = config.backup_sources.filter((source) => urlsOf(config, source).some(isOfHost))
  if (shared.length === 0 || !/^[A-Za-z0-9._-]+$/.test(host)) {
    throw new UserError(
      'USAGE',
      `Where the backups of the host "${host}" are cannot be told from this configuration`,
      {
        hint: `--host needs destinations with ${PLACE} in their URL. Name the other host's configuration with --config, or its destination with --url.`,
      },
    )
  }
  const sources = shared.map((source) => ({
    ...withoutCache(source),
    ...(source.dests !== undefined && {
      dests: source.dests.filter(({ dest }) => isOfHost(dest)).map(withoutCache),
    }),
  }))
  return ofHost({ ...config, backup_sources: sources }, host)
}

function withoutCache<T extends { cache_dir?: string }>(layer: T): T {
  const { ...rest } = layer
  delete rest.cache_dir
  return rest
}

const isOfHost = (url: string): boolean => url.includes(PLACE)

function urlsOf(config: DubaConfig, source: Source): string[] {
  if (source.dests !== undefined) return source.dests.map(({ dest }) => dest)
  return [source.dest ?? config.backup_dest ?? '']
}

function mapUrls(config: DubaConfig, change: (url: string) => string): DubaConfig {
  const { backup_dest, backup_sources } = config
  return {
    ...config,
    ...(backup_dest !== undefined && { backup_dest: change(backup_dest) }),
    backup_sources: backup_sources.map((source) => ({
      ...source,
      ...(source.dest !== undefined && { dest: change(source.dest) }),
      ...(source.dests !== undefined && {
        dests: source.dests.map((each) => ({ ...each, dest: change(each.dest) })),
      }),
    })),
  }
}
