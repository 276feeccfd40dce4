/** Programs that are killed (SIGKILL) at a chosen moment, sources that change meanwhile, and a random that can be repeated. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listTree } from '../support/compare.ts'
import type { Surroundings } from '../support/program.ts'
import { noise, usualTime } from '../support/tree.ts'

/** When to kill: after so many milliseconds, or when a file of this name comes into being in a folder. */
export type Moment = { readonly after: number } | { readonly appears: RegExp; readonly in: string }

/** How a program ended, and what it said (both streams). */
export interface Ending {
  readonly killed: boolean
  readonly status: number | null
  readonly milliseconds: number
  readonly output: string
}

/** Runs a command; kills it at the moment, if that comes before its end. */
export function runUntil(
  [file = '', ...args]: readonly string[],
  { cwd, env }: Surroundings,
  moment?: Moment,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const kill = (): void => {
      child.kill('SIGKILL')
    }
    const watcher =
      moment !== undefined && 'appears' in moment
        ? watch(moment.in, (_, name) => {
            if (name !== null && moment.appears.test(name)) kill()
          })
        : undefined
    const timer = moment !== undefined && 'after' in moment ? setTimeout(kill, moment.after) : undefined
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('latin1').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (status, signal) => {
      clearTimeout(timer)
      watcher?.close()
      const milliseconds = performance.now() - started
      resolve({ killed: signal === 'SIGKILL', status, milliseconds, output })
    })
  })
}

/** Numbers from 0 up to, not including, 1; the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Changes, adds and deletes a few files of a tree. `step` gives all of it times of its own. */
export function meddle(root: string, random: () => number, step: number): string[] {
  const done: string[] = []
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
    const files = listTree(root).filter(({ type }) => type === 'reg')
    const path = files[Math.floor(random() * files.length)]?.path ?? ''
    const place = join(root, path)
    const act = acts[Math.floor(random() * acts.length)] ?? 'rewrite'
    const time = usualTime + step * 10_000 + done.length
    done.push(`${act} ${path}`)
    const content = noise(`${act} ${path} ${time}`, Math.floor(random() * 300_000))
    switch (act) {
      case 'rewrite':
        writeFileSync(place, content)
        break
      case 'append':
        writeFileSync(place, Buffer.concat([readFileSync(place), content]))
        break
      case 'cut':
        writeFileSync(place, readFileSync(place).subarray(0, Math.floor(random() * 100_000)))
        break
      case 'mode':
        chmodSync(place, random() < 0.5 ? 0o600 : 0o751)
        continue
      case 'delete':
        rmSync(place)
        continue
      case 'directory':
        rmSync(place)
        mkdirSync(place)
        writeFileSync(join(place, 'inside'), content)
        continue
      case 'add':
        writeFileSync(`${place}-new`, content)
        utimesSync(`${place}-new`, time, time)
        continue
    }
    utimesSync(place, time, time)
  }
  return done
}

const acts = ['rewrite', 'append', 'cut', 'mode', 'delete', 'directory', 'add'] as const
