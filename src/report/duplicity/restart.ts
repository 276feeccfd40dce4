/** The events about interrupted sessions in words: duplicity's where it has some (archive format §10). */
import type { EngineEvent, RestartObstacle } from '../../engine/events.ts'
import { formatMoment } from '../../format/time.ts'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { levels, type Message } from './message.ts'

type RestartEvent = Extract<EngineEvent, { type: `restart-${string}` }>

/** An event about a restart, as duplicity would say it. */
export function describeRestart(event: RestartEvent): Message[] {
  switch (event.type) {
    case 'restart-found':
      return [notice(`Last ${event.kind} backup left a partial set, restarting.`)]
    case 'restart-dropped': {
      const { from, to } = event
      const lines = [
        `RESTART: Volumes ${from} to ${to} failed to upload before termination.`,
        `         Restarting backup at volume ${from}.`,
      ]
      return [notice(lines.join('\n'))]
    }
    case 'restart-after': {
      const { volume, path, block = 0 } = event
      return [notice(`Restarting after volume ${volume}, file ${path === '' ? '.' : path}, block ${block}`)]
    }
    case 'restart-anew':
      return [notice(anew(event))]
    case 'restart-settled':
      return [
        notice(
          `The session of ${fromText(event.name)} was complete; ` +
            (event.kept ? 'the file has its final name now.' : 'the file was removed and is fetched again.'),
        ),
      ]
    case 'restart-outdated': {
      const { paths } = event
      const what = paths === 1 ? '1 path has' : `${paths} paths have`
      return [
        notice(
          `${what} changed since the interrupted session stored ${paths === 1 ? 'it' : 'them'}; an incremental backup follows.`,
        ),
      ]
    }
  }
}

function anew({ why, kind, end, removed }: Extract<EngineEvent, { type: 'restart-anew' }>): string {
  if (why === 'nothing-stored') {
    return (
      'RESTART: The first volume failed to upload before termination.\n' +
      '         Restart is impossible...starting backup from beginning.'
    )
  }
  const files = removed.length === 1 ? '1 file' : `${removed.length} files`
  return (
    `RESTART: The partial ${kind === 'full' ? 'full' : 'incremental'} set of ${formatMoment(end)} cannot be finished: ` +
    `${reasons[why]}.\n         Removed ${files} of it from the destination, starting backup from beginning.`
  )
}

const reasons: Readonly<Record<Exclude<RestartObstacle, 'nothing-stored'>, string>> = {
  'full-wanted': 'a full backup is to be made',
  superseded: 'it does not belong behind the newest complete set',
  'settings-changed': 'names, keys or source are others now',
  'signer-unknown': 'who signed its volumes can only be seen with the secret key to them',
  'no-border': 'all its volumes end inside files',
  manifest: 'its manifest is damaged, or duplicity has worked on it since',
  signatures: 'its signatures are incomplete',
  'file-changed': 'the file that it was storing has changed',
}

function notice(text: ByteString): Message {
  return { level: levels.notice, code: 1, text }
}
