import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  baseName,
  defaultNames,
  formatName,
  type NameStyle,
  parseName,
  type RepositoryName,
} from '../../../src/format/filename.ts'

const T0 = 1700000000
const T1 = T0 + 86400

const full = { type: 'full', start: T0, end: T0, volume: 0, partial: false } as const
const inc = { type: 'inc', start: T0, end: T1, volume: 0, partial: false } as const
const short: NameStyle = { ...defaultNames, form: 'short' }
const prefixed: NameStyle = {
  ...defaultNames,
  prefix: 'all-',
  prefixManifest: 'man-',
  prefixArchive: 'arc-',
  prefixSignature: 'sig-',
}

test.each<[string, RepositoryName]>([
  ['duplicity-full.20231114T221320Z.vol1.difftar.gz', { ...full, kind: 'volume', volume: 1, form: 'gz' }],
  ['duplicity-full.20231114T221320Z.vol12.difftar', { ...full, kind: 'volume', volume: 12, form: 'plain' }],
  ['duplicity-full.20231114T221320Z.manifest', { ...full, kind: 'manifest', form: 'plain' }],
  ['duplicity-full.20231114T221320Z.manifest.gz', { ...full, kind: 'manifest', form: 'gz' }],
  [
    'duplicity-full.20231114T221320Z.manifest.part',
    { ...full, kind: 'manifest', partial: true, form: 'plain' },
  ],
  ['duplicity-full-signatures.20231114T221320Z.sigtar.gpg', { ...full, kind: 'signatures', form: 'gpg' }],
  [
    'duplicity-inc.20231114T221320Z.to.20231115T221320Z.vol3.difftar.gpg',
    { ...inc, kind: 'volume', volume: 3, form: 'gpg' },
  ],
  [
    'duplicity-inc.20231114T221320Z.to.20231115T221320Z.manifest',
    { ...inc, kind: 'manifest', form: 'plain' },
  ],
  [
    'duplicity-new-signatures.20231114T221320Z.to.20231115T221320Z.sigtar.part',
    { ...inc, kind: 'signatures', partial: true, form: 'plain' },
  ],
])('long name %s', (name, file) => {
  expect(parseName(name, defaultNames)).toEqual(file)
  expect(formatName(file, defaultNames)).toBe(name)
})

test.each<[string, RepositoryName]>([
  ['df.s44we8.1.dt.z', { ...full, kind: 'volume', volume: 1, form: 'gz' }],
  ['df.s44we8.10.dt', { ...full, kind: 'volume', volume: 36, form: 'plain' }],
  ['df.s44we8.m', { ...full, kind: 'manifest', form: 'plain' }],
  ['df.s44we8.m.p', { ...full, kind: 'manifest', partial: true, form: 'plain' }],
  ['dfs.s44we8.st.g', { ...full, kind: 'signatures', form: 'gpg' }],
  ['di.s44we8.s46r28.1.dt.g', { ...inc, kind: 'volume', volume: 1, form: 'gpg' }],
  ['di.s44we8.s46r28.m.g', { ...inc, kind: 'manifest', form: 'gpg' }],
  ['dns.s44we8.s46r28.st.z', { ...inc, kind: 'signatures', form: 'gz' }],
])('short name %s', (name, file) => {
  expect(parseName(name, short)).toEqual(file)
  expect(parseName(name, defaultNames)).toEqual(file)
  expect(formatName(file, short)).toBe(name)
})

test('with short names in force long ones are foreign', () => {
  expect(parseName('duplicity-full.20231114T221320Z.manifest', short)).toBeUndefined()
})

test('old names, which the zone makes differ, are read by default too', () => {
  expect(parseName('duplicity-full.2023-11-14T17:13:20-05:00.vol2.difftar.gz', defaultNames)).toEqual({
    ...full,
    kind: 'volume',
    volume: 2,
    form: 'gz',
  })
  const name = 'duplicity-inc.2023-11-14T22_13_20Z.to.2023-11-15T22_13_20Z.manifest'
  expect(parseName(name, defaultNames)).toBeUndefined()
  expect(parseName(name, { ...defaultNames, timeSeparator: '_' })).toMatchObject({ start: T0, end: T1 })
})

test('prefixes differ by kind and are taken literally', () => {
  const file = { ...full, kind: 'volume', volume: 1, form: 'gz' } as const
  expect(formatName(file, prefixed)).toBe('all-arc-duplicity-full.20231114T221320Z.vol1.difftar.gz')
  expect(parseName('all-arc-duplicity-full.20231114T221320Z.vol1.difftar.gz', prefixed)).toEqual(file)
  expect(parseName('all-man-duplicity-full.20231114T221320Z.vol1.difftar.gz', prefixed)).toBeUndefined()
  expect(parseName('duplicity-full.20231114T221320Z.vol1.difftar.gz', prefixed)).toBeUndefined()
  const dotted = { ...defaultNames, prefix: 'a.*' }
  expect(parseName('a.*df.s44we8.m', dotted)).toMatchObject({ kind: 'manifest' })
  expect(parseName('abcdf.s44we8.m', dotted)).toBeUndefined()
})

