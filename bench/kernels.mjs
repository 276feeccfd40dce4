/**
 * How fast the librsync kernels are, beside rdiff on the same data in the same run: signature, delta of a file that
 * did not change, delta of one that changed altogether. Needs rdiff; run as
 * `node bench/kernels.mjs [megabytes [--json]]`. Prints MB (10^6 bytes) per second of CPU time, the best of five rounds.
 */
import { spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

register('../scripts/generate/load-ts.mjs', import.meta.url)
const { DeltaBuilder } = await import('../src/rsync/delta.ts')
const { loadKernels } = await import('../src/rsync/kernels.ts')
const { SignatureBuilder, signatureOf } = await import('../src/rsync/signature.ts')
const { SignatureIndex } = await import('../src/rsync/signature-index.ts')

const megabytes = Number(process.argv[2] ?? 128)
const asJson = process.argv[3] === '--json'
const size = megabytes * 1e6
const CHUNK = 65536
const BLOCK = 2048
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'duba-bench-'))
const files = { old: random(size), other: random(size) }
const rows = {}
try {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  for (const variant of ['simd', 'scalar']) measure(loadKernels(variant))
  rows.rdiff = {
    signature: timeRdiff(['-H', 'md4', '-R', 'rollsum', '-b', BLOCK, '-S', 8, 'signature'], 'old', 'sig'),
    same: timeRdiff(['delta'], 'sig', 'old', 'delta'),
    other: timeRdiff(['delta'], 'sig', 'other', 'delta'),
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (asJson) console.log(JSON.stringify(rows))
else report()

/** All figures of one build. */
function measure(kernels) {
  let signature
  const row = (rows[kernels.variant] = {})
  row.signature = rate(() => {
    signature = sign(kernels, files.old)
  })
  row.same = rate(() => delta(kernels, signature, files.old))
  row.other = rate(() => delta(kernels, signature, files.other))
  const small = files.old.subarray(0, 700)
  const smallSignature = signatureOf(kernels, small, 512)
  row.smallSignature = each(20_000, () => signatureOf(kernels, small, 512))
  row.smallDelta = each(20_000, () => delta(kernels, smallSignature, small))
}

function sign(kernels, content) {
  const builder = new SignatureBuilder(kernels, BLOCK)
  const parts = []
  for (let at = 0; at < size; at += CHUNK) parts.push(builder.update(content.subarray(at, at + CHUNK)))
  return Buffer.concat([...parts, builder.end()])
}

function delta(kernels, signature, content) {
  const builder = new DeltaBuilder(kernels, new SignatureIndex(signature))
  for (let at = 0; at < content.length; at += CHUNK) builder.update(content.subarray(at, at + CHUNK))
  builder.end()
}

/** MB per second of CPU time, the best of some rounds. */
function rate(work) {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, user + system)
  }
  return size / best
}

/** Microseconds of CPU time for one of many. */
function each(count, work) {
  const start = process.cpuUsage()
  for (let n = 0; n < count; n += 1) work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

/** MB per second of CPU time of an rdiff command; the files are in the page cache. */
function timeRdiff(args, ...names) {
  let best = Infinity
  const command = ['-f', ...args.map(String), ...names.map((name) => join(folder, name))]
  for (let round = 0; round < ROUNDS; round += 1) {
    const script = 'rdiff "$@" >&2; times'
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`rdiff failed: ${stderr}`)
    const children = stdout.trim().split('\n').at(-1) ?? ''
    best = Math.min(
      best,
      children
        .split(' ')
        .map(seconds)
        .reduce((a, b) => a + b) * 1e6,
    )
  }
  return size / best
}

/** Seconds of `0m0.123s`. */
function seconds(text) {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text) ?? []
  return Number(minutes) * 60 + Number(rest)
}

function random(length) {
  const bytes = Buffer.allocUnsafe(length)
  const piece = Math.min(length, 2 ** 30)
  for (let at = 0; at < length; at += piece) randomFillSync(bytes, at, Math.min(piece, length - at))
  return bytes
}

function report() {
  const heads = ['signature', 'same', 'other']
  console.log(
    `${megabytes} MB of random bytes, blocks of ${BLOCK}; MB/s of CPU time (and how many times rdiff)`,
  )
  console.log(
    ['', ...heads.map((head) => (head === 'signature' ? head : `delta, ${head}`))].map(pad).join(''),
  )
  for (const [name, row] of Object.entries(rows)) {
    const cells = heads.map(
      (head) => `${row[head].toFixed(0)} (${(row[head] / rows.rdiff[head]).toFixed(1)}×)`,
    )
    console.log([name, ...cells].map(pad).join(''))
  }
  for (const [name, row] of Object.entries(rows)) {
    if (row.smallDelta === undefined) continue
    const [signature, change] = [row.smallSignature.toFixed(1), row.smallDelta.toFixed(1)]
    console.log(`${name}: a file of 700 bytes: signature ${signature} µs, delta ${change} µs`)
  }
}

function pad(text) {
  return text.padEnd(18)
}
