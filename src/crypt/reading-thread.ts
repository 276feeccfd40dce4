/**
 * The engine's side of the reading thread: while this thread writes files, the other hashes, decrypts and inflates what
 * comes next.
 */
import { Worker } from 'node:worker_threads'
import type { Blocks, DecodeRequest } from './decode.ts'
import { errorOf, type ReadingOrder, type ReadingPort, type ReadingReport } from './reading-protocol.ts'

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
  #serial = 0

  constructor(start: () => RunningThread) {
    this.#start = start
  }

  /** Opens a file there; resolves when its hash was checked. Throws HashMismatch and the system's errors. */
  async open(path: string, sha1: string | undefined): Promise<ThreadFile> {
    const { port } = this.#run()
    const id = this.#serial++
    const file = new ThreadFile(
      (order) => {
        port.postMessage(order, [])
      },
      id,
      () => this.#files.delete(id),
    )
    this.#files.set(id, file)
    port.postMessage({ order: 'open', id, path, sha1 }, [])
    await file.expect('opened')
    return file
  }

  /** Ends the thread; files that are being read fail. */
  async close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    for (const file of this.#files.values()) file.fail(new Error('The file was closed while it was read.'))
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

/** One file in the reading thread. */
export class ThreadFile {
  readonly #post: (order: ReadingOrder) => void
  readonly #id: number
  readonly #forget: () => void
  readonly #heard: ReadingReport[] = []
  #failure: Error | undefined
  #wake: () => void = () => undefined

  constructor(post: (order: ReadingOrder) => void, id: number, forget: () => void) {
    this.#post = post
    this.#id = id
    this.#forget = forget
  }

  hear(report: ReadingReport): void {
    this.#heard.push(report)
    this.#wake()
  }

  fail(error: Error): void {
    this.#failure = error
    this.#wake()
  }

  /** The plain bytes; resolves when decoding has begun. Throws as `decode` does. */
  async decode(request: DecodeRequest): Promise<Blocks> {
    this.#post({ order: 'decode', id: this.#id, request })
    await this.expect('begun')
    return this.#pieces()
  }

  /** Has had enough of it. */
  stop(): void {
    this.#post({ order: 'stop', id: this.#id })
    this.#forget()
  }

  /** Waits for a report that must come next. */
  async expect(wanted: 'opened' | 'begun'): Promise<void> {
    const { report } = await this.#next()
    if (report !== wanted) throw new Error(`The reading thread said ${report} where it had to say ${wanted}.`)
  }

  async *#pieces(): Blocks {
    try {
      for (let report = await this.#next(); report.report !== 'end'; report = await this.#next()) {
        if (report.report !== 'piece')
          throw new Error(`The reading thread said ${report.report} in the middle.`)
        const { buffer, byteLength } = report.bytes
        this.#post({ order: 'taken', id: this.#id, bytes: byteLength })
        yield Buffer.from(buffer as ArrayBuffer, 0, byteLength)
      }
    } finally {
      this.stop()
    }
  }

  /** The next report. Throws what it says that failed. */
  async #next(): Promise<ReadingReport> {
    for (;;) {
      const report = this.#heard.shift()
      if (report?.report === 'failed') {
        this.#forget()
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
