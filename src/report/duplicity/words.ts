/**
 * The engine's events in duplicity's words, byte by byte what scripts and front ends match on.
 * Command line facts §5.5 (codes), §5.6 (samples), §8.4, §9 (texts).
 */
import { describeRestart } from './restart.ts'
import type { EngineEvent, EntryTrouble } from '../../engine/events.ts'
import { formatNameTime } from '../../format/name-time.ts'
import { formatMoment, formatPeople } from '../../format/time.ts'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { describeCheck } from './check.ts'
import { describeCollection, describeWarning } from './collection.ts'
import { withErrno } from './errno.ts'
import { quoteName } from './machine-log.ts'
import { type Level, levels, type Message } from './message.ts'
import { describeRemoval } from './removal.ts'
import { describeSalvage } from './salvage.ts'
import { statisticsText } from './statistics.ts'

/** What of the command line the words depend on. */
export interface WordsOptions {
  /** `--asynchronous-upload`: other codes for uploads. */
  readonly asynchronous: boolean
}

/** The messages for an event, in order; none for events that duplicity says nothing about. */
export function describe(event: EngineEvent, options: WordsOptions): Message[] {
  switch (event.type) {
    case 'last-full':
      return [
        notice(`Last full backup date: ${event.time === undefined ? 'none' : formatPeople(event.time)}`),
      ]
    case 'forcing-full':
      return [forcingFull(event)]
    case 'entry': {
      const { code, mark } = changes[event.change]
      const text = `${mark} ${shown(event.path)}`
      return [{ level: levels.info, code, extra: quoteName(shown(event.path)), text, bulk: true }]
    }
    case 'trouble':
      return [describeTrouble(event)]
    case 'upload-began':
    case 'upload-done':
      return describeUpload(event, options)
    case 'volume-done':
      return [info(2, `Processed volume ${event.volume}`, String(event.sourceBytes))]
    case 'statistics':
      return [{ ...notice(statisticsText(event.statistics)), forced: true }]
    case 'restart-found':
    case 'restart-dropped':
    case 'restart-after':
    case 'restart-anew':
    case 'restart-settled':
    case 'restart-outdated':
      return describeRestart(event)
    case 'in-sync':
      return [notice('Local and Remote metadata are synchronized, no sync needed.')]
    case 'sync-began':
      return [notice('Synchronizing remote metadata to local cache...')]
    case 'sync-copied':
      return [notice(`Copying ${event.name} to local cache.`)]
    case 'sync-deleted':
      return [notice(`Deleting local ${fromText(event.path)} (not authoritative at backend).`)]
    case 'sync-failed': {
      const text = `Cannot copy ${event.name} to local cache, going on without it: ${fromText(event.detail)}`
      return [{ level: levels.warning, code: 1, text }]
    }
    case 'cache-damaged': {
      const text = `Warning, cached file ${fromText(event.path)} ${fromText(event.detail)}`
      return [{ level: levels.warning, code: 1, text }]
    }
    case 'sync-planned':
      return describePlannedSync(event.copy, event.remove)
    case 'collection-warning':
      return [describeWarning(event.warning)]
    case 'chain-damaged': {
      const text = `Warning, the backup chain is not whole, restores will fail, also of what is added now: ${fromText(event.detail)}. A full backup begins a new one.`
      return [{ level: levels.warning, code: 1, text }]
    }
    case 'writing': {
      const text = `Writing ${shown(event.path)} of type ${event.kind}`
      const extra = `${quoteName(event.path)} ${event.kind}`
      return [{ level: levels.info, code: 7, extra, text, bulk: true }]
    }
    case 'restore-volume': {
      const { done, total } = event
      return [info(2, `Processed volume ${done} of ${total}`, `${done} ${total}`)]
    }
    case 'restore-planned':
      return [notice(['Required volumes to restore:', ...event.volumes].join('\n\t'))]
    case 'restore-conflict':
      return [info(1, `In the way of ${shown(event.path)}: ${event.action}`)]
    case 'restore-stripped': {
      const text = `Left out of ${shown(event.path)}: ${event.what}`
      return [{ level: levels.warning, code: 1, text }]
    }
    case 'restore-trouble': {
      const path = shown(event.path)
      const text = `Error '${withErrno(event.detail)}' processing ${path}`
      return [{ level: levels.warning, code: 12, extra: quoteName(path), text }]
    }
    case 'difference':
      return [notice(fromText(event.text))]
    case 'verify-done':
      return [notice(verifySummary(event.compared, event.differences))]
    case 'listed': {
      const path = shown(event.path)
      const extra = `${formatNameTime(event.mtime)} ${quoteName(path)} ${event.kind}`
      const text = `${formatPeople(event.mtime)} ${path}`
      return [{ level: levels.info, code: 10, extra, text, forced: true, bulk: true }]
    }
    case 'version': {
      const text = `${formatMoment(event.end)} ${event.action} ${shown(event.path)}`
      return [{ level: levels.info, code: 1, text, forced: true, bulk: true }]
    }
    case 'state-difference': {
      const what = event.what.length === 0 ? '' : ` (${event.what.join(', ')})`
      const text = `${event.change} ${shown(event.path)}${what}`
      return [{ level: levels.info, code: 1, text, forced: true, bulk: true }]
    }
    case 'list-oldest-used': {
      const text =
        'No signature chain for the requested time. Using oldest available chain, starting at time ' +
        `${formatPeople(event.time)}.`
      return [{ level: levels.warning, code: 11, extra: formatNameTime(event.time), text }]
    }
    case 'collection-status':
      return [describeCollection(event.summary)]
    case 'salvage-loss':
    case 'salvage-path':
    case 'salvage-done':
      return [describeSalvage(event)]
    case 'check-sample':
    case 'check-set':
    case 'check-repository':
    case 'check-done':
      return describeCheck(event)
    case 'removal-needed':
    case 'removal-active-old':
    case 'removal-spared':
    case 'removal-found':
    case 'removal-nothing':
    case 'cleanup-found':
    case 'removing':
    case 'file-deleted':
    case 'removal-stopped':
    case 'removal-done':
      return describeRemoval(event)
    case 'replicating':
      return [notice(`Replicating ${event.name}.`)]
    case 'already-replicated':
      return [info(1, `Backupset ${event.name} already replicated`)]
    case 'replicate-nothing':
      return [notice('No old backup sets found.')]
    case 'retry': {
      const text = `Attempt of ${operations[event.operation] ?? event.operation} Nr. ${event.attempt} failed. `
      return [{ level: levels.warning, code: 1, text: text + fromText(event.detail) }]
    }
    case 'note':
      return [{ level: levels[event.level], code: 1, text: fromText(event.text) }]
    case 'marker': {
      const level = event.state === 'shared' || event.state === 'unreadable' ? 'warning' : 'notice'
      return event.detail === '' ? [] : [{ level: levels[level], code: 1, text: fromText(event.detail) }]
    }
    case 'key-checked':
      return [describeKey(event)]
    case 'chains':
    case 'progress':
    case 'transfer':
    case 'backup-began':
    case 'backup-done':
    case 'restore-done':
    case 'restore-outlook':
    case 'restore-placed':
    case 'replicate-done':
      return []
  }
}

