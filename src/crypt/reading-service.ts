/** The reading thread's side: opens, checks and decodes stored files, several at once, each a little ahead of its reader. */
import { decode, checkHash, type DecodeRequest } from './decode.ts'
import { failureOf, type ReadingOrder, type ReadingPort, type ReadingReport } from './reading-protocol.ts'
import { type Ring, slotOf, slots } from './ring.ts'
import { StoredFile } from './stored-file.ts'

/** Serves every order that comes in by the port. */
export function serveReading(port: ReadingPort): void {
  const jobs = new Map<number, Job>()
  const tell = (report: ReadingReport): void => {
    port.postMessage(report)
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
    if (order.order === 'decode') job?.decode(order)
    else if (order.order === 'taken') job?.taken(order.slots)
    else job?.stop()
  })
  port.on('close', () => {
    for (const job of jobs.values()) job.stop()
  })
}

interface Decoding {
  readonly request: DecodeRequest
  readonly ring: Ring
}

class Job {
  readonly #id: number
  readonly #tell: (report: ReadingReport) => void
  readonly #decoding: Promise<Decoding | undefined>
  #decide: (decoding: Decoding | undefined) => void = () => undefined
  #free = slots
  #stopped = false
  #wake: () => void = () => undefined

  constructor(id: number, tell: (report: ReadingReport) => void) {
    this.#id = id
    this.#tell = tell
    this.#decoding = new Promise((resolve) => {
      this.#decide = resolve
    })
  }

  decode(decoding: Decoding): void {
    this.#decide(decoding)
  }

  taken(count: number): void {
    this.#free += count
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
        const decoding = await this.#decoding
        if (decoding) await this.#send(file, decoding)
      } finally {
        await file.close()
      }
      if (!this.#stopped) this.#say('end')
    } catch (error) {
      this.#tell({ report: 'failed', id: this.#id, failure: failureOf(error) })
    }
  }

  async #send(file: StoredFile, { request, ring }: Decoding): Promise<void> {
    const blocks = await decode(file, request)
    this.#say('begun')
    let turn = 0
    let filled = 0
    for await (const block of blocks) {
      for (let at = 0; at < block.length;) {
        if (this.#free === 0) await this.#room()
        if (this.#stopped) return
        const slot = slotOf(ring, turn)
        const count = Math.min(slot.length - filled, block.length - at)
        // Copies as `copy` does, only faster: that one goes word by word where memory is shared.
        slot.fill(block.subarray(at, at + count), filled, filled + count)
        at += count
        filled += count
        if (filled < slot.length) continue
        this.#pass(filled)
        turn += 1
        filled = 0
      }
    }
    if (filled > 0) this.#pass(filled)
  }

  #pass(bytes: number): void {
    this.#free -= 1
    this.#tell({ report: 'piece', id: this.#id, bytes })
  }

  /** Waits until a slot is given back, or the reader has had enough. */
  async #room(): Promise<void> {
    while (this.#free === 0 && !this.#stopped) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #say(report: 'opened' | 'begun' | 'end'): void {
    this.#tell({ report, id: this.#id })
  }
}
