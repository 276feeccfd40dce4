/** What `collection-status` prints, for people and for machines. Archive format §9.8, command line facts §5.6, §9.6. */
import type { ChainSummary, CollectionSummary, CollectionWarning, SetSummary } from '../../engine/events.ts'
import { formatNameTime } from '../../format/name-time.ts'
import { formatPeople } from '../../format/time.ts'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { levels, type Message } from './message.ts'

/** The report. */
export function describeCollection(summary: CollectionSummary): Message {
  return { level: levels.info, code: 3, extra: dataLines(summary), text: reportText(summary), forced: true }
}

/** A data line each, after a first line of its own: chains, their sets, the two counters. */
function dataLines({ secondary, primary, orphanedSets, incompleteSets }: CollectionSummary): string {
  const set = ({ type, end, volumes, encrypted }: SetSummary): string =>
    ` ${type} ${formatNameTime(end)} ${volumes} ${encrypted ? 'enc' : 'noenc'}`
  return [
    '',
    'backend BackendWrapper',
    'archive-dir (. dir)',
    ...secondary.flatMap(({ sets }, index) => [`chain-no-sig ${index}`, ...sets.map(set)]),
    ...(primary === undefined ? [] : ['chain-complete', ...primary.sets.map(set)]),
    `orphaned-sets-num ${orphanedSets}`,
    `incomplete-sets-num ${incompleteSets}`,
  ].join('\n')
}

function reportText(summary: CollectionSummary): ByteString {
  const { secondary, primary, orphanedSets, incompleteSets } = summary
  const count = secondary.length
  return [
    'Collection Status',
    '-----------------',
    'Connecting with backend: BackendWrapper',
    `Archive dir: ${fromText(summary.archiveDir)}`,
    '',
    `Found ${count} secondary backup chain${count === 1 ? '' : 's'}.`,
    ...secondary.flatMap((chain, index) => [
      `Secondary chain ${index + 1} of ${count}:`,
      ...chainLines(chain),
      '',
    ]),
    ...(primary === undefined
      ? ['No backup chains with active signatures found']
      : ['', 'Found primary backup chain with matching signature chain:', ...chainLines(primary)]),
    ...strayLines(orphanedSets, incompleteSets),
  ].join('\n')
}

function chainLines({ start, end, sets }: ChainSummary): string[] {
  const row = (type: string, time: string, volumes: string): string =>
    `${type.padStart(20)}   ${time.padStart(30)}   ${volumes.padStart(15)}`
  const rule = '-------------------------'
  return [
    rule,
    `Chain start time: ${formatPeople(start)}`,
    `Chain end time: ${formatPeople(end)}`,
    `Number of contained backup sets: ${sets.length}`,
    `Total number of contained volumes: ${sets.reduce((sum, { volumes }) => sum + volumes, 0)}`,
    row('Type of backup set:', 'Time:', 'Num volumes:'),
    ...sets.map((set) =>
      row(set.type === 'full' ? 'Full' : 'Incremental', formatPeople(set.end), String(set.volumes)),
    ),
    rule,
  ]
}

function strayLines(orphaned: number, incomplete: number): string[] {
  if (orphaned === 0 && incomplete === 0) return ['No orphaned or incomplete backup sets found.']
  return [
    `Also found ${orphaned} backup set${orphaned === 1 ? '' : 's'} not part of any chain,`,
    `and ${incomplete} incomplete backup set${incomplete === 1 ? '' : 's'}.`,
    'These may be deleted by running duplicity with the "cleanup" command.',
  ]
}

/** A warning about stray files. Command line facts §9. */
export function describeWarning(warning: CollectionWarning): Message {
  const level = levels.warning
  switch (warning.kind) {
    case 'orphaned-signatures': {
      const { where, names } = warning
      const files = names.length === 1 ? 'file' : 'files'
      const head = `Warning, found the following ${where} orphaned signature ${files}:`
      return { level, code: 2, text: [head, ...names].join('\n') }
    }
    case 'unmatched-signatures':
      return { level, code: 4, text: 'Warning, found signatures but no corresponding backup files' }
    case 'incomplete-sets':
      return {
        level,
        code: 5,
        text: 'Warning, found incomplete backup sets, probably left from aborted session',
      }
    case 'orphaned-sets': {
      const files = warning.sets.length === 1 ? 'file' : 'files'
      const head = `Warning, found the following orphaned backup ${files}:`
      return { level, code: 6, text: [head, ...warning.sets.map((set) => `[${set.join(', ')}]`)].join('\n') }
    }
    case 'discarding-last-set':
      return {
        level,
        code: 1,
        text: 'Warning, discarding last backup set, because of missing signature file.',
      }
    case 'duplicate-file':
    case 'displaced-sets':
    case 'irregular-names':
    case 'empty-files':
    case 'remote-partials':
    case 'missing-volumes':
    case 'plaintext-sets':
      return { level, code: 1, text: `Warning, ${oddity(warning)}` }
  }
}

type Oddity =
  | 'duplicate-file'
  | 'displaced-sets'
  | 'irregular-names'
  | 'empty-files'
  | 'remote-partials'
  | 'missing-volumes'
  | 'plaintext-sets'

/** What duplicity has no words for: it asserts, or says nothing. */
function oddity(warning: Extract<CollectionWarning, { kind: Oddity }>): string {
  switch (warning.kind) {
    case 'duplicate-file':
      return `${warning.name} and ${warning.kept} stand for the same file; using ${warning.kept}.`
    case 'displaced-sets': {
      const sets = warning.sets.map((set) => `[${set.join(', ')}]`)
      return ['backup sets that a longer one with the same start displaced, not used:', ...sets].join('\n')
    }
    case 'irregular-names':
      return [
        `${warning.where} files whose names begin as backup files and end otherwise, not used:`,
        ...warning.names,
      ].join('\n')
    case 'empty-files':
      return [`${warning.where} files that are empty, taken for missing:`, ...warning.names].join('\n')
    case 'remote-partials':
      return ['partial files at the backend, not used:', ...warning.names].join('\n')
    case 'plaintext-sets': {
      const sets = warning.sets.map((set) => `[${set.join(', ')}]`)
      const why = warning.signed ? 'and so not signed' : 'behind encrypted ones'
      const head = `backup sets that are not encrypted ${why}, not used without --no-encryption:`
      return [head, ...sets].join('\n')
    }
    case 'missing-volumes':
      return `volumes missing of the backup set of ${warning.set}: ${warning.volumes.join(', ')}`
  }
}