function describeKey(event: Extract<EngineEvent, { type: 'key-checked' }>): Message {
  const { key, use, usable, detail, hint } = event
  const what = use === 'passphrase' ? 'The passphrase' : `The key ${key}`
  const text = usable ? `${what} can be used (${use}).` : `${detail} ${hint}`
  return { level: levels[usable ? 'notice' : 'error'], code: 1, text: fromText(text) }
}

const changes = {
  new: { code: 4, mark: 'A' },
  changed: { code: 5, mark: 'M' },
  deleted: { code: 6, mark: 'D' },
} as const

/** Names of operations in the message about a failed attempt. */
const operations: Readonly<Record<string, string>> = { delete: '_do_delete', size: '_do_query' }

function notice(text: ByteString): Message {
  return { level: levels.notice, code: 1, text }
}

function info(code: number, text: ByteString, extra?: string): Message {
  return { level: levels.info, code, text, ...(extra === undefined ? {} : { extra }) }
}

function shown(path: ByteString): ByteString {
  return path === '' ? '.' : path
}

function forcingFull({ reason, detail }: EngineEvent & { type: 'forcing-full' }): Message {
  const level = levels.warning
  switch (reason) {
    case 'too-old':
      return notice('Last full backup is too old, forcing full backup')
    case 'no-signatures':
      return { level, code: 1, text: 'No signatures found, switching to full backup.' }
    case 'recipients-changed':
      return { level, code: 1, text: `${fromText(detail)} Forcing full backup.` }
  }
}

