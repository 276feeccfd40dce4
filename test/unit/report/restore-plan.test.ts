import { expect, test } from '@jest/globals'
import type { SecretFacts, SignerFacts } from '../../../src/engine/events-restore.ts'
import { planText, type RestorePlan } from '../../../src/report/restore-plan.ts'

/** The rows on keys and signer of a plan. */
function rows(
  signer: SignerFacts,
  plan: Partial<RestorePlan> = {},
  problem?: NonNullable<SecretFacts['problem']>,
): { keys: string | undefined; signer: string | undefined } {
  const keys = ['0123456789ABCDEF']
  const secrets = { encrypted: true, keys, passphrase: false, ...(problem && { problem }) }
  const lines = planText({
    job: '/etc',
    destination: 'file:///d',
    path: '/etc',
    target: '/out',
    conflict: 'fail',
    strip: undefined,
    signerIgnored: false,
    outlook: {
      sets: [],
      volumes: 0,
      bytes: 0,
      scratch: 0,
      tempDir: '/tmp',
      undescribed: [],
      entries: 0,
      contentBytes: 0,
      unknownSizes: 0,
      conflicts: 0,
      stripped: 2,
      secrets,
      signer,
    },
    conflicts: [],
    notes: [],
    ...plan,
  })
  const row = (name: string): string | undefined =>
    lines
      .find((line) => line.startsWith(`  ${name} `))
      ?.slice(name.length + 2)
      .trim()
  return { keys: row('keys'), signer: row('signer') }
}

test('a signer who is not the expected one is no missing key', () => {
  const problem = { code: 'WRONG_SIGNER', message: 'Signed by A, not B\nmore', hint: 'Do not trust it.' }
  expect(rows({ state: 'unknown', keys: ['A'] }, {}, problem)).toEqual({
    keys: '0123456789ABCDEF: at hand',
    signer: 'NOT the expected one: Signed by A, not B. Do not trust it.',
  })
  const missing = { code: 'KEY_MISSING', message: 'No.', hint: 'Bring it.' }
  expect(rows({ state: 'unknown', keys: [] }, {}, missing)).toEqual({
    keys: '0123456789ABCDEF: NOT at hand. Bring it.',
    signer: 'unknown until the volumes are read',
  })
})

test('why a signer was not checked', () => {
  const claimed = { state: 'claimed', keys: ['A'] } as const
  expect(rows(claimed).signer).toContain('not checked, because no "sign_key" is configured')
  expect(rows(claimed, { signerIgnored: true }).signer).toContain(
    'not checked, because --trust-unsigned is given',
  )
})

test('why what gives power is left out', () => {
  const verified = { state: 'verified', keys: ['A'] } as const
  const words = 'set-id bits, file capabilities and device files are left out (2 objects)'
  expect(rows(verified).signer).toBe('signed by A, as expected')
  expect(rows(verified, { strip: 'owner-map' }).signer).toBe(
    `signed by A, as expected; ${words} because owners are mapped`,
  )
  expect(rows({ state: 'unsigned', keys: [] }, { strip: 'unsigned' }).signer).toBe(
    `UNSIGNED; ${words} unless --trust-unsigned is given`,
  )
})
