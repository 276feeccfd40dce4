/** What is said where no secret at hand opens a message: which keys would, and how to bring one. */
import { UserError } from '../lib/errors.ts'
import { hiddenKeyId } from './message-head.ts'

/**
 * DECRYPT_FAILED where the secret key is there and its passphrase is wrong, else KEY_MISSING. `ids`: the key ids of the
 * message's recipients; `log`: what gpg said.
 */
export function notForUs(path: string, ids: readonly string[], log: string): UserError {
  const named = ids.filter((id) => id !== hiddenKeyId)
  const hidden = ids.length - named.length
  const keys = [...named, ...(hidden > 0 ? [`${hidden} that the file does not name`] : [])].join(', ')
  const to = keys === '' ? '' : `: it is encrypted to the keys ${keys}`
  const text = `${path} cannot be decrypted${to}.\nGPGError: GPG Failed, see log below:\n${log}`
  if (/passphrase/i.test(log) || ids.length === 0) {
    return new UserError('DECRYPT_FAILED', text, {
      hint: 'The passphrase is not the right one, or the file is damaged: check PASSPHRASE.',
    })
  }
  const bring = `gpg --export-secret-keys --armor ${named[0] ?? 'KEY'} > secret.asc`
  const start = `The secret key of none of them is here. Where one is: ${bring}; here: gpg --import secret.asc, or`
  return new UserError('KEY_MISSING', text, {
    hint: {
      engine: `${start} --key-file secret.asc.`,
      duba: `${start} name the file in "key_files" of the configuration, or with --url by --key secret.asc.`,
    },
  })
}
