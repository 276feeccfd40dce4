import { expect, test } from '@jest/globals'
import { expand, nothingStored } from '../../../src/plan/expand.ts'
import type { SourceTree } from '../../../src/plan/source-tree.ts'
import { Answering, answeringTree } from '../../../src/run/answering.ts'

const mounts = (...lines: readonly string[]): string =>
  lines.map((line, index) => `${index} 1 0:${index} / ${line}\n`).join('')
const root = '/ rw - ext4 /dev/sda1 rw'
const dead = '/mnt/dead\\040nas rw shared:1 - nfs4 nas:/x rw'

function watch(text: string, patience = 200): { answering: Answering; looked: string[] } {
  const looked: string[] = []
  const look = (path: string): readonly string[] => {
    looked.push(path)
    return path.includes('dead') ? ['sleep', '60'] : ['false']
  }
  return { answering: new Answering({ mounts: () => text, look, patience }), looked }
}

test('nobody looks where no file system is served by others', async () => {
  const { answering, looked } = watch(mounts(root, '/proc/sys/fs/binfmt_misc rw - autofs systemd-1 rw'))
  expect(await answering.silence('/mnt/dead')).toBeUndefined()
  expect(looked).toEqual([])
})

test('a mount that does not answer is given up in time, once for all that lies in it; others are none the worse', async () => {
  const { answering, looked } = watch(mounts(root, dead, '/mnt/good rw - cifs //nas/x rw'))
  const start = performance.now()
  const silent = ['/mnt/dead nas/a', '/mnt/dead nas/b', '/mnt/dead nas'].map((path) =>
    answering.silence(path),
  )
  expect(await answering.silence('/mnt/good/x')).toBeUndefined()
  expect(await answering.silence('/mnt/dead-good')).toMatch(/^\/mnt\/dead-good did not answer within 1 s\./)
  expect(await Promise.all(silent)).toEqual([
    expect.stringMatching(/^\/mnt\/dead nas\/a did not answer/),
    expect.stringMatching(/b did not answer/),
    expect.stringMatching(/nas did not answer/),
  ])
  expect(performance.now() - start).toBeLessThan(5000)
  expect(looked.sort()).toEqual(['/mnt/dead nas/a', '/mnt/dead-good', '/mnt/good/x'])
})

test('a source that does not answer gives its job a verdict of its own, and the others theirs', async () => {
  const { answering } = watch(mounts(root, dead))
  const never = (path: string): Promise<undefined> =>
    path.includes('dead') ? new Promise(() => undefined) : Promise.resolve(undefined)
  const tree: SourceTree = {
    look: never,
    entries: async (path) => {
      await never(path)
      return []
    },
    size: () => Promise.resolve(0),
    hasBackups: () => false,
    text: () => Promise.resolve(''),
  }
  const config = {
    backup_dest: 'file:///b',
    encryption: 'none' as const,
    backup_sources: [
      { path: '/mnt/dead nas/a' },
      { path: '/mnt/dead nas/b', divide: true },
      { path: '/etc' },
    ],
  }
  const { jobs } = await expand(config, {
    tree: answeringTree(tree, answering),
    env: {},
    home: '/root',
    stored: nothingStored,
  })
  expect(jobs.map(({ obstacle }) => obstacle?.verdict)).toEqual(['stalled', 'stalled', undefined])
})
