/** The report of a salvage in words: it stands at the end of the output, so that it is the last that is read. */
import type { EngineEvent } from '../../engine/events.ts'
import { formatMoment } from '../../format/time.ts'
import { fromText } from '../../lib/bytestring.ts'
import { quoteName } from './machine-log.ts'
import { levels, type Message } from './message.ts'

type SalvageEvent = EngineEvent & { type: 'salvage-loss' | 'salvage-path' | 'salvage-done' }

/** The message for an event of a salvage. */
export function describeSalvage(event: SalvageEvent): Message {
  const level = levels.warning
  switch (event.type) {
    case 'salvage-loss': {
      const { end, volume, from, to, exact, detail } = event
      const what = volume === undefined ? 'The set' : `Volume ${volume} of the set`
      const first = from === '' ? 'the beginning' : from
      const range = exact
        ? 'The paths concerned are listed below.'
        : `Any path from ${first} to ${to ?? 'the end'} may be missing or older than asked for.`
      const head = fromText(`LOST: ${what} that ended at ${formatMoment(end)}: ${detail}`)
      return { level, code: 12, text: `${head}\n  ${range}` }
    }
    case 'salvage-path': {
      const { state, path, detail } = event
      const shown = path === '' ? '.' : path
      const text = `${marks[state]}: ${shown}: ${fromText(detail)}`
      return { level, code: 12, extra: quoteName(shown), text, bulk: true }
    }
    case 'salvage-done': {
      const { whole, losses, damaged, missing, stale } = event
      if (whole) return { level: levels.notice, code: 1, text: 'Salvage complete: everything was whole.' }
      const counts = `${damaged} damaged, ${missing} missing, ${stale} older than asked for`
      const text = `Salvage complete, and NOT everything is back: ${losses} losses; of the paths listed ${counts}.`
      return { level, code: 1, text }
    }
  }
}

const marks = { damaged: 'DAMAGED', missing: 'MISSING', stale: 'OLDER' } as const
