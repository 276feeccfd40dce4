import { setTimeout } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { OrderedJobs } from '../../../src/crypt/ordered-jobs.ts'

test('results come in the order of adding, not of ending', async () => {
  const seen: number[] = []
  const jobs = new OrderedJobs<number>(10, (n) => void seen.push(n))
  for (const [n, delay] of [30, 5, 20, 0].entries()) jobs.add(setTimeout(delay, n), 1)
  expect(jobs.waiting).toBe(4)
  await jobs.drain()
  expect(seen).toEqual([0, 1, 2, 3])
  expect(jobs.pending).toBe(0)
})

test('one waits for room only at the limit', async () => {
  const jobs = new OrderedJobs<number>(2, () => undefined)
  jobs.add(setTimeout(5, 1), 1)
  expect(jobs.room()).toBeUndefined()
  jobs.add(setTimeout(5, 2), 1)
  await jobs.room()
  expect(jobs.waiting).toBeLessThan(2)
})

test('the first failure is the one that is told, and nothing is delivered behind it', async () => {
  const seen: number[] = []
  const jobs = new OrderedJobs<number>(1, (n) => void seen.push(n))
  jobs.add(Promise.resolve(1), 1)
  jobs.add(Promise.reject(new Error('first')), 1)
  jobs.add(Promise.reject(new Error('second')), 1)
  jobs.add(Promise.resolve(4), 1)
  await expect(jobs.drain()).rejects.toThrow('first')
  expect(seen).toEqual([1])
  expect(() => {
    jobs.check()
  }).toThrow('first')
})
