/** Names that are not UTF-8, and patterns that no command line could hold, from `duba` to the real engine and back. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { toBytes } from '../../src/lib/bytestring.ts'
import { dubaCommand } from '../support/duba.ts'
import { baseEnvironment } from '../support/program.ts'
import { useTempDir } from '../support/temp.ts'
import { Site } from './site.ts'

jest.setTimeout(180_000)

const site = new Site(useTempDir('names'))
/** In Latin-1. */
const cafe = 'caf\xe9'
const shown = String.raw`caf\xe9`
const odd = 'new\nline'
const bytes = (path: string): Buffer => toBytes(site.at(path))

/** Runs `duba` with words as a shell reads them: Node could not hand on bytes. */
function typed(words: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const script = `exec "$0" "$1" --config "$2" ${words}`
  const args = ['-c', script, ...dubaCommand, site.at('duba.json')]
  return new Promise((resolve) => {
    execFile(
      '/bin/bash',
      args,
      { cwd: site.root, env: baseEnvironment(site.root) },
      (error, stdout, stderr) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
      },
    )
  })
}

/** A path below the source as it is typed. */
const word = (below: string): string => `$'${site.source}/${below}'`

/** Writes the pattern file: further lines and those that are meant. */
function exclude(lines: readonly string[]): void {
  const all = [...lines, `${site.source}/l\xe4stig\n`, `${site.source}/e\n`]
  writeFileSync(site.at('patterns'), toBytes(all.join('')), { mode: 0o600 })
}

beforeAll(async () => {
  site.fill()
  mkdirSync(bytes(`src/${cafe}`))
  for (const [name, content] of [
    [`src/${cafe}/\xff`, 'kept'],
    ['src/l\xe4stig', 'left out'],
    [`src/${odd}`, 'left out'],
    ['src/line', 'kept'],
    ['src/e', 'left out'],
  ] as const)
    writeFileSync(bytes(name), content)
  const many = Array.from({ length: 40_000 }, (_, at) => `${site.source}/cache/${at}\n`)
  exclude(many)
  site.configure({ exclude_files: [site.at('patterns')], excludes: [`${site.source}/${odd}`] })
  await site.backupWell()
  exclude([])
}, 180_000)

describe('a list of 40,000 patterns with line ends and Latin-1 in it', () => {
  test('leaves out what it names, and nothing else', async () => {
    const { status, stdout } = await typed(`ls ${word('')}`)
    expect(status).toBe(0)
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(line.lastIndexOf('/') + 1))
    expect(names).toEqual(['src', 'a', 'b', 'c', shown, 'd', 'large', 'line'])
  })
})

describe('a name that is not UTF-8', () => {
  test('is listed, found, and has versions', async () => {
    const below = await typed(`ls ${word(String.raw`caf\xe9`)}`)
    expect(below.stdout).toContain(String.raw`/${shown}/\xff`)
    expect((await typed(String.raw`find $'c?f\xe9'`)).stdout).toContain(`/src/${shown}\n`)
    expect((await typed(`versions ${word(String.raw`caf\xe9/\xff`)}`)).stdout).toContain('stored')
    const { stdout } = await typed(`ls --json ${word(String.raw`caf\xe9`)}`)
    expect(stdout).toContain(String.raw`/caf\udce9/\udcff"`)
  })

  test('is compared', async () => {
    writeFileSync(bytes(`src/${cafe}/later`), 'later')
    const { stdout } = await typed('status --json')
    const [, end = ''] = /"end": "([^"]+)"/.exec(stdout) ?? []
    await site.backupWell()
    const told = await typed(`diff ${end} now ${word(String.raw`caf\xe9`)}`)
    expect(told).toMatchObject({ status: 0, stderr: '' })
    expect(told.stdout).toContain(`+ ${site.source}/${shown}/later`)
  })

  test('is restored into a directory with such a name, and in its place', async () => {
    const there = await typed(String.raw`restore ${word(String.raw`caf\xe9`)} --to $'r\xe9sum\xe9'`)
    expect(there).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(bytes(`r\xe9sum\xe9/${cafe}/\xff`), 'utf8')).toBe('kept')
    rmSync(bytes(`src/${cafe}`), { recursive: true })
    expect(await typed(`restore ${word(String.raw`caf\xe9`)} --in-place`)).toMatchObject({ status: 0 })
    expect(readFileSync(bytes(`src/${cafe}/\xff`), 'utf8')).toBe('kept')
  })

  test('is said not to be there where it is not', async () => {
    const { status, stderr } = await typed(`versions ${word(String.raw`caf\xe8`)}`)
    expect([status, stderr]).toEqual([1, `duba: ${site.source}/caf\\xe8 is in no backup\n`])
  })
})
