#!/usr/bin/env node
/**
 * What a run of many jobs costs: 200 sources (`--scale` shrinks the number) of ten small files, encrypted to two keys as
 * fleets have it; full backups first, then the measured run, in which nothing has changed. Prints processor time for each
 * job, engines and everything else that was started included; that of `duba` itself, its peak of memory, and how many
 * engines ran at once. Exits 1 where a job costs more than 0.3 s, `duba` needs more than 120 MB, or parallelism is not
 * as configured.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'
import { readOptions } from './options.mjs'
import { commit, describeMachine, writeResult } from './report.mjs'

const limit = { cpuSeconds: 0.3, peakBytes: 120e6 }
const parallel = 4
const options = readOptions()
const count = Math.max(1, Math.round(200 * options.scale))
const root = join(import.meta.dirname, '..')
const place = join(options.work, 'jobs')
const home = join(place, 'gnupg')
const usage = join(place, 'usage.json')
const env = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: place,
  LC_ALL: 'C.UTF-8',
  GNUPGHOME: home,
  DUBA_BENCH_USAGE: usage,
}

try {
  prepare()
  await runDuba('full')
  const run = await runDuba('incremental')
  const own = JSON.parse(readFileSync(usage, 'utf8'))
  const perJob = run.cpuSeconds / count
  const faults = judge({ perJob, own, run })
  console.log(`${count} jobs: ${run.seconds.toFixed(1)} s, ${run.cpuSeconds.toFixed(1)} s of processor`)
  console.log(`each job: ${perJob.toFixed(3)} s of processor, engine and all (bar: ${limit.cpuSeconds})`)
  console.log(
    `duba itself: ${((own.cpuSeconds / count) * 1000).toFixed(1)} ms a job, peak ${(own.peakBytes / 1e6).toFixed(0)} MB (bar: ${limit.peakBytes / 1e6})`,
  )
  console.log(
    `engines at once: at most ${run.engines.most} of ${parallel}, ${run.engines.mean.toFixed(1)} on average`,
  )
  for (const fault of faults) console.error(fault)
  const machine = describeMachine(options.work, [{ name: 'duba', command: program() }])
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    limit,
    machine,
    count,
    parallel,
    perJob,
    own,
    run,
    faults,
  }
  console.log(`written: ${writeResult(result, options, '-jobs')}`)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'], { env })
  rmSync(place, { recursive: true, force: true })
}

function program() {
  return [process.execPath, join(root, 'dist/src/main.js')]
}

/** Key ring, sources, configuration. */
function prepare() {
  rmSync(place, { recursive: true, force: true })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const keys = {
    host: '22EED91ACA1CCDAF143208949F828F43F46F43AF',
    master: '113E4D27606DAA63FCADE92F47C40419BEF13FCA',
  }
  for (const [name, fingerprint] of Object.entries(keys)) {
    const file = join(root, `test/fixtures/keys/${name}.public.asc`)
    execFileSync('gpg', ['--batch', '--import', file], { env, stdio: 'pipe' })
    const input = `${fingerprint}:6:\n`
    execFileSync('gpg', ['--batch', '--import-ownertrust'], { env, input, stdio: 'pipe' })
  }
  const sources = Array.from({ length: count }, (_, index) => join(place, 'sources', `source-${index}`))
  for (const source of sources) {
    mkdirSync(join(source, 'folder'), { recursive: true })
    for (let file = 0; file < 10; file += 1) {
      const folder = file % 2 === 0 ? source : join(source, 'folder')
      writeFileSync(join(folder, `file-${file}.txt`), `${source} ${file}\n`.repeat(20))
    }
  }
  const config = {
    backup_sources: sources.map((path) => ({ path })),
    backup_dest: `file://${place}/destination`,
    gpg_encrypt_local_key: keys.host,
    gpg_encrypt_master_key: keys.master,
    full_if_older_than: '30D',
    retention_time: '30D',
    parallel,
    logdir: join(place, 'log'),
    state_dir: join(place, 'state'),
    env: { PASSPHRASE: '' },
  }
  writeFileSync(join(place, 'duba.json'), JSON.stringify(config), { mode: 0o600 })
}

/** One run; every job must end well, with a backup of this kind. */
async function runDuba(kind) {
  const output = join(place, `${kind}.json`)
  const hook = join(import.meta.dirname, 'own-usage.mjs')
  const [node, main] = program()
  const script = `exec "$@" > '${output}'`
  const words = [node, '--import', hook, main, '--config', join(place, 'duba.json'), '--json']
  const watch = watchEngines()
  const measured = await measure(['sh', '-c', script, 'sh', ...words], { cwd: place, env })
  const engines = watch.end()
  const { jobs } = JSON.parse(readFileSync(output, 'utf8'))
  const wrong = jobs.filter((job) => job.verdict !== 'ok' || job.kind !== kind)
  if (jobs.length !== count || wrong.length > 0) {
    throw new Error(`${jobs.length} jobs, not all ${kind} and ok: ${JSON.stringify(wrong[0])}`)
  }
  return { ...measured, engines }
}

/** Counts the engines that run, fifty times a second. */
function watchEngines() {
  const counts = []
  const timer = setInterval(() => {
    const running = engineProcesses()
    if (running > 0) counts.push(running)
  }, 20)
  return {
    end() {
      clearInterval(timer)
      const sum = counts.reduce((a, b) => a + b, 0)
      return { most: Math.max(0, ...counts), mean: sum / Math.max(1, counts.length), looks: counts.length }
    },
  }
}

/** Engines of this run: their command lines name a folder of ours. A fork that becomes gpg is none. */
function engineProcesses() {
  const parents = new Map()
  for (const pid of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(pid)) continue
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      if (!words.includes('engine-main.js') || !words.includes(`file://${place}`)) continue
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/\(.*\)/s, 'name')
        .split(' ')
      parents.set(pid, fields[3])
    } catch {
      // It has ended meanwhile.
    }
  }
  return [...parents.values()].filter((parent) => !parents.has(parent)).length
}

function judge({ perJob, own, run }) {
  const faults = []
  if (perJob > limit.cpuSeconds) faults.push(`a job costs more than ${limit.cpuSeconds} s`)
  if (own.peakBytes > limit.peakBytes) faults.push(`duba needs more than ${limit.peakBytes / 1e6} MB`)
  if (run.engines.most > parallel) faults.push(`more than ${parallel} engines ran at once`)
  const wanted = Math.min(parallel, count)
  if (run.engines.most < wanted || run.engines.mean < wanted * 0.8) faults.push('engines were waited for')
  return faults
}
