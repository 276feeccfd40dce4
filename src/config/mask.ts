/** A configuration as it may be shown: secrets and passwords masked, references as they are, without arguments. */
import type { DubaConfig } from './config.generated.ts'
import { soundsSecret } from './fault.ts'
import type { JsonPath } from './json-text.ts'
import { splitPassword } from './secrets.ts'

const mask = '***'

/** The masked copy. */
export function maskConfig(config: DubaConfig): DubaConfig {
  return maskPart(config, []) as DubaConfig
}

function maskPart(value: unknown, path: JsonPath): unknown {
  if (Array.isArray(value)) {
    // Arguments of a program that prints a secret: they may hold one themselves.
    if (path.at(-1) === '$command') return value.map((part: unknown, index) => (index === 0 ? part : mask))
    return value.map((part, index) => maskPart(part, [...path, index]))
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, maskPart(part, [...path, name])]),
    )
  }
  return typeof value === 'string' ? maskText(value, path) : value
}

function maskText(text: string, path: JsonPath): string {
  if (path.at(-2) === 'env' && text !== '' && soundsSecret(String(path.at(-1)), 'env')) return mask
  const login = splitPassword(text)
  return login === undefined ? text : login.withoutPassword.replace('@', `:${mask}@`)
}
