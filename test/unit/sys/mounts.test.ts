import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { mountPoints } from '../../../src/sys/mounts.ts'

test('mount points are read with their blanks, each once', () => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-mounts-'))
  const file = join(dir, 'mountinfo')
  const lines = [
    '36 35 98:0 /mnt1 / rw,noatime master:1 - ext3 /dev/root rw,errors=continue',
    String.raw`37 36 98:1 / /with\040blank\134 rw - tmpfs tmpfs rw`,
    '38 36 98:2 / / rw - tmpfs tmpfs rw',
    '',
  ]
  writeFileSync(file, lines.join('\n'))
  expect(mountPoints(file)).toEqual(['/', String.raw`/with blank` + '\\'])
  expect(mountPoints(join(dir, 'none'))).toEqual([])
  expect(mountPoints()).toContain('/')
  rmSync(dir, { recursive: true })
})
