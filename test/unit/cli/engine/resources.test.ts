import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import { checkResources, neededSpace } from '../../../../src/cli/engine/resources.ts'
import type { Message } from '../../../../src/report/duplicity/message.ts'

const MIB = 1024 * 1024
const needs = { tempRoot: tmpdir(), volumeSize: MIB, asynchronous: false, openFileLimit: 1024 }

function check(some: Partial<typeof needs> | { openFileLimit: undefined }): Message[] {
  const said: Message[] = []
  checkResources({ ...needs, ...some }, (message) => said.push(message))
  return said
}

test('the space for volumes', () => {
  expect(neededSpace({ volumeSize: 200 * MIB, asynchronous: false })).toBe(272_629_760)
  expect(neededSpace({ volumeSize: 200 * MIB, asynchronous: true })).toBe(482_344_960)
})

test('enough of everything is told to those who want to know', () => {
  expect(check({})).toEqual([
    {
      level: 5,
      code: 1,
      text: expect.stringMatching(/^Temp has \d+ available, backup will use approx 1363148\.$/),
    },
  ])
})

test('too little space', () => {
  expect(() => check({ volumeSize: 2 ** 52 })).toThrow(
    expect.objectContaining({
      code: 'TEMP_SPACE',
      message: expect.stringMatching(/^Temp space has \d+ available, backup needs approx \d+\.$/) as unknown,
    }),
  )
})

test('space that cannot be found out', () => {
  expect(() => check({ tempRoot: '/nonexistent' })).toThrow(
    expect.objectContaining({ code: 'TEMP_SPACE_UNKNOWN' }),
  )
})

test('open files', () => {
  expect(() => check({ openFileLimit: 512 })).toThrow(
    "Max open files of 512 is too low, should be >= 1024.\nUse 'ulimit -n 1024' or higher to correct.\n",
  )
  expect(() => check({ openFileLimit: undefined })).toThrow(
    expect.objectContaining({ code: 'OPEN_FILES_UNKNOWN' }),
  )
})
