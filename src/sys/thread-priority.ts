/**
 * Order among the threads of this process (sched(7), setpriority(2): on Linux a nice value belongs to a thread).
 *
 * The main thread does what must be done in order; the pool beside it deflates and inflates what the main thread hands
 * out. On as many cores as there are threads to run, the scheduler gives each the same share, the pool runs dry behind a
 * main thread that waited for its turn, and a core idles. With the main thread first, it hands out in time.
 */
import { readdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { constants, getPriority, setPriority } from 'node:os'

/** How much nicer the others are: a tenth of the main thread's share where both want a core. */
const DISTANCE = 10

/**
 * Puts the threads there are behind the main one: the pool, and those that the JavaScript engine runs. Threads that
 * are started later are its equals. Needs no privilege. Where the system does not let it, everything stays as it is: it is
 * a matter of speed alone.
 */
export async function mainThreadFirst(): Promise<void> {
  // The pool comes into being with the first work for it.
  await stat('/')
  const behind = Math.min(constants.priority.PRIORITY_LOW, getPriority(process.pid) + DISTANCE)
  for (const name of threads()) {
    const thread = Number(name)
    if (thread !== process.pid) putAt(thread, behind)
  }
}

function threads(): string[] {
  try {
    return readdirSync('/proc/self/task')
  } catch {
    // No /proc, or a process that may not look at itself.
    return []
  }
}

function putAt(thread: number, priority: number): void {
  try {
    setPriority(thread, priority)
  } catch {
    // It has ended meanwhile, or a filter of system calls forbids it.
  }
}
