/** Archives that duplicity 0.8.22 wrote: read, written again, compared byte for byte. */
import { expect, test } from '@jest/globals'
import { parseSignatureMember, parseVolumeMember } from '../../../src/format/member.ts'
import { comparePaths } from '../../../src/format/path-order.ts'
import { formatTarHeader, type TarEntry } from '../../../src/format/tar/header.ts'
import { TarReader } from '../../../src/format/tar/reader.ts'
import { archiveNames, fixture, inPieces } from './fixtures.ts'

const scenarios = ['a-plain', 'd-interrupted-full', 'f6-single-file']
const archives = scenarios.flatMap((scenario) =>
  archiveNames(scenario).map((name) => [scenario, name] as const),
)

async function entriesOf(bytes: Buffer): Promise<TarEntry[]> {
  const reader = new TarReader(inPieces(bytes, 10_000))
  const entries: TarEntry[] = []
  for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) entries.push(entry)
  return entries
}

test.each(archives)('the headers of %s/%s are written as duplicity wrote them', async (scenario, name) => {
  const bytes = fixture(scenario, name)
  let at = 0
  for (const entry of await entriesOf(bytes)) {
    const header = formatTarHeader(entry)
    expect(bytes.subarray(at, at + header.length).toString('latin1')).toBe(header.toString('latin1'))
    at += header.length + Math.ceil(entry.size / 512) * 512
  }
  const trailer = bytes.subarray(at)
  expect(trailer.every((byte) => byte === 0)).toBe(true)
  const closed = name.endsWith('sigtar.gz')
  expect(closed ? bytes.length % 10240 : trailer.length).toBe(0)
})

test.each(archives)('the members of %s/%s are known and in order', async (scenario, name) => {
  const parse = name.includes('sigtar') ? parseSignatureMember : parseVolumeMember
  const paths = (await entriesOf(fixture(scenario, name))).map((entry) => parse(entry.name).path)
  for (const [index, path] of paths.entries()) {
    if (index > 0) expect(comparePaths(paths[index - 1] ?? '', path)).toBeLessThanOrEqual(0)
  }
})

test('volumes and signature archive list the same paths', async () => {
  const times = '20231114T221320Z.to.20231115T221320Z'
  const volume = await entriesOf(fixture('a-plain', `duplicity-inc.${times}.vol1.difftar.gz`))
  const stored = volume.map(({ name }) => parseVolumeMember(name))
  const signatures = await entriesOf(fixture('a-plain', `duplicity-new-signatures.${times}.sigtar.gz`))
  const signed = signatures.map(({ name }) => parseSignatureMember(name))
  expect(signed.map(({ path }) => path)).toEqual(stored.map(({ path }) => path))
  const gone = (members: readonly { action: string }[]): boolean[] =>
    members.map(({ action }) => action === 'deleted')
  expect(gone(signed)).toEqual(gone(stored))
  expect(stored[0]).toEqual({ action: 'snapshot', path: '', block: undefined })
  expect(stored.find(({ path }) => path === 'new-\xe8-file')?.action).toBe('snapshot')
})

test('a single file as source is its own root', async () => {
  const names = await Promise.all(
    archiveNames('f6-single-file').map(async (name) =>
      (await entriesOf(fixture('f6-single-file', name))).map((e) => e.name),
    ),
  )
  expect(names).toEqual([
    ['signature/'],
    ['snapshot/'],
    ['multivol_diff/./1', 'multivol_diff/./2'],
    ['signature/'],
  ])
})
