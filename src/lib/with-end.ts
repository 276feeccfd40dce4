/** Iterations that hold something which must be let go, however they end. */

export interface EndOptions {
  /** Done once, when the iteration is over: at its end, by an error, or because the receiver had enough. */
  readonly end?: () => Promise<void>
  /** What to throw for an error of the source. */
  readonly explain?: (error: unknown) => unknown
}

/**
 * The items of `source`. Unlike with a generator, whose `finally` only runs if it was begun, `return` before the first
 * item is an end like any other: it is handed on to the source, and `end` is done.
 */
export function withEnd<T>(
  source: AsyncIterable<T>,
  { end = () => Promise.resolve(), explain = (error) => error }: EndOptions,
): AsyncIterableIterator<T, void, undefined> {
  const items = source[Symbol.asyncIterator]()
  let over: Promise<void> | undefined
  const finish = (): Promise<void> => (over ??= end())
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      let item: IteratorResult<T, unknown>
      try {
        item = await items.next()
      } catch (error) {
        await finish()
        throw explain(error)
      }
      if (item.done !== true) return item
      await finish()
      return { done: true, value: undefined }
    },
    async return() {
      try {
        await items.return?.()
      } finally {
        await finish()
      }
      return { done: true, value: undefined }
    },
  }
}
