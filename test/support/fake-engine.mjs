/**
 * Stands for the engine in tests of the orchestrator. `FAKE_SCENARIO` in its environment says, as JSON, what it does:
 * `dump` (file that gets a line with argv, command line and environment), `stdout`, `stderr` (lines), `events`, `raw` (lines for
 * the event descriptor; `eventsOf`: the same for one command word), `sleep` (milliseconds), `ignoreTerm`, `exit` (the last event; null: none), `status`, `kill` (signal to
 * itself), `locked` (the cache is somebody else's, unless it is a private one).
 */
import { appendFileSync, readFileSync, writeSync } from 'node:fs'

const scenario = JSON.parse(process.env.FAKE_SCENARIO ?? '{}')
// The last two words say where the lifeline is: every engine has one.
const words = process.argv.slice(2)
const argv = words.at(-2) === '--lifeline-fd' ? words.slice(0, -2) : words

if (scenario.dump !== undefined) {
  const commandLine = readFileSync('/proc/self/cmdline', 'utf8').split('\0').slice(0, -1)
  const nice = Number(
    readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[16],
  )
  appendFileSync(
    scenario.dump,
    `${JSON.stringify({ argv, commandLine, env: process.env, nice, start: Date.now() })}\n`,
  )
}
for (const line of scenario.stdout ?? []) console.log(line)
for (const line of scenario.stderr ?? []) console.error(line)

const send = (event) => writeSync(3, `${typeof event === 'string' ? event : JSON.stringify(event)}\n`)
if (scenario.locked === true && !argv[argv.indexOf('--archive-dir') + 1].includes('/duba-private-')) {
  const error = { code: 'LOCKED', message: 'Process 4711 is working with it.', hint: 'Wait.' }
  send({ type: 'exit', status: 23, error })
  process.exit(23)
}
const kind = argv[0]
const foresees = kind === 'restore' && argv.includes('--dry-run')
const usual = scenario.eventsOf?.[kind] ?? scenario.events ?? standardEvents()
for (const event of foresees ? [outlook()] : usual) send(event)
for (const line of scenario.raw ?? []) send(line)

process.on('SIGTERM', () => {
  if (scenario.dump !== undefined) appendFileSync(scenario.dump, `${JSON.stringify({ signal: 'SIGTERM' })}\n`)
  if (scenario.ignoreTerm === true) return
  send({ type: 'exit', status: 4, error: { code: 'INTERRUPTED', message: 'Interrupted.' } })
  process.exit(4)
})
if (scenario.sleep !== undefined) await new Promise((resolve) => setTimeout(resolve, scenario.sleep))
if (scenario.dump !== undefined && scenario.sleep !== undefined) {
  appendFileSync(scenario.dump, `${JSON.stringify({ end: Date.now() })}\n`)
}
if (scenario.kill !== undefined) {
  process.kill(process.pid, scenario.kill)
  await new Promise((resolve) => setTimeout(resolve, 5000))
}
const plain = scenario.exit === undefined || (foresees && scenario.exit?.error === undefined)
const exit = plain ? { type: 'exit', status: 0 } : scenario.exit
if (exit !== null) send(exit)
process.exitCode = scenario.status ?? exit?.status ?? 0

function standardEvents() {
  const time = 1700000000
  if (kind === 'restore')
    return [{ type: 'restore-done', entries: 3, bytes: 2048, troubles: 0, setTime: time }]
  if (kind === 'collection-status') {
    const set = { type: 'full', start: time, end: time, volumes: 1, encrypted: true }
    const inc = { type: 'inc', start: time, end: time + 3600, volumes: 1, encrypted: true }
    const primary = { start: time, end: time + 3600, sets: [set, inc] }
    const summary = { archiveDir: '/cache', secondary: [], primary, orphanedSets: 0, incompleteSets: 0 }
    return [{ type: 'collection-status', summary }]
  }
  if (kind === 'list-current-files') {
    return [
      { type: 'listed', path: '', mtime: time, kind: 'dir' },
      { type: 'listed', path: 'ssh', mtime: time, kind: 'dir' },
      { type: 'listed', path: 'ssh/sshd_config', mtime: time, kind: 'reg' },
      { type: 'listed', path: 'sshx', mtime: time, kind: 'reg' },
    ]
  }
  if (kind === 'keys') return []
  if (kind?.startsWith('remove-'))
    return [
      { type: 'removal-found', times: [time], force: true },
      { type: 'file-deleted', where: 'remote', name: 'x' },
    ]
  const full = kind === 'full'
  const counts = {
    newFiles: 2,
    changedFiles: full ? 0 : 1,
    deletedFiles: 0,
    totalDestinationSizeChange: 2048,
    errors: 0,
  }
  return [
    { type: 'backup-began', kind: full ? 'full' : 'inc', start: time, end: time },
    { type: 'statistics', statistics: counts },
    { type: 'backup-done', kind: full ? 'full' : 'inc', start: time, end: time, volumes: 1 },
  ]
}

function outlook() {
  const time = 1700000000
  const set = { type: 'full', start: time, end: time, volumes: 2, encrypted: true, bytes: 4096, missing: [] }
  const secrets = { encrypted: true, keys: ['0123456789ABCDEF'], passphrase: false }
  return {
    type: 'restore-outlook',
    outlook: {
      ...{
        sets: [set],
        volumes: 2,
        bytes: 4096,
        scratch: 0,
        tempDir: '/tmp',
        undescribed: [],
        entries: 3,
        contentBytes: 2048,
      },
      ...{ unknownSizes: 0, conflicts: 0, stripped: 0, secrets, signer: { state: 'unsigned', keys: [] } },
      ...scenario.outlook,
    },
  }
}
