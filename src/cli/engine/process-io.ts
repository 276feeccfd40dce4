/** Makes what the engine's command line needs out of a process. Only the main files have a process to give. */
import { readIfThere } from '../kernel-text.ts'
import { descriptorSink, fileSink, readDescriptor } from './descriptor.ts'
import type { EngineIo } from './io.ts'
import { followLifeline } from './lifeline.ts'
import { Asker, hasTerminal } from './terminal.ts'

export interface ProcessIo {
  readonly io: EngineIo
  /** Stops listening to signals and to standard input. */
  readonly close: () => void
}

export interface Machine {
  readonly hostname: string
  /** Seconds since the epoch. */
  readonly now: () => number
  /** Seconds, from a clock that never goes back. */
  readonly monotonic: () => number
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal ends the run in good order, the second ends the process at once. */
export function processIo(host: NodeJS.Process, machine: Machine): ProcessIo {
  const controller = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) host.exit(signal === 'SIGINT' ? 4 : 143)
    controller.abort(signal)
  }
  for (const signal of signals) host.on(signal, onSignal)
  const stderr = descriptorSink(2)
  const asker = new Asker({
    stdin: host.stdin,
    write: (text) => {
      stderr(Buffer.from(text))
    },
    interrupt: () => {
      onSignal('SIGINT')
    },
    signal: controller.signal,
  })
  const { hostname, now, monotonic } = machine
  const io: EngineIo = {
    env: host.env,
    cwd: host.cwd(),
    uid: host.getuid?.() ?? 0,
    host: { hostname, fqdn: fullName(hostname, readIfThere('/etc/hosts')) },
    signal: controller.signal,
    stdout: descriptorSink(1),
    stderr,
    openDescriptor: descriptorSink,
    readDescriptor,
    followLifeline: (descriptor) => {
      followLifeline(descriptor, () => {
        if (!controller.signal.aborted) controller.abort('SIGHUP')
      })
    },
    appendTo: fileSink,
    now,
    monotonic,
    terminal: hasTerminal,
    ask: (prompt) => asker.ask(prompt),
    openFileLimit: () => openFileLimit(readIfThere('/proc/self/limits')),
  }
  const close = (): void => {
    for (const signal of signals) host.off(signal, onSignal)
    asker.close()
  }
  return { io, close }
}

/** The smaller of soft and hard limit in the text of /proc/PID/limits; undefined if it does not say. */
export function openFileLimit(limits: string): number | undefined {
  const found = /^Max open files +(\d+|unlimited) +(\d+|unlimited)/m.exec(limits)
  if (found === null) return undefined
  const number = (text = ''): number => (text === 'unlimited' ? Infinity : Number(text))
  return Math.min(number(found[1]), number(found[2]))
}

/** The name with its domain, as hosts(5) has it; the name itself if it has none there. */
export function fullName(hostname: string, hosts: string): string {
  if (hostname.includes('.')) return hostname
  for (const line of hosts.split('\n')) {
    const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const full = names.find((name) => name.startsWith(`${hostname}.`))
    if (full !== undefined) return full
  }
  return hostname
}
