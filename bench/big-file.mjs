#!/usr/bin/env node
/**
 * Memory on one big file (4 GB; `--scale` shrinks it): full, an incremental with patches, restore, by our engine
 * alone. Prints the peaks and exits 1 if one is above 250 MB, or if what was restored differs.
 */
import { closeSync, mkdirSync, openSync, rmSync, utimesSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { contestant } from './contestant.mjs'
import { machineCode, sharedLibraries } from './machine-code.mjs'
import { needSpace, readOptions } from './options.mjs'
import { noise } from './random.mjs'
import { commit, describeMachine, writeResult } from './report.mjs'
import { text } from './text.mjs'
import { treeDigest } from './tree-digest.mjs'

const limit = 250_000_000
const piece = 1 << 20
const options = readOptions()
const size = Math.round(4_000_000_000 * options.scale)
const source = join(options.work, 'big-source')
const target = join(options.work, 'big-target')
const ours = contestant('big-file', options.engine, options.work)
mkdirSync(options.work, { recursive: true })
needSpace(options.work, size * 3.2)

try {
  mkdirSync(source, { recursive: true })
  writeBig(join(source, 'big'))
  ours.begin()
  const steps = {}
  steps.full = await ours.backup('full', source)
  patch(join(source, 'big'))
  steps.incremental = await ours.backup('incremental', source)
  steps.restore = await ours.restore(target)
  const same = treeDigest(source) === treeDigest(target)
  for (const [step, { seconds, peakBytes }] of Object.entries(steps)) {
    console.log(`${step}: ${seconds.toFixed(1)} s, peak ${(peakBytes / 1e6).toFixed(0)} MB`)
  }
  const machine = describeMachine(options.work, [ours])
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    bytes: size,
    limit,
    same,
    machine,
    steps,
  }
  console.log(`written: ${writeResult(result, options, '-big-file')}`)
  const tooMuch = Object.entries(steps).filter(([, { peakBytes }]) => peakBytes > limit)
  for (const [step] of tooMuch) console.error(`${step} needs more than ${limit / 1e6} MB`)
  if (!same) console.error('what was restored is not what was backed up')
  process.exitCode = same && tooMuch.length === 0 ? 0 : 1
} finally {
  ours.end()
  for (const folder of [source, target]) rmSync(folder, { recursive: true, force: true })
}

/** A quarter noise, the rest text and machine code, a megabyte in turn. */
function writeBig(path) {
  const code = machineCode('big', sharedLibraries())
  const sources = [noise('big'), text('big'), code, code]
  const handle = openSync(path, 'w')
  for (let done = 0, turn = 0; done < size; done += piece, turn += 1) {
    writeSync(handle, sources[turn % sources.length](Math.min(piece, size - done)))
  }
  closeSync(handle)
  utimesSync(path, 1_600_000_000, 1_600_000_000)
}

/** Fifty places of the file get other bytes. */
function patch(path) {
  const bytes = noise('patch')
  const handle = openSync(path, 'r+')
  for (let i = 0; i < 50; i += 1) {
    const at = Math.floor((size / 50) * i)
    writeSync(handle, bytes(Math.min(5000, size - at)), 0, Math.min(5000, size - at), at)
  }
  closeSync(handle)
  utimesSync(path, 1_650_000_000, 1_650_000_000)
}
