/**
 * Asks the rules, in order, about one entry after another. Command line facts §3.1, §3.7.
 */
import { lstatSync } from 'node:fs'
import { fsPath, type ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'
import type { SourceEntry } from './entry.ts'
import { compileGlob } from './glob.ts'
import { decodePath } from '../../lib/path-text.ts'
import { patientTest } from './patient-regexp.ts'
import { compilePythonRegExp } from './python-regexp.ts'
import type { SelectionRule } from './rules.ts'

/** `scan`: enter the directory, and keep it only if something inside is included; nothing else is selected by it. */
export type Choice = 'include' | 'exclude' | 'scan'

/** An entry as rules see it. */
export interface Candidate {
  /** Path text with the source in front (`decodePath`). */
  readonly text: string
  /** Where the system finds it, for rules that look into a directory. */
  readonly place: ByteString
  /** Undefined: it could not be looked at. It is then judged by its path, as a directory. */
  readonly entry: SourceEntry | undefined
}

type Verdict = Choice | undefined
type Judge = (candidate: Candidate) => Verdict

/** Makes the question that is put to every entry below the source. `device` is the source's `dev`. */
export function makeSelector(
  rules: readonly SelectionRule[],
  device: number,
): (candidate: Candidate) => Choice {
  const judges = rules.map((rule) => judgeOf(rule, device))
  return (candidate) => {
    let scanned = false
    for (const judge of judges) {
      const verdict = judge(candidate)
      if (verdict === 'include') return 'include'
      if (verdict === 'exclude') return scanned ? 'scan' : 'exclude'
      if (verdict === 'scan') scanned = true
    }
    return scanned ? 'scan' : 'include'
  }
}

function judgeOf(rule: SelectionRule, device: number): Judge {
  switch (rule.rule) {
    case 'glob': {
      const test = compileGlob(rule.pattern, rule.action)
      return ({ text, entry }) => {
        const answer = test(text, entry === undefined || entry.kind === 'dir')
        return answer === 'match' ? rule.action : answer
      }
    }
    case 'regexp': {
      const shown = decodePath(rule.pattern)
      const test = patientTest(compilePythonRegExp(shown), shown)
      return ({ text }) => (test(text) ? rule.action : undefined)
    }
    case 'if-present':
      // A name with a slash is no name of an entry.
      if (/^\.{0,2}$|\//.test(rule.name)) return () => undefined
      return ({ place, entry }) => (entry?.kind === 'dir' && holds(place, rule.name) ? 'exclude' : undefined)
    case 'device-files':
      return ({ entry }) => (entry?.kind === 'chr' || entry?.kind === 'blk' ? 'exclude' : undefined)
    case 'other-filesystems':
      return ({ entry }) => (entry !== undefined && entry.dev !== device ? 'exclude' : undefined)
    case 'older-than':
      return ({ entry }) => (entry?.kind === 'reg' && entry.mtime < rule.time ? 'exclude' : undefined)
  }
}

/** Whether a directory has an entry of a name. One that cannot be searched has none: the walk will report it. */
function holds(directory: ByteString, name: ByteString): boolean {
  try {
    return lstatSync(fsPath(`${directory}/${name}`), { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    if (isErrno(error)) return false
    throw error
  }
}
