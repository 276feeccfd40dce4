/**
 * Jobs that run side by side, whose results are delivered in the order in which they were added.
 */
export class OrderedJobs<T> {
  readonly #limit: number
  readonly #deliver: (result: T) => Promise<void> | void
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  #pending = 0
  #failure: { error: unknown } | undefined
  #aborted = false
  #oldest: (() => void)[] = []

  /** At most `limit` jobs may be undelivered before `room` makes one wait. */
  constructor(limit: number, deliver: (result: T) => Promise<void> | void) {
    this.#limit = limit
    this.#deliver = deliver
  }

  /** Jobs not yet delivered. */
  get waiting(): number {
    return this.#waiting
  }

  /** Sum of the weights of the jobs not yet delivered. */
  get pending(): number {
    return this.#pending
  }

  /** Throws the error of an earlier job or delivery, if there was one. */
  check(): void {
    if (this.#failure) throw this.#failure.error
  }

  add(job: Promise<T>, weight: number): void {
    this.#waiting++
    this.#pending += weight
    // Heard when its turn comes.
    job.catch(() => undefined)
    this.#tail = this.#tail.then(async () => {
      try {
        const result = await job
        if (!this.#failure && !this.#aborted) await this.#deliver(result)
      } catch (error) {
        this.#fail(error)
      }
      this.#waiting--
      this.#pending -= weight
      for (const wake of this.#oldest.splice(0)) wake()
    })
  }

  /** Calls back between what was added before and what is added later; not where a job failed or all was given up. */
  between(work: () => Promise<void> | void): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#failure || this.#aborted) return
      try {
        await work()
      } catch (error) {
        this.#fail(error)
      }
    })
  }

  /** Undefined where another job may be added; else a promise of it. Rejects where a job failed. */
  room(): Promise<void> | undefined {
    if (this.#waiting < this.#limit) return undefined
    return this.#wait()
  }

  /** Resolves when everything was delivered. Rejects where a job failed. */
  async drain(): Promise<void> {
    await this.#tail
    this.check()
  }

  /** Nothing more is delivered; jobs under way are left to end by themselves. */
  abort(): void {
    this.#aborted = true
  }

  async #wait(): Promise<void> {
    while (this.#waiting >= this.#limit) {
      await new Promise<void>((wake) => this.#oldest.push(wake))
    }
    this.check()
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
  }
}
