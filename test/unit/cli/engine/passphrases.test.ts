import { expect, test } from '@jest/globals'
import { type Asking, findPassphrases } from '../../../../src/cli/engine/passphrases.ts'
import type { Keys } from '../../../../src/cli/engine/requests.ts'

const symmetric: Keys = { encryption: 'symmetric', recipients: [], hiddenRecipients: [], signKey: undefined }
const keys: Keys = { ...symmetric, encryption: 'keys', recipients: ['AA'] }
const signed: Keys = { ...keys, signKey: 'BB' }
const shared: Keys = { ...keys, hiddenRecipients: ['BB'], signKey: 'BB' }

async function find(asking: Partial<Asking>, answers?: (string | undefined)[]) {
  const prompts: string[] = []
  const said: string[] = []
  const found = await findPassphrases({
    command: 'backup',
    keys: symmetric,
    useAgent: false,
    env: {},
    say: ({ text }) => said.push(text),
    ask:
      answers &&
      ((prompt) => {
        prompts.push(prompt)
        return Promise.resolve(answers.shift())
      }),
    ...asking,
  })
  return { found, prompts, said }
}

test('the environment comes first, even if empty', async () => {
  const env = { PASSPHRASE: '', SIGN_PASSPHRASE: 's' }
  const { found, prompts } = await find({ env, keys: signed }, [])
  expect(found).toEqual({ passphrase: '', signPassphrase: 's' })
  expect(prompts).toEqual([])
})

test('one stands for the other where the key is the same', async () => {
  const fromSign = await find({ keys: shared, env: { SIGN_PASSPHRASE: 's' } }, [])
  expect(fromSign.found.passphrase).toBe('s')
  expect(fromSign.said).toEqual(['Reuse configured SIGN_PASSPHRASE as PASSPHRASE'])
  const fromOther = await find({ keys: shared, env: { PASSPHRASE: 'p' } }, [])
  expect(fromOther.found.signPassphrase).toBe('p')
  expect(fromOther.said).toEqual(['Reuse configured PASSPHRASE as SIGN_PASSPHRASE'])
  const different = await find({ keys: signed, env: { PASSPHRASE: 'p' } }, ['typed'])
  expect(different.found.signPassphrase).toBe('typed')
})

test.each([
  [
    'without encryption',
    { keys: { ...symmetric, encryption: 'none' as const }, command: 'restore' as const },
  ],
  ['with the agent', { useAgent: true }],
  ['for a backup to keys', { keys }],
  ['for a listing', { command: 'list-current-files' as const }],
  ['for the status', { command: 'collection-status' as const }],
])('nobody is asked %s', async (_, asking) => {
  const { found, prompts } = await find(asking, [])
  expect(found).toEqual({ passphrase: undefined, signPassphrase: undefined })
  expect(prompts).toEqual([])
})

test('a restore and a verification ask once', async () => {
  for (const command of ['restore', 'verify'] as const) {
    const { found, prompts } = await find({ command, keys }, ['secret'])
    expect(found.passphrase).toBe('secret')
    expect(prompts).toEqual(['GnuPG passphrase for decryption: '])
  }
})

test('a symmetric backup asks until both answers are the same and not empty', async () => {
  const { found, prompts, said } = await find({}, ['a', 'b', '', '', 'c', 'c'])
  expect(found.passphrase).toBe('c')
  expect(prompts.slice(0, 2)).toEqual([
    'GnuPG passphrase for decryption: ',
    'Retype passphrase for decryption to confirm: ',
  ])
  expect(said).toEqual([
    'First and second passphrases do not match!  Please try again.',
    'Cannot use empty passphrase with symmetric encryption!  Please try again.',
  ])
})

test('whoever gives up, or is not there, has given none', async () => {
  expect((await find({}, ['a', undefined])).found.passphrase).toBeUndefined()
  expect((await find({})).found.passphrase).toBeUndefined()
})
