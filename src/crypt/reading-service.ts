/** The reading thread's side: opens, checks and decodes stored files, several at once, each a little ahead of its reader. */
import { decode, checkHash, type DecodeRequest } from './decode.ts'
import { failureOf, type ReadingOrder, type ReadingPort, type ReadingReport } from './reading-protocol.ts'
import { StoredFile } from './stored-file.ts'

/** Bytes that one file may be ahead of its reader. */
const aheadBytes = 1 << 21

/** Serves every order that comes in by the port. */
export function serveReading(port: ReadingPort): void {
  const jobs = new Map<number, Job>()
  const tell = (report: ReadingReport, transfer: ArrayBuffer[] = []): void => {
    port.postMessage(report, transfer)
  }
  port.on('message', (message) => {
    const order = message as ReadingOrder
    if (order.order === 'open') {
      const job = new Job(order.id, tell)
      jobs.set(order.id, job)
      void job.run(order.path, order.sha1).finally(() => jobs.delete(order.id))
      return
    }
    const job = jobs.get(order.id)
    // A file that has failed or come to its end needs no more orders; those under way are late.
    if (order.order === 'decode') job?.decode(order.request)
    else if (order.order === 'taken') job?.taken(order.bytes)
    else job?.stop()
  })
  port.on('close', () => {
    for (const job of jobs.values()) job.stop()
  })
}

class Job {
  readonly #id: number
  readonly #tell: (report: ReadingReport, transfer?: ArrayBuffer[]) => void
  readonly #request: Promise<DecodeRequest | undefined>
  #decide: (request: DecodeRequest | undefined) => void = () => undefined
  #ahead = 0
  #stopped = false
  #wake: () => void = () => undefined

  constructor(id: number, tell: (report: ReadingReport, transfer?: ArrayBuffer[]) => void) {
    this.#id = id
    this.#tell = tell
    this.#request = new Promise((resolve) => {
      this.#decide = resolve
    })
  }

  decode(request: DecodeRequest): void {
    this.#decide(request)
  }

  taken(bytes: number): void {
    this.#ahead -= bytes
    this.#wake()
  }

  stop(): void {
    this.#stopped = true
    this.#decide(undefined)
    this.#wake()
  }

  /** Never rejects: what goes wrong is told. */
  async run(path: string, sha1: string | undefined): Promise<void> {
    try {
      const file = await StoredFile.open(path)
      try {
        if (sha1 !== undefined) await checkHash(file, sha1)
        this.#say('opened')
        const request = await this.#request
        if (request) await this.#send(file, request)
      } finally {
        await file.close()
      }
      if (!this.#stopped) this.#say('end')
    } catch (error) {
      this.#tell({ report: 'failed', id: this.#id, failure: failureOf(error) })
    }
  }

  async #send(file: StoredFile, request: DecodeRequest): Promise<void> {
    const blocks = await decode(file, request)
    this.#say('begun')
    for await (const block of blocks) {
      while (this.#ahead >= aheadBytes && !this.#stopped) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
      if (this.#stopped) return
      this.#ahead += block.length
      // A copy of its own: what is transferred is gone here, and a block may share its memory with the next.
      const bytes = new Uint8Array(block)
      this.#tell({ report: 'piece', id: this.#id, bytes }, [bytes.buffer])
    }
  }

  #say(report: 'opened' | 'begun' | 'end'): void {
    this.#tell({ report, id: this.#id })
  }
}
