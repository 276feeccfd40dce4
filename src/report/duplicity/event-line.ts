/** The engine's events as JSON lines, for the program that started it (`--event-fd`). */
import type { EngineEvent } from '../../engine/events.ts'
import { decodePath } from '../../lib/path-text.ts'

/** How the engine ended: the last line. */
export interface ExitLine {
  readonly type: 'exit'
  readonly status: number
  /** Only on failure; the code is one of `lib/errors.ts`, or `UNEXPECTED`. */
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string }
}

/** Fields that hold byte strings: names that come from a disk or a destination. */
const byteFields = new Set([
  'path',
  'fullPath',
  'name',
  'names',
  'sets',
  'kept',
  'copy',
  'remove',
  'volumes',
  'from',
  'to',
])

/** One line of JSON, with its line feed. Byte strings are told as text, bytes that are not UTF-8 as `\udcNN`. */
export function eventLine(event: EngineEvent | ExitLine): string {
  // Paths of the archive directory are text already.
  const ready = event.type === 'exit' || event.type === 'sync-deleted'
  return `${JSON.stringify(ready ? event : asText(event))}\n`
}

/** Events that come by the thousand: their lines may wait a little. */
export function isBulk({ type }: EngineEvent): boolean {
  return bulk.has(type)
}

const bulk: ReadonlySet<EngineEvent['type']> = new Set([
  'entry',
  'writing',
  'listed',
  'version',
  'state-difference',
  'restore-conflict',
] as const)

function asText(value: object): object {
  const fields = Object.entries(value).map(([key, field]: [string, unknown]) => {
    if (byteFields.has(key)) return [key, namesAsText(field)] as const
    return [key, isPlainObject(field) ? asText(field) : field] as const
  })
  return Object.fromEntries(fields)
}

function namesAsText(value: unknown): unknown {
  if (typeof value === 'string') return decodePath(value)
  return Array.isArray(value) ? value.map(namesAsText) : value
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
