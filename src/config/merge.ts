/**
 * Puts the files of `conf.d` onto the main file. Objects are merged member by member, sources by path and name,
 * destinations by name; patterns, pattern files and hooks are put behind those that are there; anything else takes the
 * place of what was there.
 */
import { mainOnly, type Right, rightFor, trespass } from './conf-d-rights.ts'
import type { Fault } from './fault.ts'
import type { JsonPath } from './json-text.ts'
import { type Locate, Places } from './place.ts'

/** The value of a file that matches the schema, and where its parts stand. */
export interface Part {
  readonly value: object
  readonly locate: Locate
}

export interface Merged {
  /** Matches the schema if the parts do. */
  readonly value: object
  readonly locate: Locate
  readonly faults: readonly Fault[]
}

/** Merges; the parts come in the order in which they count. They are not changed. */
export function mergeParts(main: Part, parts: readonly Part[]): Merged {
  const merger = new Merger(main)
  for (const part of parts) merger.add(part)
  return { value: merger.value, locate: merger.places.locate, faults: merger.faults }
}

type Members = Record<string, unknown>

const appended: readonly string[] = [
  'backup_excludes',
  'backup_includes',
  'excludes',
  'includes',
  'exclude_files',
  'include_files',
  'before',
  'after',
  'on_error',
]
/** Objects that are one value. */
const whole: readonly string[] = ['window', 'divide']

class Merger {
  readonly value: Members
  readonly places = new Places()
  readonly faults: Fault[] = []
  readonly #rights: readonly unknown[]
  readonly #mainFile: string

  constructor({ value, locate }: Part) {
    this.value = structuredClone(value) as Members
    this.places.note([], this.value, locate, [])
    const rights = this.value['conf_d_may']
    this.#rights = Array.isArray(rights) ? rights : []
    this.#mainFile = locate([]).file
  }

  add({ value, locate }: Part): void {
    const all = Object.entries(structuredClone(value) as Members)
    for (const [key] of all.filter(([name]) => mainOnly.includes(name))) {
      this.#fault(locate, [key], 'can be set only in the main file', `Move it to ${this.#mainFile}.`)
    }
    const members = Object.fromEntries(all.filter(([key]) => key !== '$schema' && !mainOnly.includes(key)))
    this.#layer(this.value, members, [], [], locate, [])
  }

  /** Merges the members of a configuration, source or destination. `outer`: the layers around it. */
  #layer(
    target: Members,
    extra: Members,
    at: JsonPath,
    from: JsonPath,
    locate: Locate,
    outer: readonly Members[],
  ): void {
    const before = [{ ...target }, ...outer]
    for (const [key, value] of Object.entries(extra)) {
      const [there, here]: [JsonPath, JsonPath] = [
        [...at, key],
        [...from, key],
      ]
      if (key === 'env') {
        this.#variables(target, value as Members, there, here, locate, before)
      } else if (key === 'backup_sources') {
        this.#list(target, key, value as Members[], there, here, locate, before, sameSource)
      } else if (key === 'dests' && Array.isArray(target[key])) {
        this.#list(target, key, value as Members[], there, here, locate, before, sameName)
      } else if (this.#allowed(rightFor([key], before), locate, here)) {
        this.#value(target, key, value, there, here, locate)
      }
    }
  }

  #variables(
    target: Members,
    extra: Members,
    at: JsonPath,
    from: JsonPath,
    locate: Locate,
    layers: readonly Members[],
  ): void {
    // A copy: the layers tell what was there before.
    const variables: Members = { ...(target['env'] as Members | undefined) }
    if (target['env'] === undefined) this.places.note(at, undefined, locate, from)
    for (const [name, value] of Object.entries(extra)) {
      if (!this.#allowed(rightFor(['env', name], layers), locate, [...from, name])) continue
      variables[name] = value
      this.places.note([...at, name], value, locate, [...from, name])
    }
    target['env'] = variables
  }

  #list(
    target: Members,
    key: string,
    extra: readonly Members[],
    at: JsonPath,
    from: JsonPath,
    locate: Locate,
    outer: readonly Members[],
    same: (a: Members, b: Members) => boolean,
  ): void {
    const list = (target[key] ??= []) as Members[]
    for (const [number, element] of extra.entries()) {
      const found = list.findIndex((candidate) => same(candidate, element))
      const here = [...from, number]
      const known = list[found]
      if (known !== undefined) {
        const rest = Object.entries(element).filter(([member]) => member !== 'path' && member !== 'name')
        this.#layer(known, Object.fromEntries(rest), [...at, found], here, locate, outer)
      } else if (key !== 'dests' || this.#allowed('dest', locate, here)) {
        this.places.note([...at, list.length], element, locate, here)
        list.push(element)
      }
    }
  }

  /** A value that is no layer: an object is merged, a list is appended or replaced. */
  #value(target: Members, key: string, value: unknown, at: JsonPath, from: JsonPath, locate: Locate): void {
    const known = target[key]
    if (Array.isArray(known) && Array.isArray(value) && appended.includes(key)) {
      for (const [number, element] of value.entries()) {
        this.places.note([...at, known.length], element, locate, [...from, number])
        known.push(element)
      }
    } else if (isMembers(known) && isMembers(value) && !whole.includes(key)) {
      for (const [name, part] of Object.entries(value)) {
        this.#value(known, name, part, [...at, name], [...from, name], locate)
      }
    } else {
      target[key] = value
      this.places.note(at, value, locate, from)
    }
  }

  #allowed(right: Right | undefined, locate: Locate, from: JsonPath): boolean {
    if (right === undefined || this.#rights.includes(right)) return true
    const remedy = `Remove it, or add "${right}" to "conf_d_may" in ${this.#mainFile}.`
    this.#fault(locate, from, trespass(right), remedy)
    return false
  }

  #fault(locate: Locate, path: JsonPath, message: string, remedy: string): void {
    this.faults.push({ ...locate(path), value: undefined, message, remedy })
  }
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths are compared without empty and `.` steps. A source without a name is the one of its path that has none. */
const sameSource = (a: Members, b: Members): boolean =>
  stepsOf(a['path']) === stepsOf(b['path']) && a['name'] === b['name']
const sameName = (a: Members, b: Members): boolean => a['name'] === b['name']
const stepsOf = (path: unknown): string =>
  String(path)
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/')
