#!/usr/bin/env node
/**
 * How time and memory grow with the number of files: 10,000, 100,000 and 1,000,000 files of 100 bytes (`--scale`
 * shrinks all three), at most 10,000 names a directory; ours alone. Full, nothing changed, list, one file restored.
 * Prints seconds per file and peaks. Exits 1 where a peak is above 250 MB, or where a file costs more than 1.5 times
 * as much in the largest tree as in the middle one (the smallest has the start-up in it).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contestant } from './contestant.mjs'
import { needSpace, readOptions } from './options.mjs'
import { commit, describeMachine, writeResult } from './report.mjs'

const limit = 250_000_000
const steepest = 1.5
const perFolder = 10_000
const options = readOptions()
const counts = [10_000, 100_000, 1_000_000].map((count) => Math.max(1, Math.round(count * options.scale)))
const source = join(options.work, 'many-source')
const target = join(options.work, 'many-target')
const ours = contestant('many-files', options.engine, options.work)
mkdirSync(options.work, { recursive: true })
needSpace(options.work, 6000 * (counts.at(-1) ?? 0))

const rows = []
try {
  let made = 0
  for (const count of counts) {
    for (; made < count; made += 1) writeSmall(made)
    ours.begin()
    const steps = {
      full: await ours.backup('full', source),
      'nothing changed': await ours.backup('incremental', source),
      list: await ours.list(),
      'restore one file': await ours.restoreOne(nameOf(Math.floor(count / 2)), target),
    }
    rmSync(target, { force: true })
    rows.push({ count, steps })
    for (const [step, { seconds, cpuSeconds, peakBytes }] of Object.entries(steps)) {
      const each = ((seconds / count) * 1e6).toFixed(1)
      const memory = (peakBytes / 1e6).toFixed(0)
      console.log(
        `${count} files, ${step}: ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor), ${each} µs a file, peak ${memory} MB`,
      )
    }
  }
  const faults = judge()
  for (const fault of faults) console.error(fault)
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    limit,
    machine: describeMachine(options.work, [ours]),
    rows,
    faults,
  }
  console.log(`written: ${writeResult(result, options, '-many-files')}`)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  ours.end()
  for (const folder of [source, target]) rmSync(folder, { recursive: true, force: true })
}

function nameOf(number) {
  return `folder-${String(Math.floor(number / perFolder)).padStart(4, '0')}/file-${number}.txt`
}

function writeSmall(number) {
  const path = join(source, nameOf(number))
  if (number % perFolder === 0) mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `${number} `.repeat(14).slice(0, 100))
}

function judge() {
  const faults = []
  for (const { count, steps } of rows) {
    for (const [step, { peakBytes }] of Object.entries(steps)) {
      if (peakBytes > limit) faults.push(`${step} of ${count} files needs more than ${limit / 1e6} MB`)
    }
  }
  const [, middle, large] = rows
  for (const step of ['full', 'nothing changed', 'list']) {
    const growth = large.steps[step].seconds / large.count / (middle.steps[step].seconds / middle.count)
    console.log(
      `${step}: a file costs ${growth.toFixed(2)} times as much among ${large.count} as among ${middle.count}`,
    )
    if (growth > steepest) faults.push(`${step} is not linear`)
  }
  return faults
}
