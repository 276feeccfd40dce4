import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { byHandArgv, configuredEnvironment, exportLine, stockObstacle } from '../../../src/plan/by-hand.ts'
import type { Job } from '../../../src/plan/job.ts'
import { findJob } from '../../../src/plan/plan.ts'
import { plan } from '../../support/plan.ts'

const expansion = await plan(
  { backup_sources: [{ path: '/etc', env: { SWIFT_PASSWORD: "it's" } }] },
  { '/etc': [] },
)
const job: Job = {
  ...findJob(expansion, '/etc'),
  encryption: { kind: 'keys', keys: ['AA'], hidden: [] },
  keyFiles: ['/k'],
}
const url = job.destination

test.each([
  [['collection-status'], ['collection-status', '--encrypt-key', 'AA', '--key-file', '/k', url]],
  [
    ['restore', '-t', '3D', '/t'],
    ['restore', '--encrypt-key', 'AA', '--key-file', '/k', url, '-t', '3D', '/t'],
  ],
  [
    ['remove-older-than', '30D', '--force'],
    ['remove-older-than', '--encrypt-key', 'AA', '--key-file', '/k', '30D', '--force', url],
  ],
  [
    ['incremental', '{source}', '{url}'],
    ['incremental', '--encrypt-key', 'AA', '--key-file', '/k', '/etc', url],
  ],
  [
    ['cleanup', 'file:///other'],
    ['cleanup', '--encrypt-key', 'AA', '--key-file', '/k', 'file:///other'],
  ],
])('the URL of a job gets its place in %j', (typed, expected) => {
  expect(byHandArgv(job, typed, { stock: false })).toEqual(expected)
})

test('stock duplicity gets only what it knows, and that is told', () => {
  expect(byHandArgv(job, ['cleanup'], { stock: true })).toEqual(['cleanup', '--encrypt-key', 'AA', url])
  expect(stockObstacle(job)).toContain('import /k with gpg --import')
  expect(stockObstacle({ ...job, keyFiles: [] })).toBeUndefined()
  expect(() => byHandArgv(job, [], { stock: false })).toThrow(expect.objectContaining({ code: 'USAGE' }))
})

test('the variables are those of the configuration, quoted for a shell', () => {
  const env = configuredEnvironment({ ...job, env: { ...job.env, PATH: '/bin' } }, { PATH: '/bin' })
  expect(env).toMatchObject({ BACKUP_URL: url, GPG_KEY: 'AA', SWIFT_PASSWORD: "it's" })
  expect(env).not.toHaveProperty('PATH')
  expect(exportLine('A', "it's")).toBe(String.raw`export A='it'\''s'`)
  const text = "a\u001b[2J'\n\u009b b\u202e\u0001\n"
  const line = exportLine('A', text)
  expect(line).toMatch(/^[\n -~]*$/)
  const shell = spawnSync('/bin/sh', ['-c', `${line}; printf %s "$A"`], { encoding: 'utf8' })
  expect(shell.stdout).toBe(text)
})
