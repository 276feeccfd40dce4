/** What an engine process sends: lines of text, and events as one JSON object a line (`engine/events.ts`). */
import { StringDecoder } from 'node:string_decoder'
import type { EngineEvent } from '../engine/events.ts'

/** The last event of a process: how it ends. */
export interface ExitEvent {
  readonly type: 'exit'
  readonly status: number
  /** Only on failure. */
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string }
}

/** An event as it comes over the descriptor: paths are text here, not byte strings. */
export type WireEvent = EngineEvent | ExitEvent

/** Longer lines are cut into pieces, so that memory stays bounded. */
const longestLine = 1 << 20

/** Characters of an event at most: what a restore would come to names every backup set. */
export const longestEvent = 64 << 20

/** The lines of a stream, ended by LF alone; a last one without LF counts too. */
export async function* linesOf(stream: AsyncIterable<Buffer>, longest = longestLine): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of stream) {
    rest += decoder.write(chunk)
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > longest) {
      yield rest
      rest = ''
    }
  }
  rest += decoder.end()
  if (rest !== '') yield rest
}

/** The event of a line; undefined if the line is none. */
export function parseEvent(line: string): WireEvent | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
    if (typeof value.type !== 'string') return undefined
    if (value.type === 'exit' && !isExit(value)) return undefined
    // The engine is the same version of this program: its events have the shapes of engine/events.ts.
    return value as WireEvent
  } catch {
    return undefined // Not JSON: the caller tells how many lines were no events.
  }
}

function isExit(value: object): value is ExitEvent {
  if (!('status' in value) || typeof value.status !== 'number') return false
  if (!('error' in value)) return true
  const { error } = value
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  )
}
