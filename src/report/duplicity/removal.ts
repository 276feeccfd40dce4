/** What `cleanup` and the remove commands say. Archive format §15, command line facts §9.4, §9.5. */
import type { EngineEvent } from '../../engine/events.ts'
import { formatPeople } from '../../format/time.ts'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { type Level, levels, type Message } from './message.ts'

/** Events of removals. */
export type RemovalEvent = Extract<
  EngineEvent,
  {
    type:
      | 'removal-needed'
      | 'removal-active-old'
      | 'removal-spared'
      | 'removal-found'
      | 'removal-nothing'
      | 'cleanup-found'
      | 'removing'
      | 'file-deleted'
      | 'removal-stopped'
      | 'removal-done'
  }
>

/** The messages for an event of a removal. */
export function describeRemoval(event: RemovalEvent): Message[] {
  switch (event.type) {
    case 'removal-needed': {
      const head = 'There are backup set(s) at time(s):'
      const end = "Which can't be deleted because newer sets depend on them."
      return [message(levels.warning, [head, ...moments(event.times), end])]
    }
    case 'removal-spared': {
      const what = event.chains === 1 ? 'chain stays' : 'chains stay'
      return [message(levels.notice, [`${event.chains} old ${what}, because enough complete ones must.`])]
    }
    case 'removal-active-old':
      return [
        message(levels.warning, [
          'Current active backup chain is older than specified time.  However, it will not be deleted.  To remove all your backups, manually purge the repository.',
        ]),
      ]
    case 'removal-found':
      return [describeChains(event)]
    case 'removal-nothing':
      return event.command === 'remove'
        ? [message(levels.notice, ['No old backup sets found, nothing deleted.'])]
        : [message(levels.warning, ['No extraneous files found, nothing deleted in cleanup.'])]
    case 'cleanup-found':
      return [describeFiles(event)]
    case 'removing': {
      const what = kinds[event.reason]
      return what === undefined
        ? []
        : [message(levels.notice, [`Deleting ${what} ${formatPeople(event.time)}`])]
    }
    case 'file-deleted':
      return [message(levels.info, [`Deleting ${event.name}`])]
    case 'removal-stopped': {
      const { name, left, detail } = event
      const files = left === 1 ? 'file' : 'files'
      return [
        message(levels.warning, [
          `Warning, ${name} could not be deleted: ${fromText(detail)}`,
          `The removal ended there with ${left} ${files} left; run the command again.`,
        ]),
      ]
    }
    case 'removal-done':
      return []
  }
}

/** What a step deletes, where duplicity has words for it. */
const kinds: Readonly<Partial<Record<(RemovalEvent & { type: 'removing' })['reason'], string>>> = {
  'old-signatures': 'complete signature chain',
  'old-backups': 'complete backup chain',
  'old-incremental-signatures': 'any incremental signature chain rooted at',
  'old-incrementals': 'any incremental backup chain rooted at',
}

function describeChains({ times, force }: RemovalEvent & { type: 'removal-found' }): Message {
  const several = times.length > 1
  const chains = several ? 'chains' : 'chain'
  const when = several ? 'times' : 'time'
  const list = moments(times)
  return force
    ? message(levels.notice, [`Deleting backup ${chains} at ${when}:`, ...list])
    : message(levels.notice, [
        `Found old backup ${chains} at the following ${when}:`,
        ...list,
        'Rerun command with --force option to actually delete.',
      ])
}

function describeFiles({ names, force }: RemovalEvent & { type: 'cleanup-found' }): Message {
  if (force) {
    const head =
      names.length === 1 ? 'Deleting this file from backend:' : 'Deleting these files from backend:'
    return message(levels.notice, [head, ...names])
  }
  return message(levels.notice, [
    `Found the following ${names.length === 1 ? 'file' : 'files'} to delete:`,
    ...names,
    'Run duplicity again with the --force option to actually delete.',
  ])
}

function message(level: Level, lines: readonly ByteString[]): Message {
  return { level, code: 1, text: lines.join('\n') }
}

function moments(times: readonly number[]): string[] {
  return times.map((time) => formatPeople(time))
}
