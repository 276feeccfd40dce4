/**
 * Regular expressions that people wrote, against names that other people chose: some take longer than the world will
 * last for a name of fifty letters. Those that can do so get a second for each path, and are told when it is over.
 */
import { types } from 'node:util'
import { createContext, Script } from 'node:vm'
import { UserError } from '../../lib/errors.ts'

/** Milliseconds for one path. A match that is not of that kind takes some microseconds. */
const PATIENCE = 1000

/** Steps, roughly, that an expression may need for a path without being watched. */
const MOST_STEPS = 10_000_000

/** The test of an expression. Throws PATTERN_INVALID where a path takes more than a second. */
export function patientTest(expression: RegExp, shown: string): (text: string) => boolean {
  const { nested, open } = repetitionOf(expression.source)
  let watched: ((text: string) => boolean) | undefined
  return (text) => {
    if (!nested && text.length ** open <= MOST_STEPS) return expression.test(text)
    watched ??= watchedTest(expression, shown)
    return watched(text)
  }
}

/** To set a timer for each call costs a hundred microseconds, so only what needs it goes through here. */
function watchedTest(expression: RegExp, shown: string): (text: string) => boolean {
  const context = createContext({ expression, text: '' })
  const script = new Script('expression.test(text)')
  return (text) => {
    context['text'] = text
    try {
      return script.runInContext(context, { timeout: PATIENCE }) === true
    } catch (cause) {
      if (!isTimeout(cause)) throw cause
      throw new UserError(
        'PATTERN_INVALID',
        `The regular expression ${shown} takes too long for the path ${text}`,
        {
          hint: 'Repetition inside repetition, as in (a+)+, is tried in every combination: write it without.',
          cause,
        },
      )
    }
  }
}

function isTimeout(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

/**
 * What makes an expression slow: whether a group that repeats or chooses is itself repeated, and how many repetitions
 * without end there are beside each other. `source` is that of a valid JavaScript expression with flag `v`.
 */
export function repetitionOf(source: string): { nested: boolean; open: number } {
  /** For each group that is open: whether something in it can match in several ways. */
  const groups = [false]
  let nested = false
  let open = 0
  let closed = false
  for (let at = 0; at < source.length;) {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at, at + 24))?.[0]
    if (quantifier !== undefined && at > 0) {
      if (closed && !quantifier.startsWith('?')) nested = true
      if (/^(?:[*+]|\{\d+,\})/.test(quantifier)) open++
      groups[groups.length - 1] = true
      closed = false
      at += quantifier.length
      continue
    }
    closed = false
    const character = source[at]
    if (character === '[') at = endOfSet(source, at)
    else if (character === '(') {
      groups.push(false)
      at += /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(source.slice(at))?.[0].length ?? 1
    } else if (character === ')') {
      closed = groups.pop() === true
      if (closed) groups[groups.length - 1] = true
      at++
    } else {
      if (character === '|') groups[groups.length - 1] = true
      at += character === '\\' ? 2 : 1
    }
  }
  return { nested, open }
}

/** The place behind the set that begins at a place; sets lie in sets with flag `v`. */
function endOfSet(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '[') depth++
    else if (source[at] === ']' && --depth === 0) return at + 1
  }
  return source.length
}
