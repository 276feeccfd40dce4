/** Texts from people, listings and files: names, times, URLs, configuration, selection. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseUrl, redactUrl } from '../../src/backend/url.ts'
import { parseJson } from '../../src/config/json-text.ts'
import { parseFileList } from '../../src/engine/select/file-list.ts'
import { compileGlob, reachesSource } from '../../src/engine/select/glob.ts'
import { decodePath, encodePath } from '../../src/lib/path-text.ts'
import { patientTest } from '../../src/engine/select/patient-regexp.ts'
import { compilePythonRegExp } from '../../src/engine/select/python-regexp.ts'
import { defaultNames, formatName, parseName } from '../../src/format/filename.ts'
import { formatNameTime, formatOldTime, parseNameTime } from '../../src/format/name-time.ts'
import { formatPeople, parseInterval, parseTime } from '../../src/format/time.ts'
import { fromBytes } from '../../src/lib/bytestring.ts'
import { fuzz, isAnswer, runs } from './fuzz.ts'

const UTC = 'UTC'

/** From here on a time is read as a number only, as duplicity does. */
const YEAR_2100 = 4_102_444_800

fuzz({
  parser: 'name',
  read: (input) => {
    for (const line of linesOf(input)) {
      for (const form of ['long', 'short', 'old'] as const) {
        const style = { ...defaultNames, form }
        const file = parseName(line, style)
        if (file === undefined || file.start >= YEAR_2100 || file.end >= YEAR_2100) continue
        expect(Number.isSafeInteger(file.start) && Number.isSafeInteger(file.end)).toBe(true)
        expect(parseName(formatName(file, style), style)).toEqual(file)
      }
    }
  },
  words: [
    'duplicity-full.',
    'duplicity-inc.',
    '.to.',
    '.vol',
    '.difftar',
    '.manifest',
    '.sigtar',
    '.part',
    'df.',
  ],
})

fuzz({
  parser: 'time',
  read: (input) => {
    for (const line of linesOf(input)) {
      parseInterval(line)
      parseNameTime(line, ':', UTC)
      for (const timeSeparator of [':', '_', '.*']) {
        every([
          () => {
            const moment = parseTime(line, { now: 1.7e9, timeSeparator, zone: UTC })
            expect(Number.isSafeInteger(moment)).toBe(true)
          },
        ])
      }
    }
  },
  words: ['now', '2h', 'Z', 'T', '-05:00', ':', '19', '/', 'D', '00'],
})

fuzz({
  parser: 'url',
  read: (input) => {
    for (const line of linesOf(input)) {
      every([() => parseUrl(line), () => redactUrl(line)])
    }
  },
  words: ['://', '@', ':', '%2F', '%', '[', ']', '?', '#', 'par2+', '\t'],
})

fuzz({
  parser: 'json',
  read: (input) => {
    const text = input.toString('utf8')
    const { value, faults, lineOf } = parseJson(text)
    lineOf(['a', 0])
    if (faults.length > 0 || value === undefined) return
    const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
    expect(value).toEqual(JSON.parse(plain))
  },
  words: ['{', '}', '[', ']', '"', '\\u', ',', ':', 'true', 'null', '1e9', '"__proto__"'],
})

/** Paths that make patterns try long. */
const PATHS = [
  '/home/user/.cache/x.log',
  `/home/${'a'.repeat(40)}`,
  `/${'aa/'.repeat(30)}`,
  `/home/${'ab'.repeat(120)}!`,
]

fuzz({
  parser: 'glob',
  read: (input) => {
    for (const line of input.toString('latin1').split('\n').slice(0, 12)) {
      every([
        () => reachesSource(line, '/home'),
        () => {
          const include = compileGlob(line, 'include')
          const exclude = compileGlob(line, 'exclude')
          for (const path of PATHS) {
            include(path, true)
            exclude(path, false)
          }
        },
      ])
    }
  },
  words: ['**', '*', '?', '[', ']', '!', '/', 'ignorecase:', '**/*', 'a'],
})

fuzz({
  parser: 'regexp',
  read: (input, random) => {
    for (const line of input.toString('utf8').split('\n').slice(0, 2)) {
      const matching = (path: string) => () => {
        patientTest(compilePythonRegExp(line), line)(path)
      }
      every([matching('/home/user/x.log'), ...(random(200) === 0 ? PATHS.map(matching) : [])])
    }
  },
  words: ['(', ')', '[', ']', '*', '+', '?', '{2,3}', '\\', '(?P<a>', '(?P=a)', '(?i)', '|', '^', '$'],
  // Two expressions, each of which may take its second for each path.
  slowest: 2 * (1 + PATHS.length) * 1500,
})

fuzz({
  parser: 'filelist',
  read: (input) => {
    for (const nullSeparator of [false, true]) {
      for (const { pattern } of parseFileList(input, 'include', nullSeparator)) expect(pattern).not.toBe('')
    }
  },
  words: ['+ ', '- ', '#', '"', "'", '\r', '\n', '\0', '\u00a0'],
})

test('a name that was written is read back', () => {
  const time = fc.integer({ min: 1, max: YEAR_2100 - 1 })
  const file = fc.record({
    kind: fc.constantFrom('volume', 'manifest', 'signatures'),
    type: fc.constantFrom('full', 'inc'),
    start: time,
    end: time,
    volume: fc.integer({ min: 1, max: 1e9 }),
    partial: fc.boolean(),
    form: fc.constantFrom('plain', 'gz', 'gpg'),
  })
  fc.assert(
    fc.property(file, fc.constantFrom('long', 'short'), (any, form) => {
      const name = {
        ...any,
        end: any.type === 'full' ? any.start : any.end,
        volume: any.kind === 'volume' ? any.volume : 0,
        partial: any.kind !== 'volume' && any.partial,
      } as const
      const style = { ...defaultNames, form }
      expect(parseName(formatName(name, style), style)).toEqual(name)
    }),
    runs(300),
  )
})

test('times in names are read back', () => {
  const moment = fc.integer({ min: 1, max: 4_000_000_000 })
  fc.assert(
    fc.property(moment, fc.constantFrom(':', '_', '.'), (seconds, separator) => {
      expect(parseNameTime(formatNameTime(seconds), separator, UTC)).toBe(seconds)
      for (const zone of [UTC, 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Chatham']) {
        expect(parseNameTime(formatOldTime(seconds, separator, zone), separator, zone)).toBe(seconds)
      }
      expect(formatPeople(seconds)).toMatch(/^\w{3} \w{3} /)
    }),
    runs(200),
  )
})

test('any bytes are a path text and come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (array) => {
      const path = fromBytes(Buffer.from(array))
      expect(encodePath(decodePath(path))).toBe(path)
    }),
    runs(300),
  )
})

function linesOf(input: Buffer): string[] {
  return input.toString('utf8').split('\n').slice(0, 50)
}

/** Does each, though some may be refused. */
function every(works: readonly (() => unknown)[]): void {
  for (const work of works) {
    try {
      work()
    } catch (error) {
      if (!isAnswer(error)) throw error
    }
  }
}
