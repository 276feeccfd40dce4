/** The secrets that a configuration holds, so that they can be kept out of everything that is shown or written. */
import type { DubaConfig, Hooks, SecretText } from './config.generated.ts'
import { soundsSecret } from './fault.ts'

/** Variables as they are configured: texts, and references to secrets. */
export type ConfiguredEnv = Readonly<Record<string, SecretText | undefined>>

/**
 * Every secret value that stands in the configuration itself: of environment variables whose names sound secret, and of
 * passwords in URLs. Without empty ones. What references stand for is not known before they are resolved.
 */
export function secretValues(config: DubaConfig): string[] {
  const sources = config.backup_sources
  const layers = [config, ...sources, ...sources.flatMap(({ dests }) => dests ?? [])]
  const environments = layers.flatMap(({ env, hooks }) => [env, ...hookEnvironments(hooks)])
  const urls = [config.backup_dest, ...layers.map((layer) => ('dest' in layer ? layer.dest : undefined))]
  const values = [
    ...environments.flatMap((env) => secretsOfEnvironment(env ?? {})),
    ...urls.flatMap((url) => passwordOf(url ?? '')),
  ]
  return [...new Set(values)].filter((value) => value !== '')
}

function hookEnvironments(hooks: Hooks = {}): (ConfiguredEnv | undefined)[] {
  const { before = [], after = [], on_error = [] } = hooks
  return [...before, ...after, ...on_error].map(({ env }) => env)
}

/** The values of variables whose names sound secret, as far as they are texts. */
export function secretsOfEnvironment(env: ConfiguredEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    typeof value === 'string' && soundsSecret(name, 'env') ? [value] : [],
  )
}

/** A URL taken apart at its password; undefined where there is none. */
export function splitPassword(url: string): { withoutPassword: string; password: string } | undefined {
  const match = /^([^:]+:\/\/)([^/]*)@/.exec(url)
  if (match === null) return undefined
  const [whole, scheme = '', login = ''] = match
  const colon = login.indexOf(':')
  if (colon < 0 || colon === login.length - 1) return undefined
  return {
    withoutPassword: `${scheme}${login.slice(0, colon)}@${url.slice(whole.length)}`,
    password: login.slice(colon + 1),
  }
}

/**
 * Whether a URL seems to hold a password with a slash in it that is not encoded. The engine takes such a URL for another one,
 * and where the password ends nobody knows. A port, an IPv6 address and a module of rsync are no passwords.
 */
export function hasBrokenPassword(url: string): boolean {
  const [, authority = ''] = /^[^:]+:\/\/([^/@]*)\/.*@/s.exec(url) ?? []
  return authority.includes(':') && !/^\[|::|:\d*$/.test(authority)
}

function passwordOf(url: string): string[] {
  const password = splitPassword(url)?.password
  return password === undefined ? [] : [password, decoded(password)]
}

/** Text with its percent escapes decoded; as it is where they are malformed. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
