import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import { checkOpenFiles, checkTempSpace, neededSpace } from '../../../../src/cli/engine/resources.ts'
import type { Message } from '../../../../src/report/duplicity/message.ts'

const MIB = 1024 * 1024

function check(volumeSize: number, tempRoot = tmpdir()): Message[] {
  const said: Message[] = []
  checkTempSpace(tempRoot, volumeSize, (message) => said.push(message))
  return said
}

test('the space for volumes', () => {
  expect(neededSpace(200 * MIB)).toBe(482_344_960)
})

test('enough of everything is told to those who want to know', () => {
  expect(check(MIB)).toEqual([
    {
      level: 5,
      code: 1,
      text: expect.stringMatching(/^Temp has \d+ available, backup will use approx 2411724\.$/),
    },
  ])
})

test('too little space', () => {
  expect(() => check(2 ** 52)).toThrow(
    expect.objectContaining({
      code: 'TEMP_SPACE',
      message: expect.stringMatching(/^Temp space has \d+ available, backup needs approx \d+\.$/) as unknown,
    }),
  )
})

test('space that cannot be found out', () => {
  expect(() => check(MIB, '/nonexistent')).toThrow(expect.objectContaining({ code: 'TEMP_SPACE_UNKNOWN' }))
})

test('open files', () => {
  expect(() => {
    checkOpenFiles(1024)
  }).not.toThrow()
  expect(() => {
    checkOpenFiles(512)
  }).toThrow(
    "Max open files of 512 is too low, should be >= 1024.\nUse 'ulimit -n 1024' or higher to correct.\n",
  )
  expect(() => {
    checkOpenFiles(undefined)
  }).toThrow(expect.objectContaining({ code: 'OPEN_FILES_UNKNOWN' }))
})
