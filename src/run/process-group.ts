/** A child process with a process group of its own, so that it can be ended with everything that it has started. */
import { execa } from 'execa'
import { Readable, type Writable } from 'node:stream'

export interface GroupStart {
  /** Program and arguments. */
  readonly command: readonly string[]
  /** The whole environment: nothing of ours is added. */
  readonly env: Readonly<Record<string, string>>
  /** What it reads from standard input; undefined: nothing. */
  readonly input?: Uint8Array | undefined
  /** How many descriptors are read, from 1 on. */
  readonly outputs: 2 | 3
  /** A descriptor behind these whose other end is closed when this process is gone, whatever ends it. */
  readonly lifeline?: boolean
  /** Ends the group: SIGTERM, and SIGKILL after `killAfter`. Undefined: nothing does. */
  readonly signal: AbortSignal | undefined
  /** Milliseconds. */
  readonly killAfter: number
  /** Sends a signal, as `process.kill` does. */
  readonly send?: (pid: number, signal: NodeJS.Signals) => void
}

export interface GroupEnd {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly originalMessage?: string | undefined
  /** Its process id, where nothing ends it: it was left behind. */
  readonly left?: number | undefined
}

export interface Group {
  /** Standard output, standard error, and what comes behind; they end with the process, whoever else holds them. */
  readonly outputs: readonly Readable[]
  /** Never rejects. */
  readonly ended: Promise<GroupEnd>
}

/** How long output may still come after the process has ended: a grandchild can hold its descriptors. */
const lingering = 5000

/** Milliseconds that a process gets to die of SIGKILL: in a system call that never ends it does not. */
const dying = 5000

/** Groups whose leader lives: they end with this process, whatever ends it. */
const living = new Set<number>()
let watching = false

/** Starts a process. */
export function startGroup(start: GroupStart): Group {
  const {
    command,
    env,
    input,
    outputs,
    lifeline,
    signal,
    killAfter,
    send = process.kill.bind(process),
  } = start
  const [file = '', ...args] = command
  const stdin = input === undefined ? 'ignore' : 'pipe'
  const pipes = lifeline === true ? outputs + 1 : outputs
  const child = execa(file, args, {
    env,
    extendEnv: false,
    cwd: '/',
    stdio: [stdin, 'pipe', 'pipe', ...Array.from({ length: pipes - 2 }, () => 'pipe' as const)],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    cleanup: false,
    detached: true,
  })
  const { pid } = child
  if (pid !== undefined) keepWatch(pid)
  if (input !== undefined) feed(child.stdin, input)
  let killing: NodeJS.Timeout | undefined
  let stopped = false
  let leave: (end: GroupEnd) => void = () => undefined
  const leaving = new Promise<GroupEnd>((resolve) => {
    leave = resolve
  })
  const stop = (): void => {
    stopped = true
    killGroup(pid, 'SIGTERM', send)
    // What was stopped cannot end in good order.
    killGroup(pid, 'SIGCONT', send)
    killing = setTimeout(() => {
      killGroup(pid, 'SIGKILL', send)
      killing = setTimeout(() => {
        leave({ left: pid })
        child.unref()
        for (const stream of streams) stream.destroy()
      }, dying)
    }, killAfter)
  }
  const streams: Readable[] = child.stdio
    .slice(1)
    .flatMap((stream) => (stream instanceof Readable ? [stream] : []))
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted === true) stop()
  const given = streams.slice(0, outputs)
  // Nothing comes over a lifeline, but its end.
  for (const stream of streams.slice(outputs)) stream.resume()
  child.once('exit', () => {
    setTimeout(() => {
      for (const stream of streams) stream.destroy()
    }, lingering).unref()
  })
  const ended = Promise.race<GroupEnd>([child, leaving]).then((result) => {
    clearTimeout(killing)
    signal?.removeEventListener('abort', stop)
    // What it has started and left behind must not go on when it was told to end.
    if (stopped) killGroup(pid, 'SIGKILL', send)
    if (pid !== undefined) living.delete(pid)
    return result
  })
  return { outputs: given, ended }
}

function feed(stdin: Writable | null, input: Uint8Array): void {
  // Whoever ends before it has read all has said why.
  stdin?.on('error', () => undefined)
  stdin?.end(input)
}

function killGroup(
  pid: number | undefined,
  signal: 'SIGTERM' | 'SIGCONT' | 'SIGKILL',
  send: NonNullable<GroupStart['send']> = process.kill.bind(process),
): void {
  if (pid === undefined) return
  try {
    send(-pid, signal)
  } catch {
    // The group is gone.
  }
}

function keepWatch(pid: number): void {
  living.add(pid)
  if (watching) return
  watching = true
  process.on('exit', () => {
    for (const group of living) killGroup(group, 'SIGTERM')
  })
}
