/** What each engine gets of the machine, so that all of them together stay within what is configured. */

export interface Machine {
  readonly cores: number
  /** MiB of memory that the machine has. */
  readonly memory: number
}

export interface Limits {
  /** Engines at a time. */
  readonly parallel: number
  /** Compression threads of all engines; undefined: as many as there are cores. */
  readonly threads: number | undefined
  /** MiB of all engines; undefined: half of what the machine has. */
  readonly memory: number | undefined
}

export interface Shares {
  readonly parallel: number
  /** Of each engine, at least 1. */
  readonly threads: number
  /** MiB that the heap of each engine may have; undefined: there is so much that nobody needs to count. */
  readonly heap: number | undefined
}

/** MiB that an engine needs, its buffers included. */
const leastMemory = 150
/** MiB of an engine that are not its heap: the program itself and buffers. */
const beside = 80
/** MiB: more heap than this an engine has no use for. */
const mostHeap = 1024

/**
 * Divides the machine among as many engines as will run at a time: fewer where the memory does not suffice. The heap is
 * limited where the machine is small or a limit was asked for: Node starts faster without.
 */
export function sharesOf({ parallel, threads, memory }: Limits, machine: Machine, jobs: number): Shares {
  const budget = memory ?? Math.floor(machine.memory / 2)
  const fitting = Math.max(1, Math.floor(budget / leastMemory))
  const running = Math.max(1, Math.min(parallel, fitting, jobs))
  const heap = Math.min(mostHeap, Math.max(leastMemory, Math.floor(budget / running)) - beside)
  return {
    parallel: running,
    threads: Math.max(1, Math.floor((threads ?? machine.cores) / running)),
    heap: memory === undefined && heap === mostHeap ? undefined : heap,
  }
}
