import { expect, test } from '@jest/globals'
import { plan } from '../../support/plan.ts'

const tree = {
  '/home': ['big/', 'small/', 'tiny', 'old/'],
  '/home/big': ['1', '2', '3', '4'],
  '/home/small': ['1', '2'],
  '/home/tiny': ['1'],
  '/home/old': [],
}
const names = async (divide: object, more: object = {}): Promise<[string, string[]][]> => {
  const { jobs } = await plan({ backup_sources: [{ path: '/home', divide, ...more }] }, tree)
  return jobs.map(({ name, patterns }) => [name, patterns.map(({ text }) => text)])
}

test('small entries are put together in a job of the source, without those that have jobs', async () => {
  expect(await names({ min_size: 2 })).toEqual([
    ['/home/big', []],
    ['/home/small', []],
    ['/home', ['/home/big', '/home/small']],
  ])
})

test('the largest entries get the jobs there are', async () => {
  expect(await names({ max_jobs: 1 })).toEqual([
    ['/home/big', []],
    ['/home', ['/home/big']],
  ])
  expect(await names({ max_jobs: 9 })).toHaveLength(4)
})

test('what has backups stays by itself, however small', async () => {
  // MD5 of file:///b/home/old
  const { jobs } = await plan(
    { backup_sources: [{ path: '/home', divide: { max_jobs: 1 } }], cache_dir: '/c' },
    { ...tree, '/c/07b7655566741edc1071363502e5a6cd': [] },
  )
  expect(jobs.map(({ name }) => name)).toEqual(['/home/old', '/home'])
})

test('several destinations are several jobs, each with its own name, log, cache and settings', async () => {
  const dests = [
    { name: 'near', dest: 'file:///n/etc', retention_time: '7D' },
    { name: 'far', dest: 'sftp://u:secret@h/etc', priority: 5, env: { A: '1' } },
    { name: 'off', dest: 'file:///off', state: 'absent' as const },
  ]
  const { jobs, absent } = await plan(
    { backup_sources: [{ path: '/etc', dests }], retention_time: '30D', cache_dir: '/c' },
    { '/etc': [] },
  )
  expect(jobs).toMatchObject([
    { name: '/etc@near', destination: 'file:///n/etc', logName: 'etc-near.log', retention: { time: '7D' } },
    { name: '/etc@far', destination: 'sftp://u@h/etc', priority: 5, env: { A: '1', FTP_PASSWORD: 'secret' } },
  ])
  expect(absent.map(({ name }) => name)).toEqual(['/etc@off'])
  expect(new Set(jobs.map(({ cacheDir }) => cacheDir)).size).toBe(2)
})

test('pattern files are read, and only what can match a source reaches its job', async () => {
  const { jobs } = await plan(
    {
      backup_sources: [{ path: '/etc', includes: ['/etc/keep'], exclude_files: ['/p'] }, { path: '/srv' }],
      backup_excludes: ['**.o'],
      exclude_files: ['/p'],
    },
    { '/etc': [], '/srv': [], '/p': ['# note', '/etc/x', '+ /srv/y', '', '- **~'] },
  )
  expect(jobs.map(({ patterns }) => patterns.map(({ action, text }) => `${action} ${text}`))).toEqual([
    ['exclude **.o', 'exclude /etc/x', 'exclude **~', 'include /etc/keep', 'exclude /etc/x', 'exclude **~'],
    ['exclude **.o', 'include /srv/y', 'exclude **~'],
  ])
})

test('a pattern file that is not there stops the jobs that need it', async () => {
  const { jobs } = await plan(
    { backup_sources: [{ path: '/etc', exclude_files: ['/none'] }] },
    { '/etc': [] },
  )
  expect(jobs[0]?.obstacle).toMatchObject({ verdict: 'failed', code: 'patterns-unreadable' })
})

test('what has backups at the destination, or did once, stays by itself too; so does what was put together', async () => {
  const asked: string[] = []
  const sources = [
    { path: '/home', divide: { max_jobs: 1 } },
    { path: '/srv', divide: true },
    { path: '/etc', dest: 'file:///b/home/etc' },
  ]
  const jobsWith = async (entries: string[], whole: boolean): Promise<string[]> => {
    const { jobs } = await plan(
      { backup_sources: sources },
      { ...tree, '/srv': ['x'] },
      {},
      (source, others) => {
        asked.push(source.path, ...others.map(({ name }) => name))
        return Promise.resolve({ entries, whole, troubles: [] })
      },
    )
    return jobs.map(({ name }) => name)
  }
  expect(await jobsWith(['tiny', 'small'], false)).toEqual([
    '/home/small',
    '/home/tiny',
    '/home',
    '/srv/x',
    '/etc',
  ])
  // Where nothing is put together, nobody looks.
  expect(asked).toEqual(['/home', '/etc', '/home', '/srv'])
  const all = ['big', 'small', 'tiny', 'old']
  expect(await jobsWith(all, false)).not.toContain('/home')
  expect(await jobsWith(all, true)).toContain('/home')
})
