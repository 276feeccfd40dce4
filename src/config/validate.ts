/** Checks a parsed configuration against the schema and says what is wrong in plain words. */
import type { ErrorObject } from 'ajv'
import schema from '../../schemas/duba.schema.json' with { type: 'json' }
import type { DubaConfig } from './config.generated.ts'
import { type Fault, showValue } from './fault.ts'
import { type JsonPath, type JsonText, stepsOf } from './json-text.ts'
import { nearest } from './near.ts'
import { withStandIns } from './stand-in.ts'
import { matchesPartially, matchesSchema } from './validators.generated.js'

/** The schema as it is shown to people and editors. */
export const configSchema: object = schema

export interface Validation {
  /** The configuration, with stand-ins for what is faulty in it, so that the rest can still be examined; undefined: it cannot. */
  readonly value: Partial<DubaConfig> | undefined
  readonly faults: readonly Fault[]
}

/** Validates the value of a text: of the main file, or of one of `conf.d`. Faults carry the file's name and lines. */
export function validate(text: JsonText, file: string, kind: 'main' | 'part'): Validation {
  const { value } = text
  const matches = kind === 'main' ? matchesSchema : matchesPartially
  if (matches(value)) return { value, faults: [] }
  const all = (matches.errors ?? []).filter((error) => error.propertyName === undefined)
  const mistyped = new Set(all.flatMap((error) => (error.keyword === 'type' ? [error.instancePath] : [])))
  // What else is wrong with a value of the wrong type would say the same again.
  const errors = all.filter(({ keyword, instancePath }) => keyword === 'type' || !mistyped.has(instancePath))
  const faults = errors.map((error) => {
    const found = describe(error)
    return { file, line: text.lineOf(found.path), ...found }
  })
  // Every known key has the type of the schema then.
  return { value: withStandIns(value, errors, matches) as Partial<DubaConfig> | undefined, faults }
}

type Description = Omit<Fault, 'file' | 'line'>

function describe(error: ErrorObject): Description {
  const path = stepsOf(error.instancePath)
  const params = error.params as Readonly<Record<string, unknown>>
  const parent = error.parentSchema as SchemaPart | undefined
  const at = { path, value: showValue(error.data, path) }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params['additionalProperty']), Object.keys(parent?.properties ?? {}))
    case 'required': {
      const name = String(params['missingProperty'])
      const remedy = `Add it: ${firstSentence(parent?.properties?.[name]?.description)}`
      return { path: [...path, name], value: undefined, message: 'is missing', remedy }
    }
    case 'propertyNames': {
      const wrong = { path: [...path, String(params['propertyName'])], value: undefined }
      return path.at(-1) === 'verdicts'
        ? { ...wrong, message: 'is no reason code', remedy: 'Use small letters, digits and dashes.' }
        : {
            ...wrong,
            message: 'is no name for an environment variable',
            remedy: 'Use letters, digits and underscores, and no digit at the start.',
          }
    }
    case 'const':
      return { ...at, message: 'is not supported', remedy: `Use ${JSON.stringify(params['allowedValue'])}.` }
    case 'minItems':
      return { ...at, message: 'is empty', remedy: 'Give it an element or remove it.' }
    case 'minProperties':
    case 'maxProperties':
      return {
        ...at,
        message: 'does not have exactly one member',
        remedy: `Write one of: ${Object.keys(parent?.properties ?? {}).join(', ')}.`,
      }
    case 'type':
      return {
        ...at,
        message: `must be ${typeWord(params['type'])}`,
        remedy: typeRemedy(error, params['type']),
      }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String)
      const meant = typeof error.data === 'string' ? nearest(error.data, allowed) : undefined
      const remedy = `${meant === undefined ? '' : `Did you mean "${meant}"? `}Use one of: ${allowed.join(', ')}.`
      return { ...at, message: 'is not one of the allowed values', remedy }
    }
    case 'minimum':
    case 'maximum':
      return {
        ...at,
        message: `is too ${error.keyword === 'minimum' ? 'small' : 'large'}`,
        remedy: `Use a number from ${String(parent?.minimum)} to ${String(parent?.maximum)}.`,
      }
    case 'minLength':
      return { ...at, message: 'is empty', remedy: 'Give it a value or remove it.' }
    case 'uniqueItems':
      return { ...at, message: 'holds an element twice', remedy: 'Remove one of the two.' }
    default:
      return {
        ...at,
        message: 'does not have the right form',
        remedy: `Expected: ${(parent?.description ?? 'text without NUL').replace(/\.$/, '')}.`,
      }
  }
}

interface SchemaPart {
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>
}

function unknownKey(path: JsonPath, name: string, known: readonly string[]): Description {
  const meant = nearest(name, known)
  const remedy = meant === undefined ? strangeRemedy(known) : `Did you mean "${meant}"?`
  return { path: [...path, name], value: undefined, message: 'is not a known key', remedy }
}

/** A list of names is read only if it is short. */
const strangeRemedy = (known: readonly string[]): string =>
  known.length > 12
    ? 'Remove it, or move it to its place. "duba config schema" tells the known keys.'
    : `Remove it, or move it to its place. Known here: ${known.join(', ')}.`

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text in double quotes',
  number: 'a number',
  boolean: 'true or false',
  integer: 'a whole number',
  array: 'a list in brackets [ ]',
  object: 'an object in braces { }',
}

const typeWord = (type: unknown): string =>
  [type]
    .flat()
    .map((word) => typeWords[String(word)] ?? String(word))
    .join(' or ')

function typeRemedy(error: ErrorObject, type: unknown): string {
  const { data } = error
  if (data === null) return 'Give it a value or remove the key.'
  if (type === 'array') return 'Put the value in brackets.'
  if (typeof data === 'string' && type !== 'string' && type !== 'object')
    return 'Write it without the double quotes.'
  if ([type].flat().includes('string') && typeof data !== 'object') return 'Put the value in double quotes.'
  return 'Replace the value.'
}

function firstSentence(description: string | undefined): string {
  return description === undefined ? '' : `${description.split(/\.\s|\.$/)[0] ?? ''}.`
}
