/**
 * Decides how files are encrypted: in this process, or by gpg.
 */
import { randomUUID } from 'node:crypto'
import { unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../lib/errors.ts'
import type { CryptSettings } from './crypt.ts'
import { gpgFailed, type Gpg } from './gpg-process.ts'
import type { KeyFiles } from './key-files.ts'
import { headForKeys, headForPassphrase } from './message-key.ts'
import { type NamedKeys, type Recipient, usableRecipients } from './recipients.ts'
import type { GpgSealOptions } from './seal-gpg.ts'
import type { NativeSealOptions } from './seal-native.ts'
import { beginSignature } from './sign.ts'
import { findSigningKey, type SigningKey } from './signing.ts'

export type WritingPlan =
  | { readonly kind: 'native'; readonly options: Pick<NativeSealOptions, 'head' | 'signer'> }
  | { readonly kind: 'gpg'; readonly options: GpgSealOptions; readonly temporary: readonly string[] }

export interface WritingSources {
  readonly files: KeyFiles
  readonly gpg: Gpg
  readonly settings: CryptSettings
}

/**
 * Finds every key and tries what can be tried. `signer`: fingerprint of the primary key that signs. Throws KEY_UNUSABLE, SECRET_MISSING, GPG_FAILED.
 */
export async function planWriting(
  sources: WritingSources,
  findRecipients: () => Promise<NamedKeys>,
): Promise<{ plan: WritingPlan; recipients: Recipient[]; signer: string | undefined }> {
  const { settings } = sources
  checkPassphrase(settings)
  const recipients =
    settings.encryption === 'keys' ? await usableRecipients(sources, await findRecipients()) : []
  if (settings.encryption === 'keys' && recipients.length === 0) {
    throw new UserError('KEY_UNUSABLE', 'No key to encrypt to was named.', {
      hint: {
        engine: 'Name one with --encrypt-key.',
        duba: 'Name one in "encrypt_keys" of the configuration.',
      },
    })
  }
  const passphrase = signPassphrase(settings)
  const signing =
    settings.signKey === undefined
      ? undefined
      : await findSigningKey(settings.signKey, { ...sources, passphrase: passphrase ?? '' })
  if (needsGpg(settings, recipients, signing)) {
    const plan = await planGpg(sources, recipients, signing?.kind === 'gpg' ? signing : undefined)
    return { plan, recipients, signer: signing?.fingerprint }
  }
  const head = () =>
    settings.encryption === 'keys' ? headForKeys(recipients) : headForPassphrase(settings.passphrase ?? '')
  const signer = signing?.kind === 'native' ? () => beginSignature(signing.key) : undefined
  const plan = { kind: 'native' as const, options: { head, signer } }
  return { plan, recipients, signer: signing?.fingerprint }
}

function checkPassphrase({ encryption, passphrase, useAgent }: CryptSettings): void {
  if (encryption !== 'symmetric' || (useAgent && passphrase === undefined)) return
  if (passphrase === undefined) {
    throw new UserError('SECRET_MISSING', 'A passphrase is needed to encrypt, and none was given.', {
      hint: {
        engine: 'Set PASSPHRASE, or name a key with --encrypt-key.',
        duba: 'Give PASSPHRASE in "env" of the configuration, or name a key in "encrypt_keys".',
      },
    })
  }
  if (passphrase === '') {
    throw new UserError('SECRET_MISSING', 'Cannot use empty passphrase with symmetric encryption!', {
      hint: {
        engine: 'Set PASSPHRASE to something, or name a key with --encrypt-key.',
        duba: 'Give a PASSPHRASE in "env" of the configuration, or name a key in "encrypt_keys".',
      },
    })
  }
}

function needsGpg(
  settings: CryptSettings,
  recipients: readonly Recipient[],
  signing: SigningKey | undefined,
): boolean {
  return (
    settings.implementation === 'gpg' ||
    signing?.kind === 'gpg' ||
    recipients.some(({ native }) => !native) ||
    (settings.encryption === 'symmetric' && settings.passphrase === undefined)
  )
}

/** The signing passphrase, else the general one (archive format §12.2). */
function signPassphrase({ signPassphrase, passphrase }: CryptSettings): string | undefined {
  return signPassphrase === undefined || signPassphrase === '' ? passphrase : signPassphrase
}

async function planGpg(
  { gpg, settings }: WritingSources,
  recipients: readonly Recipient[],
  signing: { localUser: string } | undefined,
): Promise<WritingPlan> {
  if (settings.signKey !== undefined && !signing) {
    throw new UserError(
      'KEY_UNUSABLE',
      'The signing key is in a key file, and another key can only be used by gpg.',
      {
        hint: 'Import the secret signing key into the GnuPG keyring (gpg --import).',
      },
    )
  }
  const symmetric = settings.encryption === 'symmetric'
  const passphrase = signing ? signPassphrase(settings) : symmetric ? settings.passphrase : undefined
  if (symmetric && signing && passphrase !== settings.passphrase) {
    throw new UserError(
      'KEY_UNUSABLE',
      'gpg takes one passphrase, but the signing key has another than the data.',
      {
        hint: 'Put the signing key into a key file, or make both passphrases equal.',
      },
    )
  }
  const temporary: string[] = []
  const to: string[] = []
  for (const recipient of recipients)
    to.push(...(await recipientArguments(recipient, settings.tempDir, temporary)))
  const args = [
    ...['--no-armor', '--trust-model', 'always', ...compressLevel(settings), ...to],
    ...(signing ? ['--local-user', signing.localUser, '--sign'] : []),
    ...(symmetric ? ['--force-mdc', '--symmetric'] : ['--encrypt']),
  ]
  const options = { gpg, args, passphrase: passphrase ?? (symmetric || signing ? '' : undefined) }
  // gpg tells only by trying whether a passphrase is right and a secret is there.
  const trial = await gpg.run({ args, passphrase: options.passphrase, input: Buffer.from('duba') })
  if (trial.exitCode !== 0) {
    for (const path of temporary) await unlink(path)
    throw gpgFailed(trial)
  }
  return { kind: 'gpg', options, temporary }
}

/** Every key was checked already, so gpg is told to trust it; one from a file is handed over in a file. */
async function recipientArguments(
  recipient: Recipient,
  tempDir: string,
  temporary: string[],
): Promise<string[]> {
  const { key, listed, hidden, name, fingerprint } = recipient
  if (listed || !key)
    return [hidden ? '--hidden-recipient' : '--recipient', name.exact ? name.text : fingerprint]
  const path = join(tempDir, `duba-${randomUUID()}.key`)
  await writeFile(path, key.toPublic().write(), { flag: 'wx', mode: 0o600 })
  temporary.push(path)
  return [hidden ? '--hidden-recipient-file' : '--recipient-file', path]
}

function compressLevel({ gpgOptions, level }: CryptSettings): string[] {
  return gpgOptions.some((option) => /compress|^-z/.test(option)) ? [] : ['--compress-level', String(level)]
}
