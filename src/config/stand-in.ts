/**
 * Stands in for what does not match the schema, so that the rest of a configuration can be judged by its meaning: a value of
 * the wrong type becomes one of the right type, and what is missing is put there.
 */
import type { ErrorObject, ValidateFunction } from 'ajv'
import { type JsonPath, stepsOf } from './json-text.ts'

/** Faults inside of faults show one after the other; no configuration is nested deeper than this. */
const rounds = 8

/**
 * A copy whose values have the types of the schema, not always the form. Undefined if nothing can stand in. `errors` are
 * those of the value; `matches` tells what is still wrong with the copy.
 */
export function withStandIns(
  value: unknown,
  errors: readonly ErrorObject[],
  matches: ValidateFunction,
): unknown {
  const copy: unknown = structuredClone(value)
  let wrong = errors.filter(isOfType)
  for (let round = 0; wrong.length > 0; round += 1) {
    if (round === rounds || !wrong.every((error) => mend(copy, error))) return undefined
    matches(copy)
    wrong = (matches.errors ?? []).filter(isOfType)
  }
  return copy
}

const isOfType = ({ keyword }: ErrorObject): boolean => keyword === 'type' || keyword === 'required'

/** Whether something could be put there. */
function mend(root: unknown, { keyword, instancePath, params, data }: ErrorObject): boolean {
  const { missingProperty: missing, type } = params as { missingProperty?: string; type?: string | string[] }
  const path = stepsOf(instancePath)
  if (keyword === 'required' && missing !== undefined) {
    const parent = at(root, path)
    if (parent === undefined) return false
    parent[missing] = missing === 'backup_sources' ? [] : `/?${missing}`
    // A source without a path is no source of which anything could be missing.
    if (missing === 'path') parent['state'] = 'absent'
    return true
  }
  const last = path.at(-1)
  const parent = at(root, path.slice(0, -1))
  if (last === undefined || parent === undefined) return false
  parent[last] = ofType([type].flat()[0], data)
  return true
}

function ofType(type: string | undefined, data: unknown): unknown {
  if (type === 'string') return ['number', 'boolean'].includes(typeof data) ? String(data) : '?'
  if (type === 'array') return data === null ? [] : [data]
  if (type === 'object') return {}
  return type === 'boolean' ? true : 1
}

/** The object or list at a path. */
function at(root: unknown, path: JsonPath): Record<string | number, unknown> | undefined {
  let found: unknown = root
  for (const step of path) found = isContainer(found) ? found[step] : undefined
  return isContainer(found) ? found : undefined
}

const isContainer = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null
