import { describe, expect, test } from '@jest/globals'
import { withEnd } from '../../../src/lib/with-end.ts'

/** An iteration of 1 and 2, or of 1 and an error, and what was done at its end. */
function watched(fails = false) {
  const done: string[] = []
  async function* numbers(): AsyncGenerator<number> {
    try {
      yield 1
      await Promise.resolve()
      if (fails) throw new Error('broken')
      yield 2
    } finally {
      done.push('source')
    }
  }
  const items = withEnd(numbers(), {
    end: () => {
      done.push('end')
      return Promise.resolve()
    },
    explain: (error) => new Error('explained', { cause: error }),
  })
  return { done, items }
}

describe('the end comes once', () => {
  test('after the last item', async () => {
    const { done, items } = watched()
    const taken: number[] = []
    for await (const item of items) taken.push(item)
    await items.return?.()
    expect(taken).toEqual([1, 2])
    expect(done).toEqual(['source', 'end'])
  })

  test('when the receiver has had enough', async () => {
    const { done, items } = watched()
    for await (const item of items) {
      expect(item).toBe(1)
      break
    }
    expect(done).toEqual(['source', 'end'])
    expect(await items.next()).toEqual({ done: true, value: undefined })
    expect(done).toHaveLength(2)
  })

  test('before the first item: the source was never begun, and has nothing to do', async () => {
    const { done, items } = watched()
    await items.return?.()
    expect(done).toEqual(['end'])
  })

  test('by an error, which is explained', async () => {
    const { done, items } = watched(true)
    await items.next()
    await expect(items.next()).rejects.toThrow('explained')
    expect(done).toEqual(['source', 'end'])
  })
})
