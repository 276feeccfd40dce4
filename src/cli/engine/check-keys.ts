/** `keys`: says of every key on the command line whether it can be used, before a backup needs it. Touches no destination. */
import type { CryptSettings } from '../../crypt/crypt.ts'
import type { KeyUse } from '../../engine/events.ts'
import { hasCode, type UserError } from '../../lib/errors.ts'
import { makeTempDir, tempRoot } from './directories.ts'
import { findPassphrases } from './passphrases.ts'
import type { Performance } from './performance.ts'
import { cryptSettings, keysOf } from './requests.ts'

/** Asks for each key; gives the exit status: 0 if all can be used, else 1. */
export async function checkKeys(performance: Performance): Promise<number> {
  const { line, io, say } = performance
  const { values } = line
  const asking = { keys: keysOf(values), useAgent: values.has('use-agent'), env: io.env, say }
  const passphrases = await findPassphrases({ ...asking, command: 'backup', ask: undefined })
  const tempDir = makeTempDir(tempRoot(values, io))
  try {
    const settings = cryptSettings(values, { passphrases, env: io.env, tempDir: tempDir.path })
    return (await checkAll(settings, performance)) ? 0 : 1
  } finally {
    tempDir.remove()
  }
}

async function checkAll(settings: CryptSettings, performance: Performance): Promise<boolean> {
  const { encryption, signKey } = settings
  if (encryption === 'none') return true
  const alone = { ...settings, recipients: [], hiddenRecipients: [], signKey: undefined }
  const check = (key: string, use: KeyUse, own: CryptSettings): Promise<boolean> =>
    tryKey(key, use, own, performance)
  const usable: string[] = []
  let all = true
  if (encryption === 'symmetric') all = await check('', 'passphrase', alone)
  for (const key of settings.recipients) {
    if (await check(key, 'encrypt', { ...alone, recipients: [key] })) usable.push(key)
    else all = false
  }
  for (const key of settings.hiddenRecipients) {
    if (await check(key, 'hidden', { ...alone, hiddenRecipients: [key] })) usable.push(key)
    else all = false
  }
  // A signature goes round what is encrypted: without anything to encrypt to it cannot be tried.
  if (signKey === undefined || (usable.length === 0 && encryption === 'keys')) return all
  return (await check(signKey, 'sign', { ...alone, recipients: usable, signKey })) && all
}

async function tryKey(
  key: string,
  use: KeyUse,
  settings: CryptSettings,
  { parts, emit }: Performance,
): Promise<boolean> {
  const crypt = parts.createCrypt(settings, undefined)
  try {
    await crypt.prepareWriting()
    emit({ type: 'key-checked', key, use, usable: true, detail: '', hint: '' })
    return true
  } catch (error) {
    if (!hasCode(error, 'KEY_UNUSABLE', 'SECRET_MISSING', 'SECRET_MISMATCH', 'GPG_FAILED')) throw error
    const { detail, hint } = wrongPassphrase(key, use, error) ?? {
      detail: error.message,
      hint: error.dubaHint ?? '',
    }
    emit({ type: 'key-checked', key, use, usable: false, detail, hint })
    return false
  } finally {
    await crypt.close()
  }
}

/** In the words of gpg a wrong passphrase is hard to find, and it does not say whose. */
function wrongPassphrase(
  key: string,
  use: KeyUse,
  { message }: UserError,
): { readonly detail: string; readonly hint: string } | undefined {
  if (use !== 'sign' || !/bad passphrase/i.test(message)) return undefined
  const detail = `The passphrase does not open the secret of the signing key ${key}.`
  return { detail, hint: 'Give the right one in SIGN_PASSPHRASE, or in PASSPHRASE if that is not set.' }
}
