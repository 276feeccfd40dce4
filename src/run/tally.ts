/** Adds up what the events of one engine process say about its job. */
import type { BackupStatistics, EntryTrouble, MarkerState } from '../engine/events.ts'
import { collectionText } from './collection-text.ts'
import type { JobResult, Note } from '../report/summary.ts'
import type { Reason, Verdict } from '../report/verdict.ts'
import type { WireEvent } from './event-stream.ts'

/** Notes of one kind beyond this number are only counted: a tree can vanish with a million files. */
const notesOfAKind = 20
const namedPaths = 3

/** Troubles that leave data out of the backup; the others are notes. */
const grave: ReadonlySet<EntryTrouble> = new Set<EntryTrouble>([
  'unreadable',
  'io-error',
  'cannot-iterate',
  'unknown-type',
])

const troubleWords: Readonly<Record<EntryTrouble, string>> = {
  unreadable: 'cannot be read',
  'io-error': 'gave an input/output error',
  'cannot-iterate': 'cannot be listed',
  'unknown-type': 'is of an unknown type',
  vanished: 'vanished during the backup',
  'changed-while-read': 'changed while it was read',
  socket: 'is a socket and not stored',
}

/** What is to be done about those that leave data out. */
const remedies: Readonly<Partial<Record<EntryTrouble, string>>> = {
  unreadable: 'Let duba read them, or exclude them',
  'io-error': 'Look after the disk (journalctl -k)',
  'cannot-iterate': 'Let duba read them, or exclude them',
  'unknown-type': 'Exclude them',
}

/** Two sets of one run: an interrupted one that was finished, and what changed meanwhile. The second looked at all. */
function sum(first: BackupStatistics | undefined, second: BackupStatistics): BackupStatistics {
  if (first === undefined) return second
  const fields = ['newFiles', 'changedFiles', 'deletedFiles', 'totalDestinationSizeChange'] as const
  const sums = fields.map((field): [string, number] => [field, first[field] + second[field]])
  return { ...second, ...Object.fromEntries(sums) }
}

const retryText = (count: number): string =>
  count === 1
    ? 'an operation on the destination was tried again'
    : `${count} operations on the destination were tried again`

/** First and last moment of a chain, in seconds since the epoch. */
export interface Span {
  readonly start: number
  readonly end: number
}

interface Chains {
  readonly spans: readonly Span[]
  readonly sets: number
  readonly bytes: number | undefined
}

/** Counts what an engine tells into the result of a job. */
export class Tally {
  #kind: 'full' | 'inc' | undefined
  #statistics: BackupStatistics | undefined
  #retries = 0
  readonly #grave: { readonly trouble: EntryTrouble; readonly path: string }[] = []
  #graveCount = 0
  /** The chain that the backup continued cannot be restored as a whole. */
  #damage: Reason | undefined
  /** Somebody else may write to the destination. */
  #intrusion: Reason | undefined
  #chains: Chains | undefined
  /** Bytes of every file that was stored. */
  #uploaded = 0
  /** A part of what was stored is of an earlier run. */
  #continued = false
  #end = 0
  readonly #notes: Note[] = []
  readonly #counts = new Map<string, number>()

  /** Takes one event. Paths are text. */
  take(event: WireEvent): void {
    if (event.type === 'backup-began') this.#kind ??= event.kind
    else if (event.type === 'statistics') this.#statistics = sum(this.#statistics, event.statistics)
    else if (event.type === 'trouble') this.#trouble(event.trouble, event.fullPath, event.detail)
    else if (event.type === 'retry') this.#retries += 1
    else if (event.type === 'chains')
      this.#chains = { spans: event.chains, sets: event.sets, bytes: event.bytes }
    else if (event.type === 'upload-done') this.#uploaded += event.size
    else if (event.type === 'restart-found') this.#continued = true
    else if (event.type === 'backup-done') this.#end = event.end
    else if (event.type === 'marker' && event.detail !== '') this.#marker(event.state, event.detail)
    else if (event.type === 'chain-damaged') this.#damaged(event.kind, event.detail)
    else if (event.type === 'collection-warning')
      this.#note(event.warning.kind, collectionText(event.warning))
    else if (event.type === 'note' && event.level === 'warning') this.#note('engine-warning', event.text)
    else if (event.type === 'forcing-full' && event.reason === 'recipients-changed') {
      const detail = event.detail === '' ? '' : `: ${event.detail}`
      this.#note('recipients-changed', `the keys have changed, so a new full backup was begun${detail}`)
    }
  }

