import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { reasonCodes, remappableCodes } from '../../../src/lib/reason-codes.ts'

const src = join(import.meta.dirname, '../../../src')

function sourcesOf(...folders: readonly string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(src, folder, name), 'utf8')),
    )
    .join('\n')
}

/** Every text between single quotes that stands behind one of these beginnings. */
function literals(text: string, beginning: RegExp): string[] {
  return [...text.matchAll(new RegExp(`${beginning.source}'([a-z][a-z-]*)'`, 'g'))].map(
    ([, code = '']) => code,
  )
}

/** The texts of a union type. */
function union(text: string, name: string): string[] {
  const [, body = ''] = new RegExp(`export type ${name} =([^]*?)\n\n`).exec(text) ?? []
  return literals(body, name === 'CollectionWarning' ? /kind: / : /\|? /)
}

test('every reason and note that the program gives is known, and no other', () => {
  const programs = sourcesOf('plan', 'run', 'cli')
  const events = sourcesOf('engine')
  const given = new Set([
    ...literals(programs, /\bcode: /),
    ...literals(programs, /#note\(/),
    ...['EntryTrouble', 'CollectionWarning', 'CheckFindingKind'].flatMap((name) => union(events, name)),
  ])
  expect(given.size).toBeGreaterThan(60)
  expect([...given].sort()).toEqual(Object.keys(reasonCodes).sort())
})

test('codes of errors are reasons too', () => {
  expect(remappableCodes()).toEqual(expect.arrayContaining(['missing', 'backend-denied', 'locked']))
})
