#!/usr/bin/env node
/**
 * The bench: ours beside real duplicity, in turn, on one corpus, in one run (bench/README.md). Three repetitions and
 * medians; `--quick` does one. Prints a table and every bar (bars.mjs), and writes bench/results/<date>-<commit>.json.
 * Exits 1 if a bar is missed or a restored tree is not the one that was backed up.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { barTable, judge } from './bars.mjs'
import { changeCorpus } from './change.mjs'
import { contestant } from './contestant.mjs'
import { buildCorpus, planCorpus } from './corpus.mjs'
import { forTheRecord } from './for-the-record.mjs'
import { needSpace, readOptions } from './options.mjs'
import { generator, shuffled } from './random.mjs'
import { commit, describeMachine, recordTable, summarize, table, writeResult } from './report.mjs'
import { treeDigest } from './tree-digest.mjs'

const options = readOptions()
const { scale, quick } = options
mkdirSync(options.work, { recursive: true })
const source = join(options.work, 'corpus')
const contestants = [
  contestant('ours', options.engine, options.work),
  contestant('duplicity', options.reference, options.work),
]
const measured = {}
const stored = { full: {}, 'small change': {} }
const faults = []
const { description: plan } = planCorpus(scale)
needSpace(options.work, plan.bytes * 4)
needSpace(options.ramdisk, plan.bytes * 1.2)
const ram = mkdtempSync(join(options.ramdisk, 'duba-bench-'))

try {
  say('corpus')
  const corpus = buildCorpus(source, scale)
  const picks = randomFiles(10)
  treeDigest(source) // reads everything once: from here on the page cache is warm for both
  let change
  const repetitions = quick ? 1 : 3
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    for (const one of contestants) one.begin()
    // Who goes first alternates, so that neither always meets the other's warm caches.
    const order = repetition % 2 === 1 ? contestants : [...contestants].reverse()
    say(`repetition ${repetition} of ${repetitions}`)
    await each(order, 'full', (one) => one.backup('full', source))
    for (const one of order) stored.full[one.name] = one.stored()
    await each(order, 'nothing changed', (one) => one.backup('incremental', source))
    const before = Object.fromEntries(order.map((one) => [one.name, one.stored()]))
    const applied = changeCorpus(source, scale)
    change = applied.description
    try {
      await each(order, 'small change', (one) => one.backup('incremental', source))
      for (const one of order) stored['small change'][one.name] = one.stored() - before[one.name]
      await each(order, 'restore all', (one) =>
        restoreAll(one, repetition === 1 ? treeDigest(source) : undefined),
      )
      await each(order, 'verify', (one) => one.verify(source))
    } finally {
      applied.undo()
    }
    await each(order, 'list', (one) => one.list())
    await each(order, 'status', (one) => one.status())
    for (const path of picks) await each(order, 'restore one file', (one) => restoreOne(one, path))
  }
  say('kernels')
  const kernels = measureKernels()
  say('restic and borg, for the record')
  const others = await forTheRecord(source, options.work, ram)
  const summary = summarize(measured)
  const bars = judge(summary, stored, kernels)
  console.log(`\n${table(summary, stored)}\n\n${recordTable(others)}\n\n${barTable(bars)}\n`)
  for (const { bar, pass } of bars) if (!pass) faults.push(`bar missed: ${bar}`)
  const machine = describeMachine(options.work, contestants)
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    quick,
    machine,
    corpus,
    change,
    summary,
    stored,
    kernels,
    others,
    bars,
    measured,
  }
  console.log(`written: ${writeResult(result, options)}`)
} finally {
  rmSync(ram, { recursive: true, force: true })
  for (const one of contestants) one.end()
}
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

/** One step, for each contestant in turn. */
async function each(order, step, work) {
  for (const one of order) {
    const result = await work(one)
    const byName = (measured[step] ??= {})
    ;(byName[one.name] ??= []).push(result)
    if (step !== 'restore one file') say(`  ${step}, ${one.name}: ${result.seconds.toFixed(2)} s`)
  }
}

async function restoreAll(one, expected) {
  const target = join(ram, 'all')
  const result = await one.restore(target)
  if (expected !== undefined && treeDigest(target) !== expected)
    faults.push(`${one.name} restored another tree`)
  rmSync(target, { recursive: true, force: true })
  return result
}

async function restoreOne(one, path) {
  const target = join(ram, 'one')
  const result = await one.restoreOne(path, target)
  rmSync(target, { force: true })
  return result
}

/** Files that exist in every session: none that the small change deletes. */
function randomFiles(count) {
  const { files } = planCorpus(scale)
  const steady = files.filter(({ kind, path }) => kind !== 'text' && path.startsWith('share'))
  const texts = files.filter(({ kind }) => kind === 'text')
  const touched = new Set(
    shuffled(texts, generator('the change'))
      .slice(0, 700)
      .map(({ path }) => path),
  )
  const candidates = [...steady, ...texts.filter(({ path }) => !touched.has(path))]
  return shuffled(candidates, generator('one file'))
    .slice(0, count)
    .map(({ path }) => path)
}

/** MB/s of the librsync kernels and of rdiff, each in a process of its own. */
function measureKernels() {
  const args = [join(import.meta.dirname, 'kernels.mjs'), quick ? '32' : '128', '--json']
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

function say(line) {
  console.error(line)
}
