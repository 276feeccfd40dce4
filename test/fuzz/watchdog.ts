/**
 * Ends the test run when something hangs: no timeout of jest reaches a loop that never gives way. The dog sits in a
 * thread of its own, and says first what hung.
 */
import { Worker } from 'node:worker_threads'

/** Seconds without an end after which a case hangs. */
const PATIENCE = 30

/** Shared with the dog: the number of the present case, 0 for none; then its label as text. */
const shared = new SharedArrayBuffer(4 + 512)
const current = new Int32Array(shared, 0, 1)
const label = new Uint8Array(shared, 4)
const encoder = new TextEncoder()
let dog: Worker | undefined
let count = 0

const dogCode = `
  const { workerData } = require('node:worker_threads')
  const { writeSync } = require('node:fs')
  const current = new Int32Array(workerData.shared, 0, 1)
  const label = Buffer.from(workerData.shared, 4)
  let seen = 0, since = Date.now()
  setInterval(() => {
    const now = Atomics.load(current, 0)
    if (now !== seen || now === 0) { seen = now; since = Date.now(); return }
    if (Date.now() - since < workerData.patience * 1000) return
    writeSync(2, '\\nThis hangs: ' + label.toString('utf8').replace(/\\0.*/s, '') + '\\n')
    process.kill(process.pid, 'SIGKILL')
  }, 500)
`

/** Does the work; kills the process if it does not come to an end. */
export async function watched<T>(what: string, work: () => Promise<T>): Promise<T> {
  if (dog === undefined) {
    dog = new Worker(dogCode, { eval: true, workerData: { shared, patience: PATIENCE } })
    dog.unref()
  }
  label.fill(0)
  encoder.encodeInto(what.slice(0, 150), label)
  Atomics.store(current, 0, ++count)
  try {
    return await work()
  } finally {
    Atomics.store(current, 0, 0)
  }
}
