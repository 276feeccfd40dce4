/**
 * Regular expressions of `--include-regexp` and `--exclude-regexp`: Python's syntax, turned into JavaScript's.
 *
 * Covered: everything of Python 3.11's `re` but the possessive, the atomic and the conditional group, `\N{…}`, and
 * flag `i` for a part of the expression only. These and malformed expressions are PATTERN_INVALID. Accepted though
 * Python refuses them: lookbehinds of variable width. Source: Python library reference, "Regular Expression Syntax".
 */
import { messageOf, UserError } from '../../lib/errors.ts'
import { escapeLiteral, escapeRange } from './charset.ts'

/** Compiles an expression that is to be searched for in path text. Throws PATTERN_INVALID. */
export function compilePythonRegExp(expression: string): RegExp {
  try {
    return new Translation(expression).compile()
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw new UserError(
      'PATTERN_INVALID',
      `Error compiling regular expression ${expression}: ${messageOf(cause)}`,
      { hint: 'Correct the expression; it has the syntax of Python.', cause },
    )
  }
}

const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

/** Inner source of the sets behind `\d`, `\s` and `\w`, for text and with flag `a`. */
const classes: Readonly<Record<string, readonly [unicode: string, ascii: string]>> = {
  d: ['\\p{Nd}', '0-9'],
  s: [space, '\\t-\\r\\x20'],
  w: ['\\p{L}\\p{N}_', 'a-zA-Z0-9_'],
}

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** One run over one expression: `at` moves forward, each method returns source for flag `v`. */
class Translation {
  readonly #expression: string
  readonly #characters: readonly string[]
  #at = 0
  /** Python flags that hold at this place. */
  #flags = ''

  constructor(expression: string) {
    this.#expression = expression
    this.#characters = Array.from(expression)
  }

