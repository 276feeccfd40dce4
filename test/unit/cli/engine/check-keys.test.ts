import { expect, test } from '@jest/globals'
import type { Crypt, CryptSettings } from '../../../../src/crypt/crypt.ts'
import { UserError } from '../../../../src/lib/errors.ts'
import { runFake } from './fakes.ts'

/** A crypt that cannot use keys whose name begins with `bad`. */
const createCrypt = (settings: CryptSettings): Crypt => {
  const { recipients, hiddenRecipients, signKey = '' } = settings
  const bad = [...recipients, ...hiddenRecipients, signKey].find((key) => key.startsWith('bad'))
  const prepareWriting = (): Promise<void> =>
    bad === undefined
      ? Promise.resolve()
      : Promise.reject(new UserError('KEY_UNUSABLE', `The key ${bad} expired.`, { hint: 'Prolong it.' }))
  return { prepareWriting, close: () => Promise.resolve() } as Crypt
}

const checked = async (...argv: string[]): Promise<{ status: number; told: unknown[] }> => {
  const { status, written } = await runFake(['keys', '--event-fd', '3', ...argv], { parts: { createCrypt } })
  const events = (written['3'] ?? '').trim().split('\n')
  const told = events
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type }) => type === 'key-checked')
    .map(({ key, use, usable }) => [key, use, usable])
  return { status, told }
}

test('every key is judged by itself', async () => {
  expect(
    await checked('--encrypt-key', 'bad1', '--encrypt-key', 'k2', '--hidden-encrypt-key', 'bad3'),
  ).toEqual({
    status: 1,
    told: [
      ['bad1', 'encrypt', false],
      ['k2', 'encrypt', true],
      ['bad3', 'hidden', false],
    ],
  })
  expect(await checked('--encrypt-key', 'k1', '--sign-key', 'ABCDEF01')).toEqual({
    status: 0,
    told: [
      ['k1', 'encrypt', true],
      ['ABCDEF01', 'sign', true],
    ],
  })
})

test('without keys a passphrase is what counts, and without encryption nothing', async () => {
  expect(await checked()).toEqual({ status: 0, told: [['', 'passphrase', true]] })
  expect(await checked('--no-encryption')).toEqual({ status: 0, told: [] })
})
