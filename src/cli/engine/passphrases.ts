/**
 * Where passphrases come from: the environment, one for the other where both are for one key, the terminal.
 * Archive format §12.3; prompts and messages of command line facts §1.5.
 *
 * Other than duplicity we ask before anything is read, and never without a terminal: what is missing then shows when
 * it is needed, because a key may have no passphrase at all.
 */
import { type Message, levels } from '../../report/duplicity/message.ts'
import type { CommandName } from './command.ts'
import type { Environment } from './expand.ts'
import type { Keys } from './requests.ts'

export interface Passphrases {
  readonly passphrase: string | undefined
  readonly signPassphrase: string | undefined
}

export interface Asking {
  readonly command: CommandName
  readonly keys: Keys
  readonly useAgent: boolean
  readonly env: Environment
  readonly say: (message: Message) => void
  /** Undefined answer: nobody is there. */
  readonly ask: ((prompt: string) => Promise<string | undefined>) | undefined
}

/** Asks for one passphrase. */
export type Which = 'passphrase' | 'signPassphrase'

const prompts: Readonly<Record<Which, { first: string; again: string }>> = {
  passphrase: {
    first: 'GnuPG passphrase for decryption: ',
    again: 'Retype passphrase for decryption to confirm: ',
  },
  signPassphrase: {
    first: 'GnuPG passphrase for signing key: ',
    again: 'Retype passphrase for signing key to confirm: ',
  },
}

/** The passphrases that are given, or that a person gives; undefined where there is none. */
export async function findPassphrases(asking: Asking): Promise<Passphrases> {
  const { command, keys, env, say } = asking
  const { encryption, recipients, hiddenRecipients, signKey } = keys
  const given = { passphrase: env['PASSPHRASE'], signPassphrase: env['SIGN_PASSPHRASE'] }
  const shared = signKey !== undefined && [...recipients, ...hiddenRecipients].includes(signKey)
  const signs = command === 'backup' && encryption !== 'none' && signKey !== undefined
  if (shared && given.passphrase === undefined && given.signPassphrase !== undefined) {
    say(reuse('SIGN_PASSPHRASE', 'PASSPHRASE'))
    given.passphrase = given.signPassphrase
  } else if (signs && shared && given.signPassphrase === undefined && given.passphrase !== undefined) {
    say(reuse('PASSPHRASE', 'SIGN_PASSPHRASE'))
    given.signPassphrase = given.passphrase
  }
  if (encryption === 'none' || asking.useAgent) return given

  const symmetric = command === 'backup' && encryption === 'symmetric'
  if (given.passphrase === undefined && (symmetric || command === 'restore' || command === 'verify')) {
    given.passphrase = await (symmetric ? askTwice(asking) : asking.ask?.(prompts.passphrase.first))
  }
  if (signs && given.signPassphrase === undefined) {
    given.signPassphrase = await asking.ask?.(prompts.signPassphrase.first)
  }
  return given
}

/** The prompt for a passphrase that turned out to be needed. */
export function promptFor(which: Which): string {
  return prompts[which].first
}

function reuse(from: string, as: string): Message {
  return { level: levels.notice, code: 1, text: `Reuse configured ${from} as ${as}` }
}

/** A new passphrase for what is written: typed twice, not empty. */
async function askTwice({ ask, say }: Asking): Promise<string | undefined> {
  if (ask === undefined) return undefined
  for (;;) {
    const first = await ask(prompts.passphrase.first)
    if (first === undefined) return undefined
    const second = await ask(prompts.passphrase.again)
    if (second === undefined) return undefined
    if (first !== second) {
      say(again('First and second passphrases do not match!  Please try again.'))
    } else if (first === '') {
      say(again('Cannot use empty passphrase with symmetric encryption!  Please try again.'))
    } else {
      return first
    }
  }
}

function again(text: string): Message {
  return { level: levels.warning, code: 1, text, forced: true }
}
