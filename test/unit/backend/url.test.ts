import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { defaultBackupName, isUrl, parseUrl, redactUrl } from '../../../src/backend/url.ts'
import { hasCode, UserError } from '../../../src/lib/errors.ts'

interface Vector {
  url: string
  error?: string
  scheme: string
  hostname: string | null
  port: number | null
  username: string | null
  password: string | null
  path: string
  query_args: Record<string, string[]>
  isBackendUrl: boolean
  defaultName: string
  prefix?: string
  inner?: { scheme: string; hostname: string | null; port: number | null; path: string }
}

const file = new URL('../../fixtures/vectors/url-vectors.json', import.meta.url)
const { urls } = JSON.parse(readFileSync(file, 'utf8')) as { urls: Vector[] }
const orNull = (value: unknown): unknown => value ?? null

function failure(url: string): UserError {
  try {
    parseUrl(url)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error(`${url} was accepted`)
}

describe('as duplicity splits them', () => {
  const good = urls.filter((each) => each.error === undefined && each.isBackendUrl)
  const bad = urls.filter((each) => each.error !== undefined)
  const paths = urls.filter((each) => each.error === undefined && !each.isBackendUrl)

  test('the vectors hold all three kinds', () => {
    expect([good.length > 80, bad.length > 5, paths.length > 2]).toEqual([true, true, true])
  })

  test.each(good)('$url', (vector) => {
    expect(isUrl(vector.url)).toBe(true)
    const url = parseUrl(vector.url)
    const { scheme, hostname, port, path } = vector.inner ?? vector
    expect({ ...url, host: orNull(url.host), port: orNull(url.port) }).toMatchObject({
      scheme,
      host: hostname,
      port,
      path,
      prefixes: vector.prefix === undefined ? [] : [vector.prefix],
      query: vector.query_args,
    })
    expect([orNull(url.user), orNull(url.password)]).toEqual([vector.username, vector.password])
    expect(defaultBackupName(vector.url)).toBe(vector.defaultName)
  })

  test.each(bad)('$url is refused', ({ url }) => {
    const error = failure(url)
    expect(error.code).toBe('BAD_URL')
    expect(error.extra).toBe('InvalidBackendURL')
    expect(error.message).toContain(url)
    expect(error.hint).toMatch(/^Write /)
  })

  test.each(paths)('$url is a path', ({ url }) => {
    expect(isUrl(url)).toBe(false)
    expect(failure(url).code).toBe('BAD_URL')
  })
})

// Asked of duplicity 0.8.22 besides the vectors.
test.each([
  ['file://///x', '///x'],
  ['file:////', '//'],
  ['file:/x', '///x'],
  ['file://a%20b/c%20d', '//a%20b/c d'],
  ['file:///x%zz', '///x%zz'],
  ['file:///%C3%A4', '///ä'],
  ['file:///a\tb', '///ab'],
  [' file:///x', '///x'],
  ['sftp://h/a;b/c;d', '/a;b/c'],
  ['webdav://h/a;b', '/a;b'],
  ['swift:/x', '///x'],
  ['rclone://r:/a%20b', '//r:/a b'],
  ['gio+par2+file:///x', '///x'],
])('the path of %j is %j', (url, path) => {
  expect(parseUrl(url).path).toBe(path)
})

test.each([
  'ftp://[::1/d',
  'b2://[x/y',
  'ftp://h:21:22/x',
  'ftp://h:+21/d',
  'ftp://:21/d',
  'http:x',
  'swift://',
])('%s is refused', (url) => {
  expect(hasCode(failure(url), 'BAD_URL')).toBe(true)
})

test('hosts: lower case, IPv6 in brackets, ports', () => {
  expect(parseUrl('ftp://[::1]:21/d')).toMatchObject({ host: '::1', port: 21 })
  expect(parseUrl('ftp://HOST:/D')).toMatchObject({ host: 'host', port: undefined, path: '/D' })
  expect(parseUrl('rsync://h:abc::m/d')).toMatchObject({ host: 'h', port: undefined })
  expect(parseUrl('ssh://h:22/x')).toMatchObject({ host: undefined, port: 22, path: '//h:22/x' })
})

test('a query keeps its order, decodes once and drops empty values', () => {
  expect(parseUrl('ftp://h/d?a=b&c=&d+e=f+g&x&a=%2526').query).toEqual({ a: ['b', '%26'], 'd e': ['f g'] })
})

describe('passwords are hidden', () => {
  test.each([
    ['ftp://user:pass@host/dir', 'ftp://user:*****@host/dir'],
    ['ftp://:pass@host/dir', 'ftp://:*****@host/dir'],
    ['ftp://user:p@ss@host/d@e', 'ftp://user:*****@host/d@e'],
    ['par2+ftp://user:pass@host/dir', 'par2+ftp://user:*****@host/dir'],
    ['b2://id:ke/y@bucket/dir', 'b2://id:*****@bucket/dir'],
    ['ftp://user:pa#ss@host/dir', 'ftp://user:*****@host/dir'],
    ['ftp://user:pa/ss@host/dir', 'ftp://user:*****@host/dir'],
    ['ftp:user:pass@host', 'ftp:user:*****@host'],
    ['ftp:/\t/user:pass@host', 'ftp://user:*****@host'],
    ['ftp://user:@host/dir', 'ftp://user:@host/dir'],
    ['ftp://user@host:21/dir', 'ftp://user@host:21/dir'],
    ['sftp://host:22/dir@2020', 'sftp://host:22/dir@2020'],
    ['file:///a:b@c', 'file:///a:b@c'],
    ['/a:b@c', '/a:b@c'],
  ])('%j → %j', (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted)
  })

  test('whatever the password is, neither the redacted URL nor an error holds it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ftp', 'sftp', 'b2', 'webdavs', 'par2+ftp', 'xyz'),
        fc.string({ minLength: 1 }).map((text) => `pW${encodeURIComponent(text)}Zq`),
        fc.constantFrom('', '/', '#', '?', '@', '[', ':'),
        fc.constantFrom('/dir', '', ':99999/x', ':x', ']/x'),
        (scheme, word, odd, tail) => {
          const url = `${scheme}://user:${word}${odd}${word}@host${tail}`
          let shown = redactUrl(url)
          try {
            shown += parseUrl(url).redacted
          } catch (error) {
            shown += `${String(error)} ${(error as UserError).hint ?? ''}`
          }
          return !shown.includes(word)
        },
      ),
    )
  })
})
