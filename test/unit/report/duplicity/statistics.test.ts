import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { formatPeople } from '../../../../src/format/time.ts'
import { elapsedText, sizeText, statisticsText } from '../../../../src/report/duplicity/statistics.ts'

const source = readFileSync(new URL('../../../fixtures/vectors/format-vectors.json', import.meta.url), 'utf8')
const vectors = JSON.parse(source) as { byteSummary: { bytes: number; text: string }[] }

/** Of these vectors only measured times, which the file writes with a point: JSON.parse does not tell 1 from 1.0. */
const measured = [...source.matchAll(/"seconds": (\d+\.\d+),\s*"text": "([^"]+)"/g)].map(
  ([, seconds, text]) => ({
    seconds: Number(seconds),
    text,
  }),
)

test.each(vectors.byteSummary)('$bytes is $text', ({ bytes, text }) => {
  expect(sizeText(bytes)).toBe(text)
})

test('the file of vectors has measured times', () => {
  expect(measured.length).toBeGreaterThan(10)
})

test.each(measured)('$seconds s is $text', ({ seconds, text }) => {
  expect(elapsedText(seconds)).toBe(text)
})

test('the block, byte by byte', () => {
  const text = statisticsText({
    startTime: 1795441509.44,
    endTime: 1795441509.45,
    sourceFiles: 21,
    sourceFileSize: 282119,
    newFiles: 7,
    newFileSize: 8206,
    deletedFiles: 5,
    changedFiles: 3,
    changedFileSize: 265544,
    deltaEntries: 15,
    rawDeltaSize: 569,
    totalDestinationSizeChange: 1197,
    errors: 0,
  })
  expect(text).toBe(`--------------[ Backup Statistics ]--------------
StartTime 1795441509.44 (${formatPeople(1795441509)})
EndTime 1795441509.45 (${formatPeople(1795441509)})
ElapsedTime 0.01 (0.01 seconds)
SourceFiles 21
SourceFileSize 282119 (276 KB)
NewFiles 7
NewFileSize 8206 (8.01 KB)
DeletedFiles 5
ChangedFiles 3
ChangedFileSize 265544 (259 KB)
ChangedDeltaSize 0 (0 bytes)
DeltaEntries 15
RawDeltaSize 569 (569 bytes)
TotalDestinationSizeChange 1197 (1.17 KB)
Errors 0
-------------------------------------------------
`)
})
