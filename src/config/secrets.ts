/** The secrets that a configuration holds, so that they can be kept out of everything that is shown or written. */
import type { DubaConfig } from './config.generated.ts'
import { soundsSecret } from './fault.ts'

/** Every secret value: of environment variables whose names sound secret, and of passwords in URLs. Without empty ones. */
export function secretValues(config: DubaConfig): string[] {
  const environments = [config.env, ...config.backup_sources.map(({ env }) => env)]
  const urls = [config.backup_dest, ...config.backup_sources.map(({ dest }) => dest)]
  const values = [
    ...environments.flatMap((env) => secretsOfEnvironment(env ?? {})),
    ...urls.flatMap((url) => passwordOf(url ?? '')),
  ]
  return [...new Set(values)].filter((value) => value !== '')
}

/** The values of variables whose names sound secret. */
export function secretsOfEnvironment(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && soundsSecret(name, 'env') ? [value] : [],
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
