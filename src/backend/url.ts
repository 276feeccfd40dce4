/**
 * Destination URLs, split exactly as duplicity 0.8.22 splits them, so that the URLs of existing fleets keep their
 * meaning (vectors: `test/fixtures/vectors/url-vectors.json`). Every scheme is parsed, also those nobody serves.
 */
import { createHash } from 'node:crypto'
import { UserError } from '../lib/errors.ts'

/** A destination URL in parts. Texts are Unicode, not byte strings. */
export interface BackendUrl {
  /** Lower case, without prefixes: `file`, `boto3+s3`. */
  readonly scheme: string
  /** What stands around the inner URL, outermost first: `par2`, `gio`. */
  readonly prefixes: readonly string[]
  /** Percent-decoded once, as is `password`; empty ones are undefined. */
  readonly user: string | undefined
  readonly password: string | undefined
  /** Lower case; undefined for schemes without an authority, whose `path` begins with two slashes. */
  readonly host: string | undefined
  readonly port: number | undefined
  /** Percent-decoded once. With an authority: from its first slash on; without: `//` and everything after it. */
  readonly path: string
  /** Parameters by name; empty values are left out. */
  readonly query: Readonly<Record<string, readonly string[]>>
  /** The URL as typed with its password replaced by `*****`. */
  readonly redacted: string
}

const PREFIXES = ['par2', 'gio']

/** Schemes whose text after `//` begins with an authority (`user:password@host:port`). */
const WITH_AUTHORITY = new Set([
  ...['ftp', 'ftps', 'ftpes', 'fish', 'sftp', 'scp', 'rsync', 'http', 'https', 'webdav', 'webdavs'],
  ...['imap', 'imaps', 'hsi', 's3', 'boto+s3', 'gdocs', 'pydrive', 'pydrive+gdocs', 'gdata+gdocs', 'gdrive'],
  ...[
    'mega',
    'megav2',
    'megav3',
    'ncftp+ftp',
    'paramiko+sftp',
    'paramiko+scp',
    'pexpect+sftp',
    'pexpect+scp',
  ],
  ...['lftp+ftp', 'lftp+ftps', 'lftp+fish', 'lftp+ftpes', 'lftp+sftp', 'lftp+webdav', 'lftp+webdavs'],
  ...['lftp+http', 'lftp+https'],
])

/** Schemes that lose a `;…` at the end of their last path component. */
const WITH_PARAMETERS = new Set(['ftp', 'sftp', 'http', 'https'])

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/

/** Whether an argument of the command line is taken as a URL: a scheme and a colon (`a:b` is one, `1a:b` is not). */
export function isUrl(text: string): boolean {
  return SCHEME.test(clean(text))
}

/** Splits a URL. Throws BAD_URL, whose message never holds the password. */
export function parseUrl(text: string): BackendUrl {
  const redacted = redactUrl(text)
  let rest = clean(text)
  const prefixes: string[] = []
  for (;;) {
    const prefix = PREFIXES.find((each) => rest.startsWith(`${each}+`))
    if (prefix === undefined) break
    prefixes.push(prefix)
    rest = rest.slice(prefix.length + 1)
  }
  const parts = splitUrl(rest)
  if (parts === undefined) {
    throw badUrl(
      redacted,
      'it has no scheme',
      'Write the destination as scheme://…, for example file:///srv/backup.',
    )
  }
  const { scheme, authority, query } = parts
  const { login, place } = splitLogin(authority)
  checkBrackets(place, redacted)
  const [user, password] = splitPassword(login)
  const common = { scheme, prefixes, user, password, query: parseQuery(query), redacted }
  if (WITH_AUTHORITY.has(scheme)) {
    const daemon = scheme === 'rsync' && /::[^:]*$/.test(rest)
    const { host, port } = splitHost(place, redacted, daemon)
    const path = WITH_PARAMETERS.has(scheme) ? parts.path.replace(/;[^/]*$/, '') : parts.path
    return { ...common, host, port, path: decode(path) }
  }
  const port = /:(\d{1,5})$/.exec(place)?.[1]
  const path = wholePath(authority, decode(parts.path))
  if (!path.startsWith('//')) {
    const hint = `Write //, then the path: ${scheme}:///absolute/path, or ${scheme}://relative/path.`
    throw badUrl(redacted, 'it has no // after the scheme', hint)
  }
  return { ...common, host: undefined, port: port === undefined ? undefined : Number(port), path }
}

/**
 * A URL with the password replaced by `*****`, also where the URL is malformed: then rather too much is hidden
 * than too little (a password with an unencoded slash ends in the path).
 */
