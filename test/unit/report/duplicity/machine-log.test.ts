import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fromBytes, fromText } from '../../../../src/lib/bytestring.ts'
import { formatRecord, quoteName } from '../../../../src/report/duplicity/machine-log.ts'
import { type Level, levelName, parseVerbosity } from '../../../../src/report/duplicity/message.ts'

interface Vectors {
  escape: { nameHex: string; control: string }[]
  levelNames: { level: number; name: string }[]
  verbosityArgs: { arg: string; level?: number; error?: boolean }[]
  machineRecords: {
    message: string | null
    level: Level
    code: number
    extra: string | null
    output: string
  }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/format-vectors.json', import.meta.url), 'utf8'),
) as Vectors

test.each(vectors.escape)('quotes the name $nameHex', ({ nameHex, control }) => {
  expect(quoteName(fromBytes(Buffer.from(nameHex, 'hex')))).toBe(control)
})

test('a quoted name is one word of printable ASCII whatever its bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(quoteName(fromBytes(bytes))).toMatch(/^'[\x20-\x26\x28-\x7e]*'$/)
    }),
  )
})

test.each(vectors.machineRecords)('writes the record $output', ({ message, level, code, extra, output }) => {
  const record = formatRecord({ level, code, text: message ?? '', ...(extra === null ? {} : { extra }) })
  expect(record).toBe(output)
})

test('a record with an undecodable name is written with a replacement character', () => {
  const record = formatRecord({ level: 5, code: 4, extra: quoteName('bad\xff'), text: 'A bad\xff' })
  expect(record).toBe(`INFO 4 'bad\\udcff'\n. A bad${fromText('\ufffd')}\n\n`)
})

test('an empty line inside a message does not end the record', () => {
  expect(formatRecord({ level: 3, code: 1, text: 'a\n\nb' })).toBe('NOTICE 1\n. a\n. \n. b\n\n')
})

test.each(vectors.levelNames)('level $level is $name', ({ level, name }) => {
  expect(levelName(level)).toBe(name)
})

test.each(vectors.verbosityArgs)('verbosity $arg', ({ arg, level }) => {
  expect(parseVerbosity(arg)).toBe(level)
})
