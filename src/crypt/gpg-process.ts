/**
 * Runs the gpg program: never a secret in its arguments, its log only in errors and without secrets
 * (archive format §12.2).
 */
import type { Readable, Writable } from 'node:stream'
import { execa } from 'execa'
import { UserError, type UserErrorOptions } from '../lib/errors.ts'
import type { CryptSettings } from './crypt.ts'

export type GpgSettings = Pick<
  CryptSettings,
  'gpgBinary' | 'gpgOptions' | 'useAgent' | 'env' | 'passphrase' | 'signPassphrase'
>

/** What gpg said besides its output. `exitCode` is undefined where it was killed or could not be started. */
export interface GpgReport {
  readonly exitCode: number | undefined
  /** Lines of --status-fd without their `[GNUPG:] ` prefix. */
  readonly status: readonly string[]
  /** Lines of its log, free of secrets. */
  readonly log: readonly string[]
}

export interface GpgCall {
  /** Arguments behind the common ones and the user's. */
  readonly args: readonly string[]
  /** Its input; nothing if left out. */
  readonly input?: Uint8Array
  /** Goes to --passphrase-fd, unless the agent is to ask. Undefined: gpg shall need none. */
  readonly passphrase?: string | undefined
  /** Goes to descriptor 5, as for --override-session-key-fd. */
  readonly secret?: string | undefined
}

/** A running gpg. */
export interface GpgChild {
  readonly stdin: Writable
  readonly stdout: Readable
  /** Resolves when it has ended, however. */
  readonly done: Promise<GpgReport>
  kill(): void
}

/** What is used of execa's result. */
interface Ended {
  readonly failed: boolean
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly code?: string | undefined
  readonly stdio: readonly unknown[]
}

const sessionKeyText = /(session key: '?)[0-9]+:[0-9A-Fa-f]+/g

export class Gpg {
  readonly #settings: GpgSettings

  constructor(settings: GpgSettings) {
    this.#settings = settings
  }

  /** The whole command line of a call. */
  args(call: Pick<GpgCall, 'args' | 'passphrase'>): string[] {
    const loopback = call.passphrase !== undefined && !this.#settings.useAgent
    return [
      ...['--batch', '--no-tty', '--status-fd', '3', '--logger-fd', '2', '--no-secmem-warning'],
      ...(loopback ? ['--pinentry-mode=loopback', '--passphrase-fd', '4'] : []),
      ...this.#settings.gpgOptions,
      ...call.args,
    ]
  }

  /** Runs to the end. An exit code other than 0 is no error here; a program that cannot be started is GPG_FAILED. */
  async run(call: GpgCall): Promise<GpgReport & { stdout: Buffer }> {
    const options = {
      ...this.#options,
      stdio: [call.input ?? 'ignore', 'pipe', 'pipe', 'pipe', ...this.#extraInputs(call)],
    } as const
    const result = await execa(this.#settings.gpgBinary, this.args(call), options)
    this.#checkStarted(result)
    return { ...reportOf(result, (line) => this.#clean(line)), stdout: bytesOf(result.stdio[1]) }
  }

  /** Starts gpg with its input and output as streams. `done` resolves when it ended. */
  start(call: Omit<GpgCall, 'input'>): GpgChild {
    const options = {
      ...this.#options,
      buffer: { stdout: false, stderr: true, fd3: true },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', ...this.#extraInputs(call)],
    } as const
    const child = execa(this.#settings.gpgBinary, this.args(call), options)
    const done = child.then((result) => {
      this.#checkStarted(result)
      return reportOf(result, (line) => this.#clean(line))
    })
    return { stdin: child.stdin, stdout: child.stdout, kill: () => void child.kill(), done }
  }

  get #options() {
    return {
      env: { ...this.#settings.env },
      extendEnv: false,
      reject: false,
      encoding: 'buffer',
      stripFinalNewline: false,
    } as const
  }

  /** Descriptors 4 (passphrase) and 5 (session key). */
  #extraInputs(call: GpgCall) {
    const given = (text: string | undefined) =>
      text === undefined ? ('ignore' as const) : Buffer.from(text, 'utf8')
    return [given(this.#settings.useAgent ? undefined : call.passphrase), given(call.secret)]
  }

  #checkStarted(result: Ended): void {
    if (!result.failed || result.exitCode !== undefined || result.signal !== undefined) return
    throw new UserError(
      'GPG_FAILED',
      `The program ${this.#settings.gpgBinary} cannot be started (${result.code ?? '?'}).`,
      {
        hint: 'Install GnuPG, or name its program with --gpg-binary.',
      },
    )
  }

  #clean(line: string): string {
    let clean = line.replace(sessionKeyText, '$1(removed)')
    for (const secret of [this.#settings.passphrase, this.#settings.signPassphrase]) {
      if (secret !== undefined && secret.length > 3) clean = clean.replaceAll(secret, '(removed)')
    }
    return clean
  }
}

/** The error for a failed run, with gpg's log in duplicity's frame. */
export function gpgFailed(report: GpgReport, options: UserErrorOptions = {}): UserError {
  return new UserError('GPG_FAILED', `GPGError: GPG Failed, see log below:\n${framedLog(report)}`, options)
}

/** gpg's log between the two lines that people know from duplicity. */
export function framedLog(report: GpgReport): string {
  return ['===== Begin GnuPG log =====', ...report.log, '===== End GnuPG log ====='].join('\n')
}

/** Whether a status keyword was reported. */
export function hasStatus(report: GpgReport, keyword: string): boolean {
  return report.status.some((line) => line === keyword || line.startsWith(`${keyword} `))
}

function reportOf(result: Ended, clean: (line: string) => string): GpgReport {
  const lines = (bytes: unknown) =>
    bytesOf(bytes)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
  return {
    exitCode: result.exitCode,
    status: lines(result.stdio[3]).map((line) => line.replace('[GNUPG:] ', '')),
    log: lines(result.stdio[2]).map(clean),
  }
}

function bytesOf(value: unknown): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0)
}
