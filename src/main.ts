#!/usr/bin/env node
/** The program `duba`: ties the command line to the process. Nothing else is here. */
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { fstatSync } from 'node:fs'
import { availableParallelism, homedir, hostname, totalmem } from 'node:os'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import packageJson from '../package.json' with { type: 'json' }
import { argumentBytes, readIfThere } from './cli/kernel-text.ts'
import { endureLoss } from './cli/lost-output.ts'
import { isEngine, main } from './cli/main.ts'
import { machineId } from './cli/machine-id.ts'
import { decodePath, encodePath } from './lib/path-text.ts'

const argv = argumentBytes(process.argv.slice(2), readIfThere('/proc/self/cmdline')).map(decodePath)
const programName = basename(process.argv[1] ?? 'duba')
if (!isEngine(argv, programName)) {
  // Monitoring watches processes of this name. An engine is known by its arguments, which this overwrites.
  process.title = 'duba'
  // V8's young generation stays as it is now: in a run of many jobs it would take 25 MB more for nothing.
  setFlagsFromString('--semi-space-growth-factor=1')
}
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.abort(signal)
  })
}
const hangups = new EventEmitter()
hangups.setMaxListeners(0)
// On a terminal, SIGHUP means that it is gone. Elsewhere logrotate(8) and systemctl(1) ask for fresh log files with it.
const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
process.on('SIGHUP', () => {
  if (onTerminal) interruption.abort('SIGTERM')
  else hangups.emit('hangup')
})
const loss = endureLoss(process.stdout)
endureLoss(process.stderr)
process.once('exit', (status) => {
  // All may be well, but who reads the file of what was said must know that something is missing.
  if (status === 0 && loss.incomplete) process.exitCode = 3
})

const engineMain = fileURLToPath(new URL('./engine-main.js', import.meta.url))

async function askTerminal(prompt: string): Promise<string | undefined> {
  const { Asker, hasTerminal } = await import('./cli/engine/terminal.ts')
  if (!hasTerminal()) return undefined
  const asker = new Asker({
    stdin: process.stdin,
    write: (text) => process.stderr.write(text),
    interrupt: () => {
      interruption.abort('SIGINT')
    },
    signal: interruption.signal,
  })
  return asker.ask(prompt)
}

process.exitCode = await main(argv, {
  stdout: process.stdout,
  stderr: process.stderr,
  stderrId: identityOf(2),
  terminalWidth: process.stderr.isTTY ? () => process.stderr.columns || 80 : undefined,
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  hostname: hostname(),
  uid: process.getuid?.() ?? 0,
  cores: availableParallelism(),
  machineId: machineId(),
  totalMemory: totalmem(),
  version: packageJson.version,
  programName,
  now: () => Date.now() / 1000,
  newRunId: randomUUID,
  signal: interruption.signal,
  onHangup: (listener) => {
    hangups.on('hangup', listener)
    return () => hangups.off('hangup', listener)
  },
  engineCommand: [process.execPath, engineMain],
  killAfter: 10_000,
  ask: askTerminal,
  runEngine: async (words) => {
    const { runEngineHere } = await import('./engine-main.ts')
    return runEngineHere(words.map(encodePath))
  },
})

function identityOf(descriptor: number): string | undefined {
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return undefined // It is closed.
  }
}
