/** gpg is played by a script that notes how it was called. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import { cryptSettings } from '../../support/crypt.ts'
import { fingerprints, keyFile, longId } from '../../support/gpg-home.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('together')
const calls = join(dir, 'calls')
const { host, master } = fingerprints

beforeEach(() => {
  rmSync(calls, { force: true })
})

const record = (fingerprint: string, validity: string): string =>
  `pub:${validity}:4096:1:${fingerprint.slice(-16)}:1700000000:::-:::escaESCA::::::23::0:\nfpr:::::::::${fingerprint}:\n`

/** A gpg with the two keys: what is named is listed (or all of it) and exported. */
function fakeGpg(validity = 'u'): string {
  const path = join(dir, 'gpg')
  const cases = [host, master].flatMap((fingerprint) => [
    `*--list-keys*${fingerprint.slice(-16)}*) printf '${record(fingerprint, validity).replaceAll('\n', '\\n')}';;`,
  ])
  const exports = (['host', 'master'] as const).map(
    (name) =>
      `case "$*" in *--export\\ *${fingerprints[name]}*) gpg --dearmor < ${keyFile(name, 'public')};; esac`,
  )
  const listings = cases.map((each) => `case "$*" in ${each} esac`)
  const script = ['#!/bin/sh', `echo "$*" >> ${calls}`, ...listings, ...exports, 'exit 0', '']
  writeFileSync(path, script.join('\n'), { mode: 0o755 })
  return path
}

async function recipientsBy(names: readonly string[], validity?: string): Promise<readonly string[]> {
  const settings = { recipients: names, gpgBinary: fakeGpg(validity), encryption: 'keys' as const }
  const crypt = createCrypt(cryptSettings(dir, { ...settings, env: { PATH: '/usr/bin:/bin' } }))
  try {
    await crypt.prepareWriting()
    return await crypt.describeRecipients()
  } finally {
    await crypt.close()
  }
}

const callCount = (): number => readFileSync(calls, 'utf8').trim().split('\n').length

test('two keys are asked for in two calls, a fingerprint and a key id', async () => {
  expect(await recipientsBy([host, longId('master')])).toEqual([host, master].sort())
  expect(callCount()).toBe(2)
})

test('one key takes two calls too', async () => {
  expect(await recipientsBy([host])).toEqual([host])
  expect(callCount()).toBe(2)
})

test('a key that is not there is told by its name, whatever stands beside it', async () => {
  await expect(recipientsBy([host, '0123456789ABCDEF'])).rejects.toThrow(
    'The key 0123456789ABCDEF was not found',
  )
})

test('keys that are not valid are refused as by themselves', async () => {
  await expect(recipientsBy([host, longId('master')], '-')).rejects.toThrow('does not call it valid')
  await expect(recipientsBy([host, master], 'e')).rejects.toThrow('expired')
})
