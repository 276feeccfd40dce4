/** restic and borg on the same corpus, once, where they are installed: other formats, hence no bar. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'

const programs = {
  restic: {
    env: (repository) => ({ RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: 'bench' }),
    begin: ['init'],
    backup: (source) => ['backup', source],
    restore: (target) => ['restore', 'latest', '--target', target],
  },
  borg: {
    env: (repository) => ({
      BORG_REPO: repository,
      BORG_PASSPHRASE: 'bench',
      BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
    }),
    begin: ['init', '--encryption', 'repokey'],
    backup: (source, turn) => ['create', '--compression', 'zstd', `::${turn}`, source],
    // borg restores into the working directory.
    restore: () => ['extract', '::2'],
  },
}

/**
 * Full, nothing changed, restore; a program that is not there is left out.
 * @returns {Promise<Record<string, Record<string, { seconds: number, cpuSeconds: number, peakBytes: number }>>>}
 */
export async function forTheRecord(source, folder, ram) {
  const results = {}
  for (const [name, program] of Object.entries(programs)) {
    const place = join(folder, name)
    const target = join(ram, name)
    for (const path of [place, target]) {
      rmSync(path, { recursive: true, force: true })
      mkdirSync(path)
    }
    const repository = join(place, 'repository')
    const env = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: place,
      LC_ALL: 'C.UTF-8',
      ...program.env(repository),
    }
    const run = (args, cwd = place) => measure([name, ...args], { cwd, env })
    try {
      await run(program.begin)
      results[name] = {
        full: await run(program.backup(source, 1)),
        'nothing changed': await run(program.backup(source, 2)),
        'restore all': await run(program.restore(target), target),
      }
    } catch (error) {
      // time(1) says so of a program that is not installed; anything else is worth to be seen, and no reason to stop.
      console.error(`${name} is left out: ${String(error.message).split('\n').slice(1, 3).join(' ')}`)
    } finally {
      for (const path of [place, target]) rmSync(path, { recursive: true, force: true })
    }
  }
  return results
}
