/**
 * The engine's side of the reading thread: while this thread writes files, the other hashes, decrypts and inflates what
 * comes next.
 */
import { Worker } from 'node:worker_threads'
import type { Blocks, DecodeRequest } from './decode.ts'
import { errorOf, type ReadingOrder, type ReadingPort, type ReadingReport } from './reading-protocol.ts'
import { newRing, type Ring, slotOf, slots } from './ring.ts'

/** A running reading thread: its port, word of its end, and how to end it. */
export interface RunningThread {
  readonly port: ReadingPort
  /** Calls back if the thread dies by itself. */
  readonly onDeath: (listener: (error: Error) => void) => void
  end(): Promise<unknown>
}

/** Starts the worker whose compiled file is at `url`. */
export function startReadingThread(url: URL): RunningThread {
  const worker = new Worker(url)
  return {
    port: worker,
    onDeath: (listener) => {
      worker.once('error', listener)
      worker.once('exit', (status) => {
        listener(new Error(`The reading thread ended with ${status}.`))
      })
    },
    end: () => worker.terminate(),
  }
}

/** Stored files in the reading thread, which is started by the first. */
export class ReadingThread {
  readonly #start: () => RunningThread
  #running: RunningThread | undefined
  readonly #files = new Map<number, ThreadFile>()
  /** Memory of files that were read to their end. */
  readonly #rings: Ring[] = []
  #serial = 0

  constructor(start: () => RunningThread) {
    this.#start = start
  }

  /** Opens a file there; resolves when its hash was checked. Throws HashMismatch and the system's errors. */
  async open(path: string, sha1: string | undefined): Promise<ThreadFile> {
    const { port } = this.#run()
    const id = this.#serial++
    const file = new ThreadFile(id, {
      post: (order) => {
        port.postMessage(order)
      },
      ring: () => this.#rings.pop() ?? newRing(),
      keep: (ring) => this.#rings.push(ring),
      forget: () => this.#files.delete(id),
    })
    this.#files.set(id, file)
    port.postMessage({ order: 'open', id, path, sha1 })
    await file.expect('opened')
    return file
  }

  /** Ends the thread; files that are being read fail. */
  async close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    for (const file of this.#files.values()) file.fail(new Error('The file was closed while it was read.'))
    this.#rings.length = 0
    await running?.end()
  }

  #run(): RunningThread {
    if (this.#running) return this.#running
    const running = this.#start()
    this.#running = running
    running.port.on('message', (message) => {
      const report = message as ReadingReport
      this.#files.get(report.id)?.hear(report)
    })
    running.onDeath((error) => {
      if (this.#running === running) this.#running = undefined
      for (const file of this.#files.values()) file.fail(error)
    })
    return running
  }
}

interface Surroundings {
  readonly post: (order: ReadingOrder) => void
  /** Memory for the file. */
  readonly ring: () => Ring
  /** Takes back memory that the thread will not touch any more. */
  readonly keep: (ring: Ring) => void
  readonly forget: () => void
}

/** One file in the reading thread. */
export class ThreadFile {
  readonly #id: number
  readonly #around: Surroundings
  readonly #heard: ReadingReport[] = []
  #failure: Error | undefined
  #wake: () => void = () => undefined

  constructor(id: number, around: Surroundings) {
    this.#id = id
    this.#around = around
  }

  hear(report: ReadingReport): void {
    this.#heard.push(report)
    this.#wake()
  }

  fail(error: Error): void {
    this.#failure = error
    this.#wake()
  }

  /**
   * The plain bytes; resolves when decoding has begun. `passing`: a piece is valid until the next is asked for, else
   * pieces are the receiver's. Throws as `decode` does.
   */
  async decode(request: DecodeRequest, passing: boolean): Promise<Blocks> {
    const ring = this.#around.ring()
    this.#around.post({ order: 'decode', id: this.#id, request, ring })
    await this.expect('begun')
    return this.#pieces(ring, passing)
  }

  /** Has had enough of it. */
  stop(): void {
    this.#around.post({ order: 'stop', id: this.#id })
    this.#around.forget()
  }

  /** Waits for a report that must come next. */
  async expect(wanted: 'opened' | 'begun'): Promise<void> {
    const { report } = await this.#next()
    if (report !== wanted) throw new Error(`The reading thread said ${report} where it had to say ${wanted}.`)
  }

  async *#pieces(ring: Ring, passing: boolean): Blocks {
    let used = 0
    const giveBack = (): void => {
      this.#around.post({ order: 'taken', id: this.#id, slots: used })
      used = 0
    }
    try {
      for (let turn = 0; ; turn += 1) {
        // Word of every single slot would wake the other thread too often.
        if (used >= slots / 2 || (used > 0 && this.#heard.length === 0)) giveBack()
        const report = await this.#next()
        if (report.report === 'end') break
        if (report.report !== 'piece')
          throw new Error(`The reading thread said ${report.report} in the middle.`)
        const piece = slotOf(ring, turn).subarray(0, report.bytes)
        yield passing ? piece : Buffer.from(piece)
        used += 1
      }
      this.#around.keep(ring)
    } finally {
      this.stop()
    }
  }

  /** The next report. Throws what it says that failed. */
  async #next(): Promise<ReadingReport> {
    for (;;) {
      const report = this.#heard.shift()
      if (report?.report === 'failed') {
        this.#around.forget()
        throw errorOf(report.failure)
      }
      if (report) return report
      if (this.#failure) throw this.#failure
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
