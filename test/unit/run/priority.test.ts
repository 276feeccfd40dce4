import { expect, test } from '@jest/globals'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPriority } from '../../../src/run/priority.ts'
import { placesOf } from '../../../src/run/places.ts'

test('programs that are missing or refuse are left out and named', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'duba-priority-'))
  try {
    writeFileSync(join(dir, 'nice'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(dir, 'nice'), 0o755)
    const { prefix, missing } = await findPriority(19, { PATH: dir })
    expect(prefix).toEqual([])
    expect(missing).toHaveLength(2)
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('priority 0 needs no program', async () => {
  expect(await findPriority(0, {})).toEqual({ prefix: [], missing: [] })
})

test('places of root and of others', () => {
  const config = { backup_sources: [] }
  expect(placesOf(config, { uid: 0, home: '/root', env: {} })).toEqual({
    stateDir: '/var/lib/duba',
    logDir: '/var/log/duplicity',
  })
  expect(placesOf(config, { uid: 1, home: '/home/u', env: {} })).toEqual({
    stateDir: '/home/u/.local/state/duba',
    logDir: '/home/u/.local/state/duba/log',
  })
  const configured = { ...config, logdir: '/l', state_dir: '/s' }
  expect(placesOf(configured, { uid: 0, home: '/', env: {} })).toEqual({ stateDir: '/s', logDir: '/l' })
})
