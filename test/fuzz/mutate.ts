/** Random numbers that follow from a seed, and what they do to bytes. */
import { createHash } from 'node:crypto'

/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** Numbers that follow from the parts alone. */
export function randomFrom(...parts: (string | number)[]): Random {
  let state = createHash('md5').update(parts.join('\0')).digest().readUInt32LE(0)
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Longest input that mutation makes. */
const LONGEST = 1 << 18

type Step = (
  input: Buffer,
  random: Random,
  inputs: readonly Buffer[],
  words: readonly (string | Buffer)[],
) => Buffer

/** One of the inputs, changed in one to six places. */
export function mutate(
  inputs: readonly Buffer[],
  random: Random,
  words: readonly (string | Buffer)[],
): Buffer {
  let input: Buffer = Buffer.from(pick(inputs, random) ?? Buffer.alloc(0))
  for (let left = 1 + random(6); left > 0; left--) {
    const step = pick(STEPS, random)
    if (step !== undefined) input = step(input, random, inputs, words)
  }
  return input.subarray(0, LONGEST)
}

const flipBit: Step = (input, random) => {
  if (input.length > 0) {
    const at = random(input.length)
    input[at] = (input[at] ?? 0) ^ (1 << random(8))
  }
  return input
}

const setByte: Step = (input, random) => {
  if (input.length > 0) input[random(input.length)] = random(256)
  return input
}

/** Numbers at the edges of what a length field can hold. */
const EDGES = [0n, 1n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0xffffn, 0x7fffffffn, 0x80000000n, 0xffffffffn]
const WIDE = [...EDGES, 0x1fffffffffffffn, 0x20000000000000n, 0x7fffffffffffffffn, 0xffffffffffffffffn]

const setLength: Step = (input, random) => {
  const width = 1 << random(4)
  if (input.length < width) return input
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(pick(WIDE, random) ?? 0n)
  const bytes = number.subarray(8 - width)
  if (random(2) === 0) bytes.reverse()
  bytes.copy(input, random(input.length - width + 1))
  return input
}

/** Digits become other digits, as lengths in text do, or signs where digits are expected. */
const setDigits: Step = (input, random) => {
  const start = random(input.length + 1)
  let at = start
  while (at < input.length && !isDigit(input[at])) at++
  for (let left = 1 + random(12); left > 0 && isDigit(input[at]); left--, at++) {
    input[at] = random(20) === 0 ? '-+. ex'.charCodeAt(random(6)) : 0x30 + random(10)
  }
  return input
}

const insertDigits: Step = (input, random) => {
  const digits = Buffer.from(String(pick(WIDE, random) ?? 0n))
  return insert(input, random(input.length + 1), digits)
}

const truncate: Step = (input, random) => input.subarray(0, random(input.length + 1))

const cutOut: Step = (input, random) => {
  const from = random(input.length + 1)
  const to = from + random(Math.min(input.length - from, 2048) + 1)
  return Buffer.concat([input.subarray(0, from), input.subarray(to)])
}

const repeat: Step = (input, random) => {
  const from = random(input.length + 1)
  const part = input.subarray(from, from + random(600))
  const times = random(10) === 0 ? random(200) : 1 + random(3)
  return insert(input, random(input.length + 1), Buffer.concat(Array<Buffer>(times).fill(part)))
}

const splice: Step = (input, random, inputs) => {
  const other = pick(inputs, random) ?? Buffer.alloc(0)
  return Buffer.concat([
    input.subarray(0, random(input.length + 1)),
    other.subarray(random(other.length + 1)),
  ])
}

const insertNoise: Step = (input, random) => {
  const noise = Buffer.from(Array.from({ length: 1 + random(16) }, () => random(256)))
  return insert(input, random(input.length + 1), noise)
}

const insertWord: Step = (input, random, _, words) => {
  const word = pick(words, random)
  if (word === undefined) return setByte(input, random, [], words)
  return insert(input, random(input.length + 1), Buffer.from(word as Buffer))
}

const overwriteWord: Step = (input, random, _, words) => {
  const word = pick(words, random)
  if (word === undefined) return flipBit(input, random, [], words)
  Buffer.from(word as Buffer).copy(input, random(input.length + 1))
  return input
}

const STEPS: readonly Step[] = [
  ...[flipBit, flipBit, setByte, setByte, setLength, setLength, setDigits, setDigits, insertDigits],
  ...[truncate, cutOut, repeat, splice, insertNoise, insertWord, insertWord, overwriteWord],
]

function insert(input: Buffer, at: number, bytes: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), bytes, input.subarray(at)])
}

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[random(list.length)]
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
