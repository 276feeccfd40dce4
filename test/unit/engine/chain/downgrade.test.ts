import { expect, test } from '@jest/globals'
import { readCollection } from '../../../../src/engine/chain/collection.ts'
import { plainMetadata, withoutDowngrades } from '../../../../src/engine/chain/downgrade.ts'
import { defaultNames } from '../../../../src/format/filename.ts'

const time = (day: number): string => `202311${14 + day}T221320Z`

/** Names of a set: `full 0 gpg`, `inc 0 1 plain`; `mixed` has a plain manifest and an encrypted volume. */
function namesOf(set: string): string[] {
  const [type = '', ...rest] = set.split(' ')
  const form = rest.pop() ?? ''
  const times = rest.map((day) => time(Number(day))).join('.to.')
  const signatures = `duplicity-${type === 'full' ? 'full' : 'new'}-signatures.${times}.sigtar`
  const encrypted = form === 'gpg'
  return [
    `duplicity-${type}.${times}.manifest${encrypted ? '.gpg' : ''}`,
    `duplicity-${type}.${times}.vol1.difftar.${form === 'plain' ? 'gz' : 'gpg'}`,
    `${signatures}.${encrypted ? 'gpg' : 'gz'}`,
  ]
}

function trusted(sets: readonly string[], signed = false): { chains: number[]; refused: number } {
  const { chains } = readCollection(sets.flatMap(namesOf), [], defaultNames)
  const result = withoutDowngrades(chains, signed)
  return { chains: result.chains.map(({ sets: own }) => own.length), refused: result.refused.length }
}

test.each<[string, string[], number[], number]>([
  ['an encrypted chain', ['full 0 gpg', 'inc 0 1 gpg'], [2], 0],
  ['a plain chain', ['full 0 plain', 'inc 0 1 plain'], [2], 0],
  ['somebody who began to encrypt', ['full 0 plain', 'inc 0 1 gpg', 'full 2 gpg'], [2, 1], 0],
  ['a plain set behind encrypted ones', ['full 0 gpg', 'inc 0 1 gpg', 'inc 1 2 plain'], [2], 1],
  ['what builds on a plain set', ['full 0 gpg', 'inc 0 1 plain', 'inc 1 2 gpg'], [1], 2],
  ['a plain chain behind an encrypted one', ['full 0 gpg', 'full 1 plain', 'inc 1 2 plain'], [1], 2],
  ['a plain manifest of encrypted volumes', ['full 0 mixed'], [], 1],
])('%s', (_, sets, chains, refused) => {
  expect(trusted(sets)).toEqual({ chains, refused })
})

test.each<[string, string[], number[], number]>([
  ['an encrypted chain is used', ['full 0 gpg', 'inc 0 1 gpg'], [2], 0],
  ['a plain chain is not', ['full 0 plain', 'inc 0 1 plain'], [], 2],
  ['nor encrypted incrementals of a plain full', ['full 0 plain', 'inc 0 1 gpg', 'full 2 gpg'], [1], 2],
  ['nor a plain chain before encrypted ones', ['full 0 plain', 'full 1 gpg'], [1], 1],
])('where a signer is demanded %s', (_, sets, chains, refused) => {
  expect(trusted(sets, true)).toEqual({ chains, refused })
})

test('plain signatures of an encrypted set are told', () => {
  const names = ['full 0 gpg', 'inc 0 1 plain']
    .flatMap(namesOf)
    .map((name) => name.replace('sigtar.gpg', 'sigtar.gz'))
  const { remote } = readCollection(names, [], defaultNames)
  const refused = (signed: boolean): string[] => [...plainMetadata(remote, signed)].map(({ name }) => name)
  expect(refused(false)).toEqual([`duplicity-full-signatures.${time(0)}.sigtar.gz`])
  expect(refused(true).sort()).toEqual(names.filter((name) => /manifest$|sigtar/.test(name)).sort())
})
