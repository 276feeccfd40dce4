/**
 * Follows references to secrets: files, variables, credentials of systemd, programs. Only what needs a secret asks, once
 * for each reference. An error names the place and never what is there.
 */
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type SecretReference, showReference } from '../config/secret-refs.ts'
import { examineFile, openObjection, type Objection, readTrusted } from '../config/trusted-file.ts'
import { UserError } from '../lib/errors.ts'
import { type Environment, engineEnvironment } from '../plan/environment.ts'
import type { Job } from '../plan/job.ts'
import type { Masking } from '../report/log-redact.ts'
import { type Answering, answering } from './answering.ts'
import { drain } from './engine-process.ts'
import { startGroup } from './process-group.ts'

/** What following a reference needs of the program around it. */
export interface SecretSurroundings {
  readonly uid: number
  /** Ends programs that are asked. */
  readonly signal: AbortSignal
  /** Milliseconds for a program that prints a secret; 30 s if left out. */
  readonly patience?: number
  readonly warn: (text: string) => void
  /** Looks first whether a file's directory answers. */
  readonly watch?: Pick<Answering, 'silence'>
}

/** Bytes of a secret at most. */
const limit = 64 << 10
/** Milliseconds for a program that prints a secret. */
const standardPatience = 30_000

export class SecretValues {
  readonly #env: Environment
  readonly #masking: Pick<Masking, 'add'>
  readonly #around: SecretSurroundings
  readonly #known = new Map<string, Promise<string>>()

  /** `env`: duba's own environment. */
  constructor(env: Environment, masking: Pick<Masking, 'add'>, around: SecretSurroundings) {
    this.#env = env
    this.#masking = masking
    this.#around = around
  }

  /** The job with every variable in its environment. Throws SECRET_MISSING and NO_ANSWER. */
  async open(job: Job): Promise<Job> {
    if (Object.keys(job.secrets).length === 0) return job
    return { ...job, env: { ...job.env, ...(await this.resolve(job.secrets)) }, secrets: {} }
  }

  /** The variables of a hook or a job. Each reference is followed once. Throws SECRET_MISSING and NO_ANSWER. */
  async resolve(references: Readonly<Record<string, SecretReference>>): Promise<Record<string, string>> {
    const values: Record<string, string> = {}
    for (const [name, reference] of Object.entries(references)) {
      const key = JSON.stringify(reference)
      const found = this.#known.get(key) ?? this.#follow(reference)
      this.#known.set(key, found)
      values[name] = await found
    }
    return values
  }

  async #follow(reference: SecretReference): Promise<string> {
    const bytes = await this.#read(reference)
    const place = showReference(reference)
    let text
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\n$/, '')
    } catch {
      throw unavailable(place, 'is not UTF-8 text', 'Only text can be handed on.')
    }
    if (text === '') throw unavailable(place, 'is empty', 'Put the secret there.')
    if (text.includes('\0')) throw unavailable(place, 'holds a NUL byte', 'Only text can be handed on.')
    this.#masking.add([text])
    return text
  }

  #read(reference: SecretReference): Promise<Uint8Array> {
    const { $file, $env, $credential, $command = [] } = reference
    const place = showReference(reference)
    const env = this.#env
    if ($file !== undefined) return this.#readFile($file, place)
    if ($env !== undefined) {
      const value = env[$env]
      if (value === undefined) throw unavailable(place, 'is not set', 'Set it where duba is started.')
      return Promise.resolve(Buffer.from(value))
    }
    if ($credential !== undefined) {
      const directory = env['CREDENTIALS_DIRECTORY']
      if (directory !== undefined) return this.#readFile(join(directory, $credential), place)
      const remedy = `Start duba by systemd, with LoadCredential=${$credential}:… in its unit.`
      throw unavailable(place, 'is not there: CREDENTIALS_DIRECTORY is not set', remedy)
    }
    return this.#ask($command, place)
  }

  async #readFile(path: string, place: string): Promise<Uint8Array> {
    const { uid, warn, watch = answering } = this.#around
    const silence = await watch.silence(dirname(path))
    if (silence !== undefined) {
      throw new UserError('NO_ANSWER', `A secret cannot be had: the ${place} cannot be read: ${silence}`)
    }
    const { bytes, objections, exposed } = await trying(place, () => readTrusted(path, { uid, limit }))
    refuse(place, objections)
    if (exposed)
      warn(`The ${place} holds a secret, and everybody on this machine can read it. Run: chmod o-rwx ${path}`)
    return bytes
  }

  async #ask([program = '', ...argv]: readonly string[], place: string): Promise<Uint8Array> {
    const { uid, signal, patience = standardPatience } = this.#around
    refuse(place, await trying(place, () => examineFile(program, uid)))
    const late = AbortSignal.timeout(patience)
    const full = new AbortController()
    const { outputs, ended } = startGroup({
      command: [program, ...argv],
      env: engineEnvironment(this.#env),
      outputs: 2,
      signal: AbortSignal.any([signal, late, full.signal]),
      killAfter: 1000,
    })
    const [stdout, stderr] = outputs
    const [result, bytes] = await Promise.all([
      ended,
      upTo(limit, stdout, full),
      // What it says besides could hold secrets too.
      drain(stderr, () => undefined),
    ])
    if (result.exitCode === 0 && !full.signal.aborted) return bytes
    const why = full.signal.aborted
      ? `printed more than ${limit} bytes`
      : late.aborted
        ? `took longer than ${patience / 1000} seconds`
        : result.exitCode === undefined
          ? `was ended by ${result.signal ?? 'an error when it was started'}`
          : `ended with status ${result.exitCode}`
    throw unavailable(place, why, 'Run it by hand to see what it says.')
  }
}

/** What a stream gives, up to a limit; beyond it, whoever writes is ended. */
async function upTo(most: number, stream: Readable | undefined, full: AbortController): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of (stream ?? []) as AsyncIterable<Buffer>) {
      length += piece.length
      if (length > most) full.abort()
      else pieces.push(piece)
    }
  } catch (error) {
    // Destroyed while something that the program has started held it: what it printed itself is there.
    if (stream?.destroyed !== true) throw error
  }
  return Buffer.concat(pieces)
}

async function trying<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    const { message } = openObjection(error)
    throw unavailable(place, message, 'Make it available to the user who runs duba.', error)
  }
}

function refuse(place: string, [objection]: readonly Objection[]): void {
  if (objection !== undefined) throw unavailable(place, objection.message, `${objection.remedy}.`)
}

function unavailable(place: string, message: string, hint: string, cause?: unknown): UserError {
  return new UserError('SECRET_MISSING', `A secret cannot be had: the ${place} ${message}`, {
    hint,
    cause,
  })
}
