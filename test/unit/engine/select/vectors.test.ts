/** Every vector that was recorded with duplicity 0.8.22: same options, same tree, same list of entries. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRules, type SelectionOption } from '../../../../src/engine/select/rules.ts'
import { walk } from '../../../../src/engine/select/walk.ts'
import { fromText, toText } from '../../../../src/lib/bytestring.ts'
import { UserError, type ErrorCode } from '../../../../src/lib/errors.ts'
import { buildTree, closeThings, type OpenThings, type TreeEntry } from './vector-tree.ts'

interface Vector {
  id: string
  note?: string
  tree: string
  source: string
  options: string[]
  files?: Record<string, string>
  stdin?: string
  exit: number
  expected?: string[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/selection-vectors.json', import.meta.url), 'utf8'),
) as { trees: Record<string, TreeEntry[]>; vectors: Vector[]; generated: Vector[] }
const all = [...vectors.vectors, ...vectors.generated]

/** Exit 30 is a crash of the original: a bad expression is an error of its own here. */
const codes: Record<number, ErrorCode> = {
  2: 'USAGE',
  14: 'PATTERN_OUTSIDE',
  15: 'PATTERN_INVALID',
  16: 'REDUNDANT_INCLUDE',
  30: 'PATTERN_INVALID',
}

const home = process.cwd()
const base = mkdtempSync(join(tmpdir(), 'select-'))
const open: OpenThings = { servers: [], mounts: [] }

beforeAll(async () => {
  for (const { tree, source } of all) {
    const folder = folderOf(tree, source)
    if (mkdirSync(folder, { recursive: true }) !== undefined) {
      await buildTree(join(folder, nameOf(source)), vectors.trees[tree] ?? [], open)
    }
  }
})

afterAll(() => {
  process.chdir(home)
  closeThings(open)
  rmSync(base, { recursive: true, force: true })
})

test('the vectors are the whole recording', () => {
  expect(vectors.vectors).toHaveLength(120)
  expect(vectors.generated).toHaveLength(150)
})

test.each(all.map((vector) => [vector.id, vector.note ?? vector.options.join(' '), vector] as const))(
  '%s %s',
  (_id, _note, vector) => {
    const folder = folderOf(vector.tree, vector.source)
    process.chdir(folder)
    for (const [name, content] of Object.entries(vector.files ?? {})) writeFileSync(name, content)
    const expand = (text: string) => fromText(text.replaceAll('{CWD}', folder))
    const run = () => {
      const source = expand(vector.source)
      const words = vector.options.map(expand)
      const rules = buildRules(optionsOf(words), source, {
        readFile: (path) => (path === '/dev/stdin' ? Buffer.from(vector.stdin ?? '') : readFileSync(path)),
        nullSeparator: words.includes('--null-separator'),
      })
      const copyLinks = words.includes('--copy-links')
      return [...walk({ source, rules, copyLinks, uid: 0 })].flatMap((item) =>
        item.item === 'entry' ? [toText(item.entry.path) || '.'] : [],
      )
    }
    if (vector.exit === 0) {
      expect(run()).toEqual(vector.expected)
    } else {
      expect(run).toThrow(expect.objectContaining({ code: codes[vector.exit] }))
    }
  },
)

function folderOf(tree: string, source: string): string {
  return join(base, tree + '-' + nameOf(source))
}

function nameOf(source: string): string {
  return source === '.' ? 'src' : (/([^/]+)\/*$/.exec(source)?.[1] ?? 'src')
}

/** What the command line parser does: spellings, flags, times. */
function optionsOf(words: readonly string[]): SelectionOption[] {
  const options: SelectionOption[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const value = () => words[++at] ?? ''
    switch (word) {
      case '--include':
      case '--exclude':
      case '--include-regexp':
      case '--exclude-regexp':
      case '--exclude-if-present':
      case '--include-filelist':
      case '--exclude-filelist':
        options.push({ option: word.slice(2) as 'include', value: value() })
        break
      case '--exclude-globbing-filelist':
        options.push({ option: 'exclude-filelist', value: value() })
        break
      case '--exclude-filelist-stdin':
        options.push({ option: 'exclude-filelist', value: '/dev/stdin' })
        break
      case '--exclude-device-files':
      case '--exclude-other-filesystems':
        options.push({ option: word.slice(2) as 'exclude-device-files' })
        break
      case '--exclude-older-than':
        options.push({ option: 'exclude-older-than', value: timeOf(value()) })
        break
      case '--null-separator':
      case '--copy-links':
        break
      default:
        throw new UserError('USAGE', `unknown option ${word}`)
    }
  }
  return options
}

/** Times as the vectors write them; others are refused before any rule is built. */
function timeOf(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text + 'T00:00:00') / 1000
  if (Number.isNaN(time)) throw new UserError('USAGE', `bad time ${text}`)
  return time
}