test('anything may follow behind a dot', () => {
  for (const junk of ['.gz~', '.gz.tmp', '.gpg.par2', '.', '.tmp']) {
    expect(parseName(`duplicity-full.20231114T221320Z.vol1.difftar${junk}`, defaultNames)).toMatchObject({
      volume: 1,
    })
  }
  expect(parseName('duplicity-full.20231114T221320Z.vol1.difftar~', defaultNames)).toBeUndefined()
  expect(parseName('duplicity-full.20231114T221320Z.manifest-old', defaultNames)).toBeUndefined()
})

test('the end of the name tells the form', () => {
  const form = (suffix: string): string | undefined =>
    parseName(`duplicity-full.20231114T221320Z.vol1.difftar${suffix}`, defaultNames)?.form
  expect(form('.gz~')).toBe('plain')
  expect(form('.foogz')).toBe('gz')
  expect(form('.z')).toBe('gz')
  expect(form('.g')).toBe('gpg')
  expect(form('.p7m')).toBe('gpg')
  expect(form('.gpg.par2')).toBe('plain')
  expect(parseName('df.s44we8.m.gpg', short)?.form).toBe('plain')
})

test.each([
  '',
  'lockfile',
  'duplicity-full.20231114T221320Z.jsonstat.gpg',
  'duplicity-inc.20231114T221320Z.to.20231115T221320Z.jsonstat',
  'duplicity-full.20231314T221320Z.manifest',
  'duplicity-full.19700101T000000Z.manifest',
  'duplicity-full.0.manifest',
  'duplicity-full.3D.manifest',
  'duplicity-full.now.manifest',
  'duplicity-full.99999999999999999999.manifest',
  'duplicity-full.20231114T221320Z.vol0.difftar.gz',
  'duplicity-full.20231114T221320Z.volx.difftar.gz',
  'duplicity-full.20231114T221320Z.vol99999999999999999999.difftar.gz',
  'duplicity-inc.20231114T221320Z.manifest',
  'duplicity-new-signatures.20231114T221320Z.sigtar.gz',
  '.duplicity-full.20231114T221320Z.manifest',
  'df.zzzzzzzzzzzzzzzzzzzz.m',
  'df.0.m',
  'df..m',
  'df.S44WE8.m',
  `duplicity-inc.${'.to.'.repeat(3000)}`,
])('%j is foreign', (name) => {
  expect(parseName(name, defaultNames)).toBeUndefined()
})

test('a date in lower case or in other forms is a time as well', () => {
  for (const time of ['20231114t221320z', '1700000000', '20231114T221320x']) {
    expect(parseName(`duplicity-full.${time}.manifest`, defaultNames)?.start).toBe(T0)
  }
})

const files = fc
  .record({
    kind: fc.constantFrom('volume', 'manifest', 'signatures'),
    type: fc.constantFrom('full', 'inc'),
    start: fc.integer({ min: 1, max: 4102000000 }),
    end: fc.integer({ min: 1, max: 4102000000 }),
    volume: fc.integer({ min: 1, max: 100000 }),
    partial: fc.boolean(),
    form: fc.constantFrom('plain', 'gz', 'gpg'),
  } as const)
  .map(({ kind, type, start, end, volume, partial, form }): RepositoryName => ({
    kind,
    type,
    start,
    end: type === 'full' ? start : end,
    volume: kind === 'volume' ? volume : 0,
    partial: partial && kind !== 'volume',
    form,
  }))
const styles = fc.record({
  prefix: fc.string(),
  prefixManifest: fc.string(),
  prefixArchive: fc.string(),
  prefixSignature: fc.string(),
  form: fc.constantFrom('long', 'short', 'old'),
  timeSeparator: fc.constantFrom(':', '_', '.', '+'),
} as const)

test('what is formatted is parsed back', () => {
  fc.assert(
    fc.property(files, styles, (file, style) => {
      expect(parseName(formatName(file, style), style)).toEqual(file)
    }),
  )
})

test('no name makes the parser throw', () => {
  const parts = fc.constantFrom(
    'duplicity-',
    'full',
    'inc',
    '.',
    '.to.',
    'vol',
    '1',
    'difftar',
    'manifest',
    'T',
    '\n',
    'é',
    '20231114T221320Z',
  )
  fc.assert(
    fc.property(
      fc.array(parts).map((list) => list.join('')),
      (name) => {
        parseName(name, defaultNames)
      },
    ),
  )
})

test('both copies of a metadata file have one base name', () => {
  for (const suffix of ['', '.g', '.gpg', '.z', '.gz', '.part'])
    expect(baseName(`x.sigtar${suffix}`)).toBe('x.sigtar')
  expect(baseName('x.sigtar.gz.part')).toBe('x.sigtar.gz')
})
