/** The configuration as it counts: with the defaults that are always the same, and where each value comes from. */
import schema from '../../schemas/duba.schema.json' with { type: 'json' }
import type { DubaConfig } from './config.generated.ts'
import type { JsonPath } from './json-text.ts'
import type { LoadedConfig } from './load.ts'
import { maskConfig } from './mask.ts'
import type { Place } from './place.ts'

/** One value. */
export interface Setting {
  readonly path: JsonPath
  readonly value: unknown
  /** Undefined: the default. */
  readonly place: Place | undefined
}

/** The masked configuration, with the defaults of the keys for all that are not set. */
export function effectiveConfig({ config }: LoadedConfig): DubaConfig {
  const defaults = Object.entries(schema.properties).flatMap(([name, property]): [string, unknown][] =>
    'default' in property ? [[name, property.default]] : [],
  )
  // Defaults match the schema, too: the unit test of this file makes sure.
  return { ...(Object.fromEntries(defaults) as Partial<DubaConfig>), ...maskConfig(config) }
}

/** Every value that is no object and no list of the effective configuration; empty objects and lists too. */
export function settingsByOrigin(loaded: LoadedConfig): Setting[] {
  const given = new Set(Object.keys(loaded.config))
  const settings: Setting[] = []
  const visit = (value: unknown, path: JsonPath): void => {
    const parts = typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (parts.length === 0 && path.length > 0) {
      const isDefault = !given.has(String(path[0]))
      settings.push({ path, value, place: isDefault ? undefined : loaded.locate(path) })
    }
    for (const [name, part] of parts) visit(part, [...path, Array.isArray(value) ? Number(name) : name])
  }
  visit(effectiveConfig(loaded), [])
  return settings
}
