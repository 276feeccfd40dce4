/** One measured run of a program: wall time, processor time and peak memory, through time(1). */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs a command to its end. Throws, with what it said, if it fails. Memory is the resident peak of the largest
 * process of the tree, in bytes; time(1) stands between, so that our own size does not count.
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: Record<string, string> }} surroundings
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakBytes: number }>}
 */
export async function measure(command, { cwd, env }) {
  const note = join(cwd, `.time-${process.pid}`)
  const started = process.hrtime.bigint()
  const { status, said } = await finish(['/usr/bin/time', '-q', '-o', note, '-f', '%U %S %M', ...command], {
    cwd,
    env,
  })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (status !== 0) throw new Error(`${command.join(' ')}\nended with ${status}:\n${said}`)
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(note, 'utf8').trim().split(' ').map(Number)
  rmSync(note)
  return { seconds, cpuSeconds: user + system, peakBytes: kilobytes * 1024 }
}

/** The first 4 KB that the command prints are kept for an error; the rest is read and dropped. */
function finish([file = '', ...args], { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const keep = (chunk) => {
      if (said.length < 4096) said += chunk.toString('latin1')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (status) => {
      resolve({ status, said })
    })
  })
}

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
