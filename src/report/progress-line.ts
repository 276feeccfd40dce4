/** How far running jobs have come, in a line of text each. */
import { durationText, printable, sizeText } from './printable.ts'

/** What is known of the work of one job at a moment. Each is counted from its beginning. */
export interface ProgressStep {
  /** Entries of the source that were dealt with, and bytes of files. */
  readonly files?: number
  readonly bytes?: number
  /** Bytes to and from the destination. */
  readonly up?: number
  readonly down?: number
  /** Volumes that a restore has read, and how many it needs. */
  readonly volumes?: { readonly done: number; readonly total: number }
}

/** What the work will come to, as far as it is known. */
export interface Expected {
  /** Bytes of the source as an earlier run found it. */
  readonly bytes?: number | undefined
  /** Entries to restore. */
  readonly entries?: number
}

/** Seconds over which a rate is measured, and after which what is left can be guessed. */
const rateWindow = 15
const settled = 5

/** The progress of one job. Times are seconds of a clock that the caller chooses. */
export class JobProgress {
  readonly #begin: number
  readonly #expected: Expected
  #entries = 0
  #now: ProgressStep = {}
  #moved: { readonly time: number; readonly amount: number }[]

  constructor(begin: number, expected: Expected) {
    this.#begin = begin
    this.#expected = expected
    this.#moved = [{ time: begin, amount: 0 }]
  }

  take(step: ProgressStep, time: number): void {
    this.#now = { ...this.#now, ...step }
    this.#moved.push({ time, amount: this.#amount() })
  }

  /** Counts one entry that was restored. */
  count(): void {
    this.#entries += 1
  }

  /** Such as `1,234 files, 1.2 GiB of 3.4 GiB (35 %), 45.0 MiB/s, 3.1 GiB stored, 2 min 5 s left`. */
  text(time: number): string {
    const { files, bytes, up, down, volumes } = this.#now
    if (Object.keys(this.#now).length === 0 && this.#entries === 0)
      return `begun ${durationText(time - this.#begin)} ago`
    const rate = this.#rate(time)
    const left = this.#left(time)
    const words = [
      files === undefined ? undefined : `${files.toLocaleString('en-US')} ${files === 1 ? 'file' : 'files'}`,
      this.#entries === 0 ? undefined : this.#restored(),
      volumes === undefined ? undefined : `volume ${volumes.done} of ${volumes.total}`,
      bytes === undefined ? undefined : this.#share(bytes),
      rate === undefined ? undefined : `${sizeText(rate)}/s`,
      up === undefined || up === 0 ? undefined : `${sizeText(up)} stored`,
      down === undefined || down === 0 ? undefined : `${sizeText(down)} fetched`,
      left === undefined ? undefined : `${durationText(left)} left`,
    ].filter((word) => word !== undefined)
    return words.join(', ')
  }

  #restored(): string {
    const { entries } = this.#expected
    const count = this.#entries.toLocaleString('en-US')
    return entries === undefined
      ? `${count} entries`
      : `${count} of ${entries.toLocaleString('en-US')} entries`
  }

  #share(bytes: number): string {
    const expected = this.#expected.bytes
    // More than last time: then it says nothing about the end.
    if (expected === undefined || expected === 0 || bytes > expected) return sizeText(bytes)
    return `${sizeText(bytes)} of ${sizeText(expected)} (${Math.floor((bytes / expected) * 100)} %)`
  }

  #amount(): number {
    const { bytes, up = 0, down = 0 } = this.#now
    return bytes ?? up + down
  }

  /** Bytes a second; undefined as long as nothing can be said. */
  #rate(time: number): number | undefined {
    while (this.#moved.length > 2 && (this.#moved[1]?.time ?? time) < time - rateWindow) this.#moved.shift()
    const [first] = this.#moved
    if (first === undefined || time - first.time < 1) return undefined
    return Math.max(0, Math.round((this.#amount() - first.amount) / (time - first.time)))
  }

  #left(time: number): number | undefined {
    const { bytes, volumes } = this.#now
    const { bytes: ofBytes, entries } = this.#expected
    const elapsed = time - this.#begin
    const share =
      entries !== undefined && entries > 0
        ? this.#entries / entries
        : volumes !== undefined
          ? volumes.done / volumes.total
          : bytes !== undefined && ofBytes !== undefined
            ? bytes / ofBytes
            : 0
    if (elapsed < settled || !(share > 0) || share > 1) return undefined
    return (elapsed / share) * (1 - share)
  }
}

/** A job's line, cut to a width in columns. Characters that may be two columns wide count as two. */
export function progressLine(job: string, text: string, width: number): string {
  const name = printable(job)
  const room = Math.max(8, width - columnsOf(text) - 3)
  return cut(`${cut(name, room)}  ${text}`, width - 1)
}

const wide = (character: string): number => ((character.codePointAt(0) ?? 0) >= 0x300 ? 2 : 1)

const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + wide(character), 0)

function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  let kept = ''
  let used = 2
  for (const character of text) {
    used += wide(character)
    if (used > width) break
    kept += character
  }
  return `${kept}…`
}
