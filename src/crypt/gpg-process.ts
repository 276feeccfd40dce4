/**
 * Runs the gpg program: never a secret in its arguments, its log only in errors and without secrets
 * (archive format §12.2).
 */
import { spawn } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import { isErrno, messageOf, UserError, type UserErrorOptions } from '../lib/errors.ts'
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
    const child = this.start(call)
    // What gpg does not want to read is told by its exit.
    child.stdin.on('error', () => undefined)
    child.stdin.end(call.input)
    const stdout = collected(child.stdout)
    const report = await child.done
    return { ...report, stdout: await stdout }
  }

  /** Starts gpg with its input and output as streams. `done` resolves when it ended. */
  start(call: Omit<GpgCall, 'input'>): GpgChild {
    const { env, gpgBinary, useAgent } = this.#settings
    const child = spawn(gpgBinary, this.args(call), { env: { ...env }, stdio: Array(6).fill('pipe') })
    const [stdin, stdout, log, status, passphrase, secret] = child.stdio as unknown as Pipes
    give(passphrase, useAgent ? undefined : call.passphrase)
    give(secret, call.secret)
    const texts = Promise.all([collected(log), collected(status)])
    const ended = new Promise<number | undefined>((resolve, reject) => {
      child.once('error', (error) => {
        reject(this.#notStarted(error))
      })
      child.once('close', (exitCode) => {
        resolve(exitCode ?? undefined)
      })
    })
    const report = async (): Promise<GpgReport> => {
      const exitCode = await ended
      const [said, told] = await texts
      return {
        exitCode,
        status: lines(told).map((line) => line.replace('[GNUPG:] ', '')),
        log: lines(said).map((line) => this.#clean(line)),
      }
    }
    const done = report()
    // Without a process there is nothing behind its streams; `done` says why.
    if (child.pid === undefined)
      return { stdin: new Writable(discard), stdout: Readable.from([]), done, kill }
    return { stdin, stdout, done, kill: () => void child.kill() }
  }

  #notStarted(error: unknown): UserError {
    const why = isErrno(error) ? (error.code ?? '?') : messageOf(error)
    return new UserError(
      'GPG_FAILED',
      `The program ${this.#settings.gpgBinary} cannot be started (${why}).`,
      {
        hint: {
          engine: 'Install GnuPG, or name its program with --gpg-binary.',
          duba: 'Install GnuPG, and see that PATH leads to it.',
        },
        cause: error,
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

/** All descriptors are pipes: input, output, log, status, passphrase, session key. */
type Pipes = readonly [Writable, Readable, Readable, Readable, Writable, Writable]

const discard = {
  write: (_piece: unknown, _encoding: unknown, done: () => void) => {
    done()
  },
}

function kill(): void {
  // There is no process.
}

/** Writes a secret into a pipe and closes it; gpg may not care for it. */
function give(pipe: Writable, text: string | undefined): void {
  pipe.on('error', () => undefined)
  pipe.end(text === undefined ? undefined : Buffer.from(text, 'utf8'))
}

function collected(pipe: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  pipe.on('data', (piece: Buffer) => pieces.push(piece))
  return new Promise((resolve) => {
    // However it ends: the exit of the process tells whether that was right.
    pipe.on('error', () => undefined)
    pipe.once('close', () => {
      resolve(Buffer.concat(pieces))
    })
  })
}

function lines(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
}