/** Code and level of each trouble; what is left out without harm is told at info level, as duplicity does. */
const troubles: Readonly<Record<EntryTrouble, { level: Level; code: number }>> = {
  unreadable: { level: levels.warning, code: 10 },
  'io-error': { level: levels.warning, code: 10 },
  vanished: { level: levels.warning, code: 9 },
  'changed-while-read': { level: levels.warning, code: 1 },
  socket: { level: levels.info, code: 15 },
  'unknown-type': { level: levels.warning, code: 8 },
  'cannot-iterate': { level: levels.warning, code: 8 },
}

function describeTrouble({ trouble, fullPath, detail }: EngineEvent & { type: 'trouble' }): Message {
  const { level, code } = troubles[trouble]
  const path = shown(fullPath)
  const extra = code === 1 ? {} : { extra: quoteName(path) }
  const text = {
    unreadable: `Error accessing possibly locked file ${path}`,
    'io-error': `Error reading ${path}: ${withErrno(detail)}`,
    vanished: `Skipping ${path}: ${withErrno(detail)}`,
    'changed-while-read': `Warning, file ${path} changed: ${withErrno(detail)}`,
    socket: `Skipping socket ${path}`,
    'unknown-type': `Skipping ${path}: ${withErrno(detail)}`,
    'cannot-iterate': `Skipping ${path}: ${withErrno(detail)}`,
  }[trouble]
  return { level, code, ...extra, text }
}

/** Volumes are told as uploads; the other files only by name. */
function describeUpload(
  { type, name }: EngineEvent & { type: 'upload-began' | 'upload-done' },
  { asynchronous }: WordsOptions,
): Message[] {
  const volume = /\.vol\d+\.difftar(?:\.|$)|\.dt(?:\.|$)/.test(name)
  if (type === 'upload-began') {
    const words = asynchronous
      ? 'scheduling task for asynchronous execution'
      : 'running task synchronously (asynchronicity disabled)'
    const began = info(asynchronous ? 12 : 11, `AsyncScheduler: ${words}`)
    return [...(volume ? [began] : []), info(1, `Writing ${name}`)]
  }
  if (!volume) return []
  const words = asynchronous ? 'task execution done (success: True)' : 'task completed successfully'
  return [info(asynchronous ? 14 : 13, `AsyncScheduler: ${words}`)]
}

function describePlannedSync(copy: readonly string[], remove: readonly string[]): Message[] {
  const list = (head: string, names: readonly string[]): Message[] =>
    names.length === 0 ? [] : [notice([head, ...names].join('\n'))]
  return [
    ...list('Sync would copy the following from remote to local:', copy),
    ...list('Sync would remove the following spurious local files:', remove),
  ]
}

function verifySummary(compared: number, differences: number): string {
  const files = compared === 1 ? '1 file' : `${compared} files`
  const found = differences === 1 ? '1 difference' : `${differences} differences`
  return `Verify complete: ${files} compared, ${found} found.`
}
