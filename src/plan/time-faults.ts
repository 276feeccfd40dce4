/** Times that look like some and are none, such as the 45th of a month: what a schema cannot say. */
import type { DubaConfig } from '../config/config.generated.ts'
import type { Fault } from '../config/fault.ts'
import type { JsonPath } from '../config/json-text.ts'
import type { LoadedConfig } from '../config/load.ts'
import { UserError } from '../lib/errors.ts'
import { parseTime } from '../format/time.ts'

/** Faults of `retention_time` and `full_if_older_than`, wherever they are set. */
export function timeFaults({ config, locate }: Pick<LoadedConfig, 'config' | 'locate'>): Fault[] {
  const faults: Fault[] = []
  for (const [at, layer] of layersOf(config)) {
    for (const key of ['retention_time', 'full_if_older_than'] as const) {
      const value = layer[key]
      if (value === undefined || isTime(value)) continue
      const message = 'is a time that there is not'
      const remedy = 'Write an age such as "30D", or a date of the calendar.'
      faults.push({ ...locate([...at, key]), value: JSON.stringify(value), message, remedy })
    }
  }
  return faults
}

type Layer = Pick<DubaConfig, 'retention_time' | 'full_if_older_than'>

function layersOf(config: DubaConfig): [JsonPath, Layer][] {
  const sources = config.backup_sources.flatMap((source, index): [JsonPath, Layer][] => {
    const at: JsonPath = ['backup_sources', index]
    const dests = (source.dests ?? []).map((each, number): [JsonPath, Layer] => [
      [...at, 'dests', number],
      each,
    ])
    return [[at, source], ...dests]
  })
  return [[[], config], ...sources]
}

function isTime(text: string): boolean {
  try {
    // Whether it is one does not depend on the present.
    parseTime(text, { now: 0, timeSeparator: ':' })
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}
