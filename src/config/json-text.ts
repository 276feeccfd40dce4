/**
 * A strict JSON parser (RFC 8259) that knows lines. `JSON.parse` quotes the text around an error, which can be a
 * password, takes the last of two equal keys in silence, and cannot say on which line a value stands.
 */

/** A fault in the text: where, counted from 1, and what is wrong. Never quotes the text. */
export type JsonFault = { readonly line: number; readonly column: number } & (
  | { readonly kind: 'syntax'; readonly message: string }
  /** A member that stands twice in its object. */
  | { readonly kind: 'twice'; readonly path: JsonPath }
)

/** Steps from the root to a value: names of members and indexes of elements. */
export type JsonPath = readonly (string | number)[]

export interface JsonText {
  /** Undefined if the text is no JSON at all. */
  readonly value: unknown
  readonly faults: readonly JsonFault[]
  /** Line, counted from 1, where the member or element at a path begins; that of its nearest known parent else. */
  readonly lineOf: (path: JsonPath) => number
}

const maxDepth = 100

/** Parses a text. Equal keys in one object are faults too; the first stop ends the parsing. */
export function parseJson(text: string): JsonText {
  const parser = new Parser(text.startsWith('\uFEFF') ? text.slice(1) : text)
  return parser.run()
}

class Stop extends Error {}

class Parser {
  readonly #text: string
  readonly #faults: JsonFault[] = []
  readonly #starts = new Map<string, number>()
  #at = 0
  /** Where each line begins; made when a fault is to be told. */
  #lines: readonly number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  run(): JsonText {
    let value: unknown
    try {
      value = this.#value([])
      this.#blank()
      if (this.#at < this.#text.length) this.#stop('there is text behind the end of the configuration')
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      value = undefined
    }
    return { value, faults: this.#faults, lineOf: (path) => this.#lineOf(path) }
  }

  #lineOf(path: JsonPath): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const start = this.#starts.get(keyOf(path.slice(0, length)))
      if (start !== undefined) return this.#position(start).line
    }
    return 1
  }

  #value(path: JsonPath): unknown {
    this.#blank()
    if (path.length > maxDepth) this.#stop('the values are nested too deeply')
    if (!this.#starts.has(keyOf(path))) this.#starts.set(keyOf(path), this.#at)
    const character = this.#text[this.#at]
    if (character === '{') return this.#object(path)
    if (character === '[') return this.#array(path)
    if (character === '"') return this.#string()
    const literal = this.#match(/true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y)
    if (literal === undefined) this.#stop(`a value is missing or malformed; text must be in double quotes`)
    return JSON.parse(literal)
  }

  #object(path: JsonPath): unknown {
    const members = new Map<string, unknown>()
    this.#at += 1
    this.#blank()
    if (this.#take('}')) return {}
    do {
      this.#blank()
      const start = this.#at
      if (this.#text[start] !== '"')
        this.#stop('a name in double quotes is missing, perhaps behind a comma too many')
      const name = this.#string()
      const member = [...path, name]
      if (members.has(name)) {
        this.#faults.push({ ...this.#position(start), kind: 'twice', path: member })
      }
      this.#starts.set(keyOf(member), start)
      this.#blank()
      if (!this.#take(':')) this.#stop(`a colon is missing behind the name`)
      members.set(name, this.#value(member))
      this.#blank()
    } while (this.#take(','))
    if (!this.#take('}')) this.#stop('a comma or a closing brace } is missing')
    return Object.fromEntries(members)
  }

  #array(path: JsonPath): unknown[] {
    const elements: unknown[] = []
    this.#at += 1
    this.#blank()
    if (this.#take(']')) return elements
    do {
      elements.push(this.#value([...path, elements.length]))
      this.#blank()
    } while (this.#take(','))
    if (!this.#take(']')) this.#stop('a comma or a closing bracket ] is missing')
    return elements
  }

  #string(): string {
    const start = this.#at
    this.#take('"')
    // Piece by piece: one expression for a text of many megabytes would run out of stack.
    while (this.#match(/[^"\\\u0000-\u001f]{1,4096}|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y) !== undefined);
    if (!this.#take('"')) {
      this.#at = start
      this.#stop('a text is not closed, or holds a line break or a backslash that is not escaped')
    }
    return JSON.parse(this.#text.slice(start, this.#at)) as string
  }

  #blank(): void {
    this.#match(/[ \t\r\n]*/y)
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #stop(message: string): never {
    this.#faults.push({ ...this.#position(this.#at), kind: 'syntax', message })
    throw new Stop()
  }

  #position(at: number): { line: number; column: number } {
    this.#lines ??= lineStarts(this.#text)
    let [first, last] = [0, this.#lines.length - 1]
    while (first < last) {
      const middle = Math.ceil((first + last) / 2)
      if ((this.#lines[middle] ?? 0) <= at) first = middle
      else last = middle - 1
    }
    return { line: first + 1, column: at - (this.#lines[first] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

const keyOf = (path: JsonPath): string => JSON.stringify(path)

/** A path as people write it: `backup_sources[0].divide`; the root is `the configuration`. */
export function showPath(path: JsonPath): string {
  if (path.length === 0) return 'the configuration'
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      const plain = /^[A-Za-z_$][A-Za-z0-9_$-]*$/.test(step)
      return plain ? (index === 0 ? step : `.${step}`) : `[${JSON.stringify(step)}]`
    })
    .join('')
}

/** Steps of a JSON pointer (RFC 6901); an element's index becomes a number. */
export function stepsOf(pointer: string): JsonPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) =>
      /^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~'),
    )
}
