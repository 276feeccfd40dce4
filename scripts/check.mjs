#!/usr/bin/env node
/**
 * `npm run check`: unit tests, types, lint, format, layers, dead code, generated files. Every step runs even if one
 * before it failed; the output of a step is shown only when it fails. Two steps run at a time.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

const steps = [
  ['unit', 'npm run --silent unit'],
  ['types', 'npx tsc --noEmit -p .'],
  ['lint', 'npx eslint --max-warnings 0 src test bench scripts'],
  ['format', 'npx prettier --check --log-level warn .'],
  ['layers', 'npx depcruise --config .dependency-cruiser.cjs src'],
  ['dead code', 'npx knip'],
  ['generated files', 'npm run --silent generate -- --check'],
]

const failed = []
const waiting = [...steps]

async function work() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const [name, command] = step
    const started = Date.now()
    const { status, output } = await run(command)
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
    if (status !== 0) {
      failed.push(name)
      console.log(output)
    }
  }
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (status) => {
      resolve({ status: status ?? 1, output })
    })
  })
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
if (failed.length > 0) {
  console.log(`check failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
