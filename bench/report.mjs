/** What a bench says: the machine, the table, the file. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { median } from './measure.mjs'

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`
const printed = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0].trim()

/** The machine and the programs, as far as they matter. */
export function describeMachine(workFolder, contestants) {
  const [first] = cpus()
  return {
    processor: first?.model.trim(),
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    gpg: printed('gpg', '--version'),
    workFileSystem: printed('stat', '--file-system', '--format', '%T', workFolder),
    programs: Object.fromEntries(
      contestants.map(({ name, command: [file, ...args] }) => [name, printed(file, ...args, '--version')]),
    ),
  }
}

/** The commit that is measured; `+` if files differ from it. */
export function commit() {
  const dirty = execFileSync('git', ['status', '--porcelain', '--untracked-files=no'], {
    cwd: import.meta.dirname,
  })
  return `${printed('git', '-C', import.meta.dirname, 'rev-parse', '--short', 'HEAD')}${dirty.length > 0 ? '+' : ''}`
}

/** Raw measurements by step and contestant → medians and ratios. */
export function summarize(measured) {
  return Object.fromEntries(
    Object.entries(measured).map(([step, byName]) => [
      step,
      Object.fromEntries(
        Object.entries(byName).map(([name, runs]) => [
          name,
          {
            seconds: median(runs.map(({ seconds }) => seconds)),
            cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
            peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
            runs: runs.length,
          },
        ]),
      ),
    ]),
  )
}

/** A table for people: a line a step, ours beside the reference, the ratio of the times. */
export function table(summary, stored) {
  const rows = [['', 'ours', 'duplicity', 'ratio', 'ours: peak', 'duplicity: peak']]
  for (const [step, { ours, duplicity }] of Object.entries(summary)) {
    const ratio = (ours.seconds / duplicity.seconds).toFixed(2)
    const times = [ours, duplicity].map(({ seconds }) => `${seconds.toFixed(2)} s`)
    rows.push([step, ...times, ratio, megabytes(ours.peakBytes), megabytes(duplicity.peakBytes)])
  }
  for (const [step, { ours, duplicity }] of Object.entries(stored)) {
    rows.push([
      `stored, ${step}`,
      megabytes(ours),
      megabytes(duplicity),
      (ours / duplicity).toFixed(2),
      '',
      '',
    ])
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n')
}

/** A line for each other program and step. */
export function recordTable(others) {
  const lines = Object.entries(others).flatMap(([name, steps]) =>
    Object.entries(steps).map(
      ([step, { seconds, peakBytes }]) =>
        `${name}, ${step}: ${seconds.toFixed(2)} s, peak ${megabytes(peakBytes)}`,
    ),
  )
  return lines.length === 0 ? 'restic and borg are not installed' : lines.join('\n')
}

/**
 * Writes the result as JSON: a full-size one to bench/results/<date>-<commit><suffix>.json, a trial to the work folder.
 * Returns the path.
 */
export function writeResult(result, { scale, work }, suffix = '') {
  const folder = scale === 1 ? join(import.meta.dirname, 'results') : work
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${result.date.slice(0, 10)}-${result.commit}${suffix}.json`)
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`)
  return path
}
