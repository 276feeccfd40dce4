import { expect, test } from '@jest/globals'
import { drain, runEngineProcess } from '../../../src/run/engine-process.ts'
import { startGroup } from '../../../src/run/process-group.ts'

/** Sends nothing: as to a process in a system call that never ends. */
const deaf = (): void => undefined

test('a process that does not die of SIGKILL is left behind, and its output ends', async () => {
  const end = new AbortController()
  const start = { env: {}, outputs: 2, signal: end.signal, killAfter: 10 } as const
  const { outputs, ended } = startGroup({ ...start, command: ['sleep', '60'], send: deaf })
  end.abort()
  const { left } = await ended
  expect(left).toBeGreaterThan(0)
  expect(outputs.every(({ destroyed }) => destroyed)).toBe(true)
  process.kill(left ?? 0, 'SIGKILL')
})

test('an engine that is left behind ends its job with the reason why it was to end', async () => {
  const end = new AbortController()
  const lines: string[] = []
  const reason = { code: 'stalled', text: 'ended because nothing was heard of it' }
  const running = runEngineProcess({
    command: ['/bin/sh', '-c', 'exec sleep 60', 'engine'],
    argv: [],
    env: {},
    signal: end.signal,
    killAfter: 10,
    send: deaf,
    onEvent: () => undefined,
    onLine: (line) => void lines.push(line),
  })
  end.abort(reason)
  expect(await running).toEqual({ failure: reason, errorCode: 'INTERRUPTED' })
  expect(lines.join()).toMatch(/^the engine \(process \d+\) cannot be ended, and was left behind$/)
  process.kill(Number(/\d+/.exec(lines.join())?.[0]), 'SIGKILL')
})

test('a process reads what it is given, and need not read all', async () => {
  const start = {
    env: {},
    outputs: 2,
    signal: undefined,
    killAfter: 10,
    input: Buffer.from('a b\n'.repeat(100_000)),
  } as const
  const counted: string[] = []
  const count = startGroup({ ...start, command: ['/usr/bin/wc', '-l'] })
  await Promise.all([count.ended, drain(count.outputs[0], (line) => void counted.push(line))])
  expect(counted).toEqual(['100000'])
  expect((await startGroup({ ...start, command: ['true'] }).ended).exitCode).toBe(0)
})
