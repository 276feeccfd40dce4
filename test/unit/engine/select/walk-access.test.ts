/** What a user other than root can and cannot read: the walk runs in a process of user nobody. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { transformSync } from '@swc/core'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const nobody = 65534
const root = new URL('../../../../', import.meta.url).pathname
let base = ''

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'access-'))
  chmodSync(base, 0o755)
  writeFileSync(join(base, 'package.json'), '{"type":"module"}')
  for (const folder of ['src/lib', 'src/engine/select']) {
    mkdirSync(join(base, folder), { recursive: true })
    for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'))) {
      const { code } = transformSync(readFileSync(join(root, folder, name), 'utf8'), {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      })
      writeFileSync(
        join(base, folder, name.replace(/\.ts$/, '.js')),
        code.replace(/(from ['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'),
      )
    }
  }
  const tree = join(base, 'tree')
  for (const directory of ['closed', 'blind', 'open', 'way'])
    mkdirSync(join(tree, directory), { recursive: true })
  mkdirSync(join(tree, 'way', 'shut'))
  for (const file of ['closed/x', 'blind/x', 'open/x', 'open/secret', 'way/shut/x'])
    writeFileSync(join(tree, file), '')
  chmodSync(join(tree, 'open', 'secret'), 0o600)
  chmodSync(join(tree, 'closed'), 0o700)
  chmodSync(join(tree, 'blind'), 0o744)
  chmodSync(join(tree, 'way', 'shut'), 0o700)
})

afterAll(() => {
  rmSync(base, { recursive: true })
})

/** Items of a walk by nobody as words, or the code of the error it throws. */
function walkAsNobody(source: string, rules: unknown[] = []): string[] {
  const script = `
    const { walk } = await import(${JSON.stringify(join(base, 'src/engine/select/walk.js'))})
    const words = []
    try {
      for (const item of walk({ source: ${JSON.stringify(source)}, rules: ${JSON.stringify(rules)}, copyLinks: false, uid: process.getuid() }))
        words.push(item.item === 'entry' ? item.entry.path : item.path + ': ' + item.item + ' ' + item.reason)
    } catch (error) {
      words.push(error.code)
    }
    console.log(JSON.stringify(words))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    uid: nobody,
    gid: nobody,
    encoding: 'utf8',
    cwd: base,
  })
  if (status !== 0) throw new Error(`The walk as another user failed (these tests need root): ${stderr}`)
  return JSON.parse(stdout) as string[]
}

test('files and directories that may not be read are blocked, each once', () => {
  expect(walkAsNobody(join(base, 'tree'))).toEqual([
    '',
    'blind: blocked unreadable',
    'closed: blocked unreadable',
    'open',
    'open/secret: blocked unreadable',
    'open/x',
    'way',
    'way/shut: blocked unreadable',
  ])
})

test('what rules exclude is not tried', () => {
  const excluded = ['blind', 'closed', 'open/secret', 'way/shut'].map((name) => ({
    rule: 'glob',
    action: 'exclude',
    pattern: join(base, 'tree', name),
  }))
  expect(walkAsNobody(join(base, 'tree'), excluded)).toEqual(['', 'open', 'open/x', 'way'])
})

test('a blocked directory that was only scanned keeps those above it', () => {
  const rules = [
    { rule: 'glob', action: 'include', pattern: '**/shut/x' },
    { rule: 'glob', action: 'exclude', pattern: '**' },
  ]
  expect(walkAsNobody(join(base, 'tree'), rules).slice(-2)).toEqual(['way', 'way/shut: blocked unreadable'])
})

test('if-present makes no judgement on a directory it cannot search', () => {
  expect(walkAsNobody(join(base, 'tree'), [{ rule: 'if-present', name: 'x' }])).toEqual([
    '',
    'blind: blocked unreadable',
    'closed: blocked unreadable',
    'way',
    'way/shut: blocked unreadable',
  ])
})

test('an unreadable source is an error', () => {
  expect(walkAsNobody(join(base, 'tree', 'closed'))).toEqual(['SOURCE_UNREADABLE'])
  expect(walkAsNobody(join(base, 'tree', 'open', 'secret'))).toEqual(['SOURCE_UNREADABLE'])
})
