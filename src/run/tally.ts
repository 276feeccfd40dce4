/** Adds up what the events of one engine process say about its job. */
import type { BackupStatistics, CollectionWarning, EntryTrouble } from '../engine/events.ts'
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

/** Two sets of one run: an interrupted one that was finished, and what changed meanwhile. The second looked at all. */
function sum(first: BackupStatistics | undefined, second: BackupStatistics): BackupStatistics {
  if (first === undefined) return second
  const fields = ['newFiles', 'changedFiles', 'deletedFiles', 'totalDestinationSizeChange'] as const
  const sums = fields.map((field): [string, number] => [field, first[field] + second[field]])
  return { ...second, ...Object.fromEntries(sums) }
}

/** Counts what an engine tells into the result of a job. */
export class Tally {
  #kind: 'full' | 'inc' | undefined
  #statistics: BackupStatistics | undefined
  #retries = 0
  readonly #grave: { readonly trouble: EntryTrouble; readonly path: string }[] = []
  #graveCount = 0
  readonly #notes: Note[] = []
  readonly #counts = new Map<string, number>()

  /** Takes one event. Paths are text. */
  take(event: WireEvent): void {
    if (event.type === 'backup-began') this.#kind ??= event.kind
    else if (event.type === 'statistics') this.#statistics = sum(this.#statistics, event.statistics)
    else if (event.type === 'trouble') this.#trouble(event.trouble, event.fullPath, event.detail)
    else if (event.type === 'retry') this.#retries += 1
    else if (event.type === 'collection-warning')
      this.#note(event.warning.kind, collectionText(event.warning))
    else if (event.type === 'note' && event.level === 'warning') this.#note('engine-warning', event.text)
    else if (event.type === 'forcing-full' && event.reason === 'recipients-changed') {
      const detail = event.detail === '' ? '' : `: ${event.detail}`
      this.#note('recipients-changed', `the keys have changed, so a new full backup was begun${detail}`)
    }
  }

  /** What happened, for a process that ended with or without a failure. */
  result(
    failure: Reason | undefined,
  ): Pick<
    JobResult,
    'verdict' | 'reason' | 'kind' | 'files' | 'bytesUploaded' | 'sourceFiles' | 'sourceBytes' | 'notes'
  > {
    const statistics = this.#statistics
    const kind = { full: 'full', inc: 'incremental', none: undefined } as const
    return {
      ...this.#verdict(failure),
      kind: kind[this.#kind ?? 'none'],
      files: statistics && {
        new: statistics.newFiles,
        changed: statistics.changedFiles,
        deleted: statistics.deletedFiles,
      },
      bytesUploaded: statistics?.totalDestinationSizeChange,
      sourceFiles: statistics?.sourceFiles,
      sourceBytes: statistics?.sourceFileSize,
      notes: this.#allNotes(),
    }
  }

  #verdict(failure: Reason | undefined): { verdict: Verdict; reason: Reason | undefined } {
    if (failure !== undefined) return { verdict: 'failed', reason: failure }
    const count = Math.max(this.#graveCount, this.#statistics?.errors ?? 0)
    if (count === 0) return { verdict: 'ok', reason: undefined }
    const named = this.#grave.map(({ path }) => path).join(', ')
    const more = count - this.#grave.length
    const which = named === '' ? '' : `: ${named}${more > 0 ? ` and ${more} more` : ''}`
    const text = `${count} ${count === 1 ? 'entry was' : 'entries were'} left out because of errors${which}`
    return { verdict: 'warning', reason: { code: this.#grave[0]?.trouble ?? 'unreadable', text } }
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
    const retries = { code: 'retry', text: `${this.#retries} operations on the destination were tried again` }
    return [...this.#notes, ...more, ...(this.#retries > 0 ? [retries] : [])]
  }
}

const placeWord = { remote: 'destination', local: 'cache' } as const

function collectionText(warning: CollectionWarning): string {
  switch (warning.kind) {
    case 'orphaned-signatures':
      return `${warning.names.length} signature files of the ${placeWord[warning.where]} fit no chain`
    case 'unmatched-signatures':
      return 'there are signatures, but none fit the newest chain'
    case 'incomplete-sets':
      return `${warning.sets.length} backup sets are incomplete`
    case 'orphaned-sets':
      return `${warning.sets.length} backup sets fit no chain`
    case 'discarding-last-set':
      return 'the last backup set has no signatures and is not built upon'
    case 'duplicate-file':
      return `${warning.name} is there twice; ${warning.kept} is used`
    case 'displaced-sets':
      return `${warning.sets.length} incremental sets were displaced by longer ones`
    case 'irregular-names':
      return `${warning.names.length} files of the ${placeWord[warning.where]} have names that are no backup's: ${warning.names.join(', ')}`
    case 'empty-files':
      return `${warning.names.length} files of the ${placeWord[warning.where]} are empty: ${warning.names.join(', ')}`
    case 'remote-partials':
      return `${warning.names.length} files of an unfinished session lie on the destination`
    case 'plaintext-sets':
      return `${warning.sets.length} backup sets are not encrypted although older ones are, and are not used`
    case 'missing-volumes':
      return `volumes ${warning.volumes.join(', ')} of ${warning.set} are missing on the destination`
  }
}