  compile(): RegExp {
    const global = /^\(\?([aimsux]+)\)/.exec(this.#expression)
    if (global) {
      this.#flags = global[1] ?? ''
      this.#at = global[0].length
    }
    const ignoreCase = this.#has('i')
    const source = this.#alternatives()
    if (this.#at < this.#characters.length) this.#fail('unbalanced parenthesis')
    return new RegExp(source, ignoreCase ? 'vi' : 'v')
  }

  #alternatives(): string {
    let source = ''
    for (;;) {
      if (this.#has('x')) this.#skipLayout()
      const character = this.#peek()
      if (character === undefined || character === ')') return source
      if (character === '|') {
        this.#at++
        source += '|'
      } else {
        const item = this.#item()
        source += item.source + this.#quantifier(item.repeatable)
      }
    }
  }

  #item(): { source: string; repeatable: boolean } {
    const character = this.#take()
    switch (character) {
      case '.':
        return { source: this.#has('s') ? '[\\s\\S]' : '[^\\n]', repeatable: true }
      case '^':
        return { source: this.#has('m') ? '(?<![^\\n])' : '^', repeatable: false }
      case '$':
        return { source: this.#has('m') ? '(?=\\n|$)' : '(?=\\n?$)', repeatable: false }
      case '[':
        return { source: this.#set(), repeatable: true }
      case '(':
        return this.#group()
      case '\\':
        return this.#escape()
      default:
        if (character === '*' || character === '+' || character === '?') this.#fail('nothing to repeat')
        if (character === '{' && this.#counts(this.#at - 1)) this.#fail('nothing to repeat')
        return { source: escapeLiteral(character), repeatable: true }
    }
  }

  /** The quantifier at this place, '' if there is none. */
  #quantifier(repeatable: boolean): string {
    if (this.#has('x')) this.#skipLayout()
    const character = this.#peek() ?? ''
    const counts = character === '{' ? this.#counts(this.#at) : undefined
    if (!/^[*+?]$/.test(character) && counts === undefined) return ''
    if (!repeatable) this.#fail('nothing to repeat')
    this.#at += counts?.[0].length ?? 1
    const source = counts ? `{${counts[1] === '' ? '0' : (counts[1] ?? '')}${counts[2] ?? ''}}` : character
    const lazy = this.#peek() === '?' ? this.#take() : ''
    if (this.#peek() === '+') this.#fail('possessive quantifiers are not supported')
    if (this.#has('x')) this.#skipLayout()
    const next = this.#peek() ?? ''
    if (/^[*+?]$/.test(next) || (next === '{' && this.#counts(this.#at))) this.#fail('multiple repeat')
    return source + lazy
  }

  /** `{m}`, `{m,}`, `{,n}`, `{m,n}` at a place; anything else in braces is literal. */
  #counts(at: number): RegExpExecArray | undefined {
    const match = /^\{(\d*)(,\d*)?\}/.exec(this.#characters.slice(at, at + 24).join(''))
    return match && match[0] !== '{}' ? match : undefined
  }

  #group(): { source: string; repeatable: boolean } {
    if (this.#peek() !== '?') return this.#body('(')
    const rest = this.#characters.slice(this.#at).join('')
    const open = /^\?(?:[:=!]|<[=!])/.exec(rest)?.[0]
    if (open !== undefined) {
      this.#at += open.length
      const group = this.#body('(' + open)
      // Only a group may be repeated in JavaScript, an assertion may in Python.
      return open === '?:' ? group : { source: `(?:${group.source})`, repeatable: true }
    }
    const comment = /^\?#[^)]*\)/.exec(rest)?.[0]
    if (comment !== undefined) {
      this.#at += Array.from(comment).length
      return { source: '(?:)', repeatable: false }
    }
    const named = /^\?P<([\p{L}_][\p{L}\p{N}_]*)>/u.exec(rest)
    if (named?.[1] !== undefined) {
      this.#at += Array.from(named[0]).length
      return this.#body(`(?<${named[1]}>`)
    }
    const back = /^\?P=([\p{L}_][\p{L}\p{N}_]*)\)/u.exec(rest)
    if (back?.[1] !== undefined) {
      this.#at += Array.from(back[0]).length
      return { source: `\\k<${back[1]}>`, repeatable: true }
    }
    const scoped = /^\?([aimsux]*)(?:-([imsx]+))?:/.exec(rest)
    if (scoped) {
      this.#at += scoped[0].length
      return this.#scoped(scoped[1] ?? '', scoped[2] ?? '')
    }
    if (/^\?[aimsux]+\)/.test(rest)) this.#fail('global flags are not at the start of the expression')
    if (rest.startsWith('?>')) this.#fail('atomic groups are not supported')
    if (rest.startsWith('?(')) this.#fail('conditional groups are not supported')
    return this.#fail('unknown extension ' + rest.slice(0, 2))
  }

  /** A group up to its closing parenthesis, which is taken too. */
  #body(open: string): { source: string; repeatable: boolean } {
    const source = open + this.#alternatives()
    if (this.#take() !== ')') this.#fail('missing ), unterminated subpattern')
    return { source: source + ')', repeatable: true }
  }

  #scoped(on: string, off: string): { source: string; repeatable: boolean } {
    const before = this.#flags
    const after = [...new Set(before + on)].filter((flag) => !off.includes(flag)).join('')
    if (after.includes('i') !== before.includes('i')) {
      this.#fail('flag i for a part of the expression is not supported, put (?i) at its start')
    }
    this.#flags = after
    const group = this.#body('(?:')
    this.#flags = before
    return group
  }

  /** An escape outside a set; the backslash is taken. */
  #escape(): { source: string; repeatable: boolean } {
    const character = this.#peek() ?? this.#fail('bad escape (end of pattern)')
    const word = `[${this.#class('w')}]`
    const assertions: Readonly<Record<string, string>> = {
      A: '^',
      Z: '$',
      b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
      B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
    }
    const assertion = assertions[character]
    if (assertion !== undefined) {
      this.#at++
      return { source: assertion, repeatable: false }
    }
    const reference = /^(?!0)(?![0-3][0-7]{2})[0-9]{1,2}/.exec(this.#ahead(3))?.[0]
    if (reference !== undefined) {
      this.#at += reference.length
      return { source: `(?:\\${reference})`, repeatable: true }
    }
    const escaped = this.#character()
    return { source: 'set' in escaped ? escaped.set : escapeLiteral(escaped.literal), repeatable: true }
  }

  /** A set; its `[` is taken. */
  #set(): string {
    let source = this.#peek() === '^' ? '[' + this.#take() : '['
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      const from = this.#member()
      const ranged = this.#peek() === '-' && this.#characters[this.#at + 1] !== ']'
      if (!ranged) {
        source += 'set' in from ? from.set : escapeLiteral(from.literal)
        continue
      }
      this.#at++
      const to = this.#member()
      const range = 'set' in from || 'set' in to ? undefined : escapeRange(from.literal, to.literal)
      source += range ?? this.#fail('bad character range')
    }
    this.#at++
    return source + ']'
  }

  #member(): { set: string } | { literal: string } {
    if (this.#at >= this.#characters.length) this.#fail('unterminated character set')
    const character = this.#take()
    if (character !== '\\') return { literal: character }
    if (this.#peek() !== 'b') return this.#character()
    this.#at++
    return { literal: '\b' }
  }

  /** An escape that means a character or a set of characters; the backslash is taken. */
  #character(): { set: string } | { literal: string } {
    const octal = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/.exec(this.#ahead(3))?.[0]
    if (octal !== undefined) {
      this.#at += octal.length
      return { literal: String.fromCodePoint(parseInt(octal, 8)) }
    }
    const hex = /^(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/.exec(this.#ahead(9))?.[0]
    if (hex !== undefined) {
      this.#at += hex.length
      return { literal: String.fromCodePoint(parseInt(hex.slice(1), 16)) }
    }
    const character = this.#peek() === undefined ? this.#fail('bad escape (end of pattern)') : this.#take()
    if ('dswDSW'.includes(character)) {
      const set = this.#class(character.toLowerCase())
      return { set: character === character.toLowerCase() ? `[${set}]` : `[^${set}]` }
    }
    const control = controls[character]
    if (control === undefined && /^[a-zA-Z0-9]$/.test(character)) this.#fail('bad escape \\' + character)
    return { literal: control ?? character }
  }

  #class(name: string): string {
    return classes[name]?.[this.#has('a') ? 1 : 0] ?? ''
  }

  /** White space and comments, where flag x holds. */
  #skipLayout(): void {
    for (;;) {
      if (/^\s$/.test(this.#peek() ?? '')) this.#at++
      else if (this.#peek() === '#') {
        while (this.#at < this.#characters.length && this.#peek() !== '\n') this.#at++
      } else return
    }
  }

  #has(flag: string): boolean {
    return this.#flags.includes(flag)
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(): string {
    return this.#characters[this.#at++] ?? ''
  }

  #ahead(count: number): string {
    return this.#characters.slice(this.#at, this.#at + count).join('')
  }

  #fail(reason: string): never {
    throw new UserError(
      'PATTERN_INVALID',
      `Error compiling regular expression ${this.#expression}: ${reason} at position ${this.#at}`,
      { hint: 'Correct the expression; it has the syntax of Python.' },
    )
  }
}
