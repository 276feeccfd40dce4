/**
 * The basis of a delta while it passes by. Most deltas copy in the order of the basis; what one copies that has passed
 * already is known beforehand, and held from the moment when it passes.
 */
import { UserError } from '../../lib/errors.ts'
import { DeltaParser } from '../../rsync/patch.ts'
import { commandsOf, type Pieces } from './delta-commands.ts'

/** A range of bytes of the basis. */
export interface Copy {
  readonly offset: number
  readonly length: number
}

/** Bytes of the basis from `from` up to before `to`. */
interface Range {
  readonly from: number
  to: number
}

/** Ranges in order, which neither touch nor overlap. */
export type PassingPlan = readonly Readonly<Range>[]

/** More ranges are not worth being held. */
const MOST_RANGES = 1 << 14

/** What a delta copies, in its order. Throws DELTA_INVALID where the delta is malformed. */
export function* copiesOf(delta: Iterable<Buffer>): Generator<Copy> {
  const parser = new DeltaParser(Infinity)
  for (const command of commandsOf(parser, delta)) if ('copy' in command) yield command.copy
  parser.end()
}

/** What has to be held for these copies; undefined where it would be more than `memory` bytes. */
export function planPassing(copies: Iterable<Copy>, memory: number): PassingPlan | undefined {
  const ranges: Range[] = []
  let passed = 0
  for (const { offset, length } of copies) {
    const end = offset + length
    if (offset < passed) ranges.push({ from: offset, to: Math.min(end, passed) })
    if (ranges.length > MOST_RANGES) return undefined
    passed = Math.max(passed, end)
  }
  const plan = united(ranges)
  const held = plan.reduce((sum, { from, to }) => sum + to - from, 0)
  return held <= memory ? plan : undefined
}

function united(ranges: Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges.sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else result.push(range)
  }
  return result
}

export class PassingBasis {
  readonly #pieces: Pieces
  readonly #plan: PassingPlan
  /** Where each range of the plan is held. */
  readonly #starts: number[] = []
  readonly #held: Buffer
  /** The first range of the plan that has not passed whole. */
  #coming = 0
  #piece: Buffer = Buffer.alloc(0)
  #passed = 0

  constructor(pieces: Pieces, plan: PassingPlan) {
    this.#pieces = pieces
    this.#plan = plan
    let size = 0
    for (const { from, to } of plan) {
      this.#starts.push(size)
      size += to - from
    }
    this.#held = Buffer.allocUnsafe(size)
  }

  /** Bytes of the basis that have passed. */
  get passed(): number {
    return this.#passed
  }

  /** The bytes of a copy of the plan's, whose turn it is. Throws DELTA_INVALID where the basis is too short for it. */
  async *copy(copy: Copy): Pieces {
    let { offset } = copy
    const end = offset + copy.length
    while (offset < end) {
      if (offset < this.#passed) {
        const held = this.#again(offset, Math.min(end, this.#passed))
        offset += held.length
        yield held
        continue
      }
      if (this.#piece.length === 0 && !(await this.#pull())) throw this.#tooShort(copy)
      const wanted = offset > this.#passed ? offset : end
      const piece = this.#pass(Math.min(this.#piece.length, wanted - this.#passed))
      if (wanted !== end) continue
      offset += piece.length
      yield piece
    }
  }

  async #pull(): Promise<boolean> {
    const step = await this.#pieces.next()
    if (step.done === true) return false
    this.#piece = step.value
    return true
  }

  /** Lets so many bytes of the piece at hand pass, and holds what the plan says. */
  #pass(count: number): Buffer {
    const piece = this.#piece.subarray(0, count)
    this.#piece = this.#piece.subarray(count)
    const start = this.#passed
    this.#passed += count
    for (; this.#coming < this.#plan.length; this.#coming += 1) {
      const { from = Infinity, to = Infinity } = this.#plan[this.#coming] ?? {}
      if (from >= this.#passed) break
      const first = Math.max(from, start)
      piece.copy(this.#held, (this.#starts[this.#coming] ?? 0) + first - from, first - start, to - start)
      if (to > this.#passed) break
    }
    return piece
  }

  /** What was held of a range, whose bytes are in the plan. */
  #again(from: number, to: number): Buffer {
    let low = 0
    for (let high = this.#plan.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1
      if ((this.#plan[middle]?.from ?? 0) <= from) low = middle
      else high = middle - 1
    }
    const at = (this.#starts[low] ?? 0) + from - (this.#plan[low]?.from ?? 0)
    return this.#held.subarray(at, at + to - from)
  }

  #tooShort({ offset, length }: Copy): UserError {
    const what = `it copies ${length} bytes from offset ${offset} of a file of ${this.#passed} bytes`
    return new UserError('DELTA_INVALID', `The delta does not fit: ${what}.`)
  }
}