  /** The chains after the backup: start and end of each, oldest first; undefined if the engine did not get so far. */
  get chains(): readonly Span[] | undefined {
    const spans = this.#chains?.spans
    if (spans === undefined || this.#end === 0) return spans
    const end = this.#end
    if (this.#kind === 'full') return [...spans, { start: end, end }]
    return spans.map((span, index) => (index === spans.length - 1 ? { ...span, end } : span))
  }

  /** Whether there were chains before the backup. */
  get continues(): boolean {
    return (this.#chains?.spans.length ?? 0) > 0
  }

  /** Who else may write to the destination; undefined: nobody that is known of. */
  get intruder(): string | undefined {
    return this.#intrusion?.text
  }

  /** Why nothing old may be deleted: what newer backups build on is lost. */
  get broken(): string | undefined {
    return this.#damage && 'the chain that the backup continues is not whole'
  }

  /** Entries that were left out because of errors. */
  get leftOut(): number {
    return Math.max(this.#graveCount, this.#statistics?.errors ?? 0)
  }

  /** What happened, for a process that ended with or without a failure. */
  result(
    failure: Reason | undefined,
  ): Pick<
    JobResult,
    | 'verdict'
    | 'reason'
    | 'kind'
    | 'files'
    | 'bytesUploaded'
    | 'sourceFiles'
    | 'sourceBytes'
    | 'chain'
    | 'notes'
  > {
    const statistics = this.#statistics
    const kind = { full: 'full', inc: 'incremental', none: undefined } as const
    const judged = this.#verdict(failure)
    const besides = [this.#damage, this.#intrusion].filter(
      (other): other is Reason => other !== undefined && other !== judged.reason,
    )
    return {
      ...judged,
      kind: kind[this.#kind ?? 'none'],
      files: statistics && {
        new: statistics.newFiles,
        changed: statistics.changedFiles,
        deleted: statistics.deletedFiles,
      },
      bytesUploaded: statistics?.totalDestinationSizeChange,
      sourceFiles: statistics?.sourceFiles,
      sourceBytes: statistics?.sourceFileSize,
      chain: this.#newestChain(),
      notes: [...besides, ...this.#allNotes()],
    }
  }

  #verdict(failure: Reason | undefined): { verdict: Verdict; reason: Reason | undefined } {
    if (failure !== undefined) {
      const ended = failure.code === 'stalled' || failure.code === 'deadline'
      return { verdict: ended ? 'stalled' : 'failed', reason: failure }
    }
    const reason = this.#damage ?? this.#leftOutReason() ?? this.#intrusion
    return { verdict: reason === undefined ? 'ok' : 'warning', reason }
  }

  #leftOutReason(): Reason | undefined {
    const count = this.leftOut
    if (count === 0) return undefined
    const named = this.#grave.map(({ path }) => path).join(', ')
    const more = count - this.#grave.length
    const which = named === '' ? '' : `: ${named}${more > 0 ? ` and ${more} more` : ''}`
    const text = `${count} ${count === 1 ? 'entry was' : 'entries were'} left out because of errors${which}`
    const code = this.#grave[0]?.trouble ?? 'unreadable'
    return { code, text: `${text}. ${remedies[code] ?? ''}`.trim() }
  }

  #damaged(code: string, detail: string): void {
    const what = `backups of the chain that this one continues cannot all be restored: ${detail}`
    this.#damage = { code, text: `${what}. Make a new full backup: duba backup --full JOB` }
  }

  #marker(state: MarkerState, detail: string): void {
    if (state === 'shared' || state === 'unreadable')
      this.#intrusion = { code: 'marker-mismatch', text: detail }
    else this.#note('marker', detail)
  }

  #newestChain(): JobResult['chain'] {
    const newest = this.chains?.at(-1)
    if (newest === undefined || this.#chains === undefined || this.#end === 0) return undefined
    const before = this.#kind === 'full' ? { sets: 0, bytes: 0 } : this.#chains
    const bytes = before.bytes === undefined || this.#continued ? undefined : before.bytes + this.#uploaded
    return { fullAt: newest.start, sets: before.sets + 1, bytes }
  }

  #trouble(trouble: EntryTrouble, path: string, detail: string): void {
    if (grave.has(trouble)) {
      this.#graveCount += 1
      if (this.#grave.length < namedPaths) this.#grave.push({ trouble, path })
    }
    const more = detail === '' ? '' : ` (${detail})`
    this.#note(trouble, `${path} ${troubleWords[trouble]}${more}`)
  }

  #note(code: string, text: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count <= notesOfAKind) this.#notes.push({ code, text })
  }

  #allNotes(): Note[] {
    const more = [...this.#counts]
      .filter(([, count]) => count > notesOfAKind)
      .map(([code, count]) => ({ code, text: `${count - notesOfAKind} more of the kind "${code}"` }))
    const retries = { code: 'retry', text: retryText(this.#retries) }
    return [...this.#notes, ...more, ...(this.#retries > 0 ? [retries] : [])]
  }
}
