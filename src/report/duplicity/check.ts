/** What a check has found, in words. duplicity has no such command: nothing here is matched by its front ends. */
import type { CheckFinding, CheckSummary, CheckVerdict } from '../../engine/events-check.ts'
import type { EngineEvent } from '../../engine/events.ts'
import { formatMoment } from '../../format/time.ts'
import { fromText } from '../../lib/bytestring.ts'
import { type Level, levels, type Message } from './message.ts'

type CheckEvent = EngineEvent & {
  type: 'check-sample' | 'check-set' | 'check-repository' | 'check-done'
}

/** The messages for an event of a check. */
export function describeCheck(event: CheckEvent): Message[] {
  switch (event.type) {
    case 'check-sample': {
      const { percent, chosen, total, seed } = event
      const text = `Reading a sample of ${chosen} of ${total} volumes (${percent} %); --sample-seed=${seed} repeats it.`
      return [message(levels.notice, text)]
    }
    case 'check-set': {
      const { set, verdict, findings, finished } = event
      const type = set.type === 'full' ? 'full backup' : 'incremental backup'
      const volumes = set.volumes === 1 ? '1 volume' : `${set.volumes} volumes`
      const word = finished || verdict !== 'good' ? words[verdict] : 'Unfinished'
      const head = `${word}: ${type} of ${formatMoment(set.end)}, ${volumes}.`
      return [message(levelOf(verdict), [head, ...findings.map(lineOf)].join('\n'))]
    }
    case 'check-repository': {
      const { verdict, findings } = event
      return [
        message(levelOf(verdict), ['Files that belong to no backup:', ...findings.map(lineOf)].join('\n')),
      ]
    }
    case 'check-done':
      return [message(event.summary.allGood ? levels.notice : levels.warning, summaryText(event.summary))]
  }
}

const words = { good: 'Good', suspicious: 'SUSPICIOUS', damaged: 'DAMAGED' } as const

const marks = { damage: '!', suspicion: '?', note: '-' } as const

function lineOf({ grade, detail }: CheckFinding): string {
  return `  ${marks[grade]} ${detail}`
}

function levelOf(verdict: CheckVerdict): Level {
  return verdict === 'good' ? levels.notice : levels.warning
}

function summaryText(summary: CheckSummary): string {
  const { good, suspicious, damaged, unfinished, foreign, volumes, read, closed } = summary
  const sets = good + suspicious + damaged
  const lines = [
    `Check complete: ${sets} backup ${sets === 1 ? 'set' : 'sets'}, ${good} good, ${suspicious} suspicious, ${damaged} damaged.`,
    `${read} of ${volumes} volumes were read to the end${read === 0 ? ' (--read-data reads them)' : ''}.`,
  ]
  if (closed > 0) lines.push(`${closed} files could not be looked into: no secret at hand opens them.`)
  if (unfinished > 0)
    lines.push(`${unfinished} unfinished ${unfinished === 1 ? 'set' : 'sets'} of interrupted sessions.`)
  if (foreign > 0) lines.push(`${foreign} foreign ${foreign === 1 ? 'file' : 'files'}, left alone.`)
  return lines.join('\n')
}

function message(level: Level, text: string): Message {
  return { level, code: 1, text: fromText(text) }
}
