/** Which process wrote something, so that others can tell whether it still lives, also as another user and after a reboot. */
import { readFileSync } from 'node:fs'
import { isErrno } from '../lib/errors.ts'

export interface ProcessIdentity {
  readonly pid: number
  /** Boot of the machine and moment of the start, as the kernel counts it; empty where the system does not tell. */
  readonly started: string
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '' }
}

/** Whether a process lives. Where that cannot be told it does. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false
    // It is there and belongs to somebody else.
    if (!isErrno(error, 'EPERM')) throw error
  }
  const now = startOf(pid)
  return now === undefined || started === '' || now === started
}

/** Undefined where it cannot be read. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The name of the program, in parentheses, may hold anything (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return `${boot} ${fields[19] ?? ''}`
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}
