/** References to secrets: what stands in a configuration in place of a secret. Nothing here opens one. */
import type { SecretText } from './config.generated.ts'
import type { ConfiguredEnv } from './secrets.ts'

/** Where a secret is. The schema makes sure that exactly one of the keys is there. */
export type SecretReference = Exclude<SecretText, string>

/** Layers of variables, the later ones over the earlier ones, taken apart: texts, and what is still to be resolved. */
export function splitEnvironment(...layers: readonly (ConfiguredEnv | undefined)[]): {
  texts: Record<string, string>
  references: Record<string, SecretReference>
} {
  const texts: Record<string, string> = {}
  const references: Record<string, SecretReference> = {}
  const merged = new Map(layers.flatMap((layer) => Object.entries(layer ?? {})))
  for (const [name, value] of merged) {
    if (typeof value === 'string') texts[name] = value
    else if (value !== undefined) references[name] = value
  }
  return { texts, references }
}

/** A reference as it may be shown: where the secret is, never the secret. Of a command, only the program. */
export function showReference({ $file, $env, $credential, $command }: SecretReference): string {
  if ($file !== undefined) return `file ${$file}`
  if ($env !== undefined) return `variable ${$env}`
  if ($credential !== undefined) return `credential ${$credential}`
  return `command ${$command?.[0] ?? ''}`
}
