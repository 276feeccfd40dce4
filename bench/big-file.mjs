#!/usr/bin/env node
/**
 * Memory on one big file (4 GB; `--scale` shrinks it): full, an incremental with patches, restore; then full and restore
 * of a sparse file of 20 GB with a megabyte of data in every gigabyte. By our engine alone. Prints the peaks and exits 1
 * if one is above 250 MB, if what was restored differs, or if the sparse file came back without its holes.
 */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
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
  const sparse = await runSparse()
  const machine = describeMachine(options.work, [ours])
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    bytes: size,
    limit,
    same,
    machine,
    steps,
    sparse,
  }
  console.log(`written: ${writeResult(result, options, '-big-file')}`)
  const all = [...Object.entries(steps), ...Object.entries(sparse.steps)]
  const tooMuch = all.filter(([, { peakBytes }]) => peakBytes > limit)
  for (const [step] of tooMuch) console.error(`${step} needs more than ${limit / 1e6} MB`)
  if (!same) console.error('what was restored is not what was backed up')
  if (!sparse.same) console.error('the sparse file came back with other data, or without its holes')
  process.exitCode = same && sparse.same && tooMuch.length === 0 ? 0 : 1
} finally {
  ours.end()
  for (const folder of [source, target]) rmSync(folder, { recursive: true, force: true })
}

/** A file of 20 GB, nearly all of it holes. */
async function runSparse() {
  for (const folder of [source, target]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(source, { recursive: true })
  const path = join(source, 'sparse')
  const sparseBytes = size * 5
  const bytes = noise('sparse')
  const handle = openSync(path, 'w')
  ftruncateSync(handle, sparseBytes)
  const gap = Math.max(2 * piece, Math.floor(sparseBytes / 20))
  for (let at = 0; at + piece <= sparseBytes; at += gap) writeSync(handle, bytes(piece), 0, piece, at)
  closeSync(handle)
  utimesSync(path, 1_600_000_000, 1_600_000_000)
  ours.begin()
  const steps = {
    'sparse full': await ours.backup('full', source),
    'sparse restore': await ours.restore(target),
  }
  for (const [step, { seconds, peakBytes }] of Object.entries(steps)) {
    console.log(`${step}: ${seconds.toFixed(1)} s, peak ${(peakBytes / 1e6).toFixed(0)} MB`)
  }
  const restored = statSync(join(target, 'sparse'))
  const holes = restored.blocks * 512 < statSync(path).blocks * 512 * 2 + (1 << 24)
  return {
    bytes: sparseBytes,
    steps,
    same: holes && restored.size === sparseBytes && sameData(gap, sparseBytes),
  }
}

/** Whether the data between the holes are the same, and the holes are holes or zeros. */
function sameData(gap, end) {
  const files = [source, target].map((folder) => openSync(join(folder, 'sparse'), 'r'))
  const [one, two] = [Buffer.alloc(2 * piece), Buffer.alloc(2 * piece)]
  let same = true
  for (let at = 0; at < end; at += gap) {
    readSync(files[0], one, 0, one.length, at)
    readSync(files[1], two, 0, two.length, at)
    same &&= one.equals(two)
  }
  for (const file of files) closeSync(file)
  return same
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
