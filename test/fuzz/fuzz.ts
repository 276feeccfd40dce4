/**
 * A byte-mutation fuzzer: takes the inputs of a corpus apart, and feeds a parser what comes out.
 *
 * Every case follows from the seed, the parser's name and the number of the case, so that a failure can be run again:
 * `DUBA_TEST_SEED=… npx jest test/fuzz`. Whatever a case finds goes into the corpus, under a name that says what it is.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Malformed } from '../../src/crypt/malformed.ts'
import { NeedsGpg } from '../../src/crypt/message.ts'
import { UserError } from '../../src/lib/errors.ts'
import { seed } from '../support/seed.ts'
import { mutate, type Random, randomFrom } from './mutate.ts'
import { watched } from './watchdog.ts'

/** How much longer than usual to look. */
const full = process.env['DUBA_TEST_FULL'] === '1'
const milliseconds = full ? 60_000 : 1_500

/** Milliseconds of processor time that no input may take; the usual one takes far less than one. */
const SLOWEST = 3_000

/** What is fed to a parser. */
export interface Target {
  /** Name of its folder below `corpus/`. */
  readonly parser: string
  /** Reads the input to its end. Throws what the parser throws. The random numbers belong to the case. */
  readonly read: (input: Buffer, random: Random) => void | Promise<void>
  /** Puts checksums and the like right again, in half of the cases, so that what is behind them is reached. */
  readonly mend?: (input: Buffer) => Buffer
  /** Words of the format, put into inputs here and there. */
  readonly words?: readonly (string | Buffer)[]
  /** Milliseconds of processor time that no input may take, where the parser itself gives up only after a while. */
  readonly slowest?: number
}

/** Options of fast-check for a property of this run. */
export function runs(usual: number): { seed: number; numRuns: number } {
  return { seed, numRuns: full ? usual * 50 : usual }
}

/** Declares two tests: the corpus as it is, and what mutation makes of it. */
export function fuzz(target: Target): void {
  const folder = join(import.meta.dirname, 'corpus', target.parser)
  const corpus = readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))

  test.each(corpus)(`${target.parser}: $name`, async ({ name, bytes }) => {
    const taken = await watched(`${target.parser}: ${name}`, () => attempt(target, bytes, randomFrom(1)))
    expect(taken).toBeLessThan(target.slowest ?? SLOWEST)
  })

  test(`${target.parser}: mutations (seed ${seed})`, async () => {
    const inputs = corpus.map(({ bytes }) => bytes)
    const until = Date.now() + milliseconds
    let cases = 0
    for (; Date.now() < until; cases++) {
      const random = randomFrom(seed, target.parser, cases)
      let input = mutate(inputs, random, target.words ?? [])
      if (target.mend !== undefined && random(2) === 0) input = target.mend(input)
      const label = `${target.parser}: DUBA_TEST_SEED=${seed}, case ${cases}`
      try {
        const taken = await watched(label, () => attempt(target, input, random))
        expect(taken).toBeLessThan(target.slowest ?? SLOWEST)
      } catch (error) {
        throw new Error(`${label}, input ${input.toString('base64').slice(0, 20_000)}`, { cause: error })
      }
    }
    console.log(`${target.parser}: ${cases} mutations, seed ${seed}`)
    expect(cases).toBeGreaterThan(0)
  }, 120_000)
}

/** Milliseconds of processor time that the input took. Throws what no parser may throw. */
async function attempt({ read }: Target, input: Buffer, random: Random): Promise<number> {
  const started = process.cpuUsage()
  try {
    await read(input, random)
  } catch (error) {
    if (!isAnswer(error)) throw error
  }
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** Whether an error is an answer to what was read, and not a crash. */
export function isAnswer(error: unknown): boolean {
  return error instanceof UserError || error instanceof Malformed || error instanceof NeedsGpg
}

/** So many pieces at most, more or less: what each costs is not what is looked at. */
const mostPieces = 8192

/** The bytes in pieces of odd sizes, each with memory of its own, as files and pipes give them. */
export async function* inPieces(bytes: Buffer, random: Random): AsyncGenerator<Buffer, void, undefined> {
  const wanted = [1, 7, 511, 512, 4096, 1 << 20][random(6)] ?? 1
  const most = Math.max(wanted, Math.ceil((2 * bytes.length) / mostPieces))
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random(most)
    yield Buffer.from(bytes.subarray(at, at + size))
    at += size
    await Promise.resolve()
  }
}