export function redactUrl(url: string): string {
  const text = clean(url)
  const scheme = SCHEME.exec(text)?.[0]
  if (scheme === undefined) return text
  const rest = text.slice(scheme.length)
  const slashes = /^\/{0,2}/.exec(rest)?.[0].length ?? 0
  const body = rest.slice(slashes)
  const authority = /^[^/?#]*/.exec(body)?.[0] ?? ''
  const at = (authority.includes('@') ? authority : body).lastIndexOf('@')
  const colon = body.indexOf(':')
  if (colon < 0 || colon >= at - 1) return text
  // A port, or nothing, and a path with an `@` in it: no password.
  if (!authority.includes('@') && (colon >= authority.length || /:\d*$/.test(authority))) return text
  return `${text.slice(0, scheme.length + slashes)}${body.slice(0, colon)}:*****${body.slice(at)}`
}

/** Name of the archive directory where none is given: the MD5 of the URL as typed, lower-case hex. */
export function defaultBackupName(url: string): string {
  return createHash('md5').update(url, 'utf8').digest('hex')
}

/** Leading blanks and control characters, and tabs and line ends anywhere, are not part of a URL. */
function clean(text: string): string {
  return text.replace(/^[\x00-\x20]+/, '').replace(/[\t\r\n]/g, '')
}

interface UrlParts {
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly query: string
}

function splitUrl(text: string): UrlParts | undefined {
  const scheme = SCHEME.exec(text)?.[1]
  if (scheme === undefined) return undefined
  const [beforeFragment = ''] = text.slice(scheme.length + 1).split('#', 1)
  const mark = beforeFragment.indexOf('?')
  const query = mark < 0 ? '' : beforeFragment.slice(mark + 1)
  const rest = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark)
  const authority = rest.startsWith('//') ? (rest.slice(2).split('/', 1)[0] ?? '') : ''
  const path = rest.startsWith('//') ? rest.slice(2 + authority.length) : rest
  return { scheme: scheme.toLowerCase(), authority, path, query }
}

/** The path of a scheme without authority. `file:////x` is relative, as in duplicity. */
function wholePath(authority: string, path: string): string {
  if (authority !== '') return `//${authority}${path}`
  return path.startsWith('/') && !path.startsWith('//') ? `//${path}` : path
}

function splitLogin(authority: string): { login: string; place: string } {
  const at = authority.lastIndexOf('@')
  return { login: authority.slice(0, Math.max(at, 0)), place: authority.slice(at + 1) }
}

function splitPassword(login: string): [string | undefined, string | undefined] {
  const colon = login.indexOf(':')
  const user = decode(colon < 0 ? login : login.slice(0, colon))
  const password = colon < 0 ? '' : decode(login.slice(colon + 1))
  return [user === '' ? undefined : user, password === '' ? undefined : password]
}

function checkBrackets(place: string, redacted: string): void {
  if (place.includes('[') === place.includes(']')) return
  throw badUrl(redacted, 'a bracket is missing', 'Write an IPv6 address as [2001:db8::1].')
}

function splitHost(
  place: string,
  redacted: string,
  daemon: boolean,
): { host: string; port: number | undefined } {
  const [, bracketed, plain = '', after = ''] = /^(?:\[([^\]]*)\]|([^:]*))(.*)$/s.exec(place) ?? []
  const host = (bracketed ?? plain).toLowerCase()
  if (host === '') throw badUrl(redacted, 'it has no host', 'Write it as scheme://host/path.')
  const port = after.startsWith(':') ? after.slice(1) : after
  // `host::module` is the rsync daemon: what follows the colons is no port.
  if (port === '' || daemon) return { host, port: undefined }
  if (!/^\d+$/.test(port) || Number(port) > 65535) {
    const hint =
      'Write a port from 0 to 65535; in a password, encode / as %2F, ? as %3F, # as %23, : as %3A and @ as %40.'
    throw badUrl(redacted, 'its port is not a number from 0 to 65535', hint)
  }
  return { host, port: Number(port) }
}

function parseQuery(query: string): Record<string, string[]> {
  const found = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 0 || equals === pair.length - 1) continue
    const name = decode(pair.slice(0, equals).replaceAll('+', ' '))
    const value = decode(pair.slice(equals + 1).replaceAll('+', ' '))
    found.set(name, [...(found.get(name) ?? []), value])
  }
  return Object.fromEntries(found)
}

/** Percent-decodes once, as UTF-8; what is no escape stays. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}

function badUrl(redacted: string, fault: string, hint: string): UserError {
  return new UserError('BAD_URL', `The URL ${redacted} cannot be used: ${fault}.`, {
    hint,
    extra: 'InvalidBackendURL',
  })
}
