/** `~`, `~user`, `$NAME` and `${NAME}` in local paths, which the program expands itself. Command line facts §1.2. */
import { type ByteString, fromText, toText } from '../../lib/bytestring.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is known about this machine's users: contents of /etc/passwd. */
export interface Homes {
  readonly passwd: ByteString
  readonly uid: number
}

/** The path with variables, then the home directory put in; what is unknown stays as it is. */
export function expandPath(path: ByteString, env: Environment, homes: () => Homes): ByteString {
  const known = path.replace(
    /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g,
    (whole: string, plain: string | undefined, braced: string | undefined) => {
      const value = env[toText(plain ?? braced ?? '')]
      return value === undefined ? whole : fromText(value)
    },
  )
  return known.replace(/^~([^/]*)/, (whole: string, user: string) => homeOf(user, env, homes) ?? whole)
}

function homeOf(user: ByteString, env: Environment, homes: () => Homes): ByteString | undefined {
  if (user === '' && env['HOME'] !== undefined) return fromText(env['HOME']).replace(/\/+$/, '')
  const { passwd, uid } = homes()
  const lines = passwd.split('\n').map((line) => line.split(':'))
  const found = lines.find(([name, , id]) => (user === '' ? id === String(uid) : name === user))
  return found?.[5]?.replace(/\/+$/, '')
}
