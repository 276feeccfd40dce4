/** Where the values of a configuration stand, which may have come together from several files. */
import type { JsonPath, JsonText } from './json-text.ts'

export interface Place {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** The path in that file, which may differ from the path in the whole: lists are put together. */
  readonly path: JsonPath
}

/** The place of the value at a path; of its nearest parent where it is not there. */
export type Locate = (path: JsonPath) => Place

/** Places in a configuration of one file. */
export function locateIn(text: JsonText, file: string): Locate {
  return (path) => ({ file, line: text.lineOf(path), path })
}

const keyOf = (path: JsonPath): string => JSON.stringify(path)

/** Places of a configuration that grows from several files. */
export class Places {
  readonly #places = new Map<string, Place>()

  /** Notes the place of a value and of everything in it. `place.path` is where it stands in its file. */
  note(path: JsonPath, value: unknown, locate: Locate, pathInFile: JsonPath): void {
    this.#places.set(keyOf(path), locate(pathInFile))
    if (typeof value !== 'object' || value === null) return
    const isList = Array.isArray(value)
    for (const [name, part] of Object.entries(value)) {
      const step = isList ? Number(name) : name
      this.note([...path, step], part, locate, [...pathInFile, step])
    }
  }

  readonly locate: Locate = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = this.#places.get(keyOf(path.slice(0, length)))
      if (found !== undefined) return { ...found, path: [...found.path, ...path.slice(length)] }
    }
    const root = this.#places.get(keyOf([]))
    return { file: root?.file ?? '', line: root?.line ?? 1, path }
  }
}
