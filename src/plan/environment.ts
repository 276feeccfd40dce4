/** The environment of an engine process: little of ours, and everything that the configuration gives. */

export type Environment = Readonly<Record<string, string | undefined>>

const inherited =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TZ|GNUPGHOME|XDG_[A-Z_]+|TMPDIR|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/

/** Variables of ours that are handed on, with the configured ones over them. */
export function engineEnvironment(
  ours: Environment,
  ...configured: (Environment | undefined)[]
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(ours)) {
    if (inherited.test(name) && value !== undefined) env[name] = value
  }
  for (const [name, value] of configured.flatMap((layer) => Object.entries(layer ?? {}))) {
    if (value !== undefined) env[name] = value
  }
  return env
}

/**
 * The first variable that the engine would put into a path: duplicity's command line expands `$NAME` and `${NAME}`
 * in local paths and knows no way to escape them. Undefined: the path stays as it is.
 */
export function variableIn(path: string, env: Environment): string | undefined {
  for (const match of path.matchAll(/\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g)) {
    const name = match[1] ?? match[2] ?? ''
    if (env[name] !== undefined) return name
  }
  return undefined
}
