/** Modification times to the nanosecond. Access times stay as they are. */
import { fstatSync, futimesSync } from 'node:fs'
import { type Libc, libc, systemError } from './libc.ts'

const UTIME_OMIT = 0x3ffffffe
/** Two `struct timespec`: access, modification. Calls are synchronous and copy it, so one is enough. */
const times = Buffer.alloc(32)
times.writeBigInt64LE(BigInt(UTIME_OMIT), 8)

/** The argument of the calls that set times; overwritten by the next. A fraction in `seconds` counts if `nanoseconds` is missing. */
export function timesFor(seconds: number, nanoseconds?: number): Buffer {
  const whole = Math.floor(seconds)
  // By halves: big integers would be made for every file.
  times.writeUInt32LE(whole >>> 0, 16)
  times.writeInt32LE(Math.floor(whole / 2 ** 32), 20)
  times.writeUInt32LE(nanoseconds ?? Math.floor((seconds - whole) * 1e9), 24)
  return times
}

/** Sets the time of an open file; exact to a microsecond without koffi. Throws errno errors. */
export function setFileTime(
  fd: number,
  seconds: number,
  nanoseconds: number,
  load: () => Libc | undefined = libc,
): void {
  const calls = load()
  if (calls === undefined) {
    futimesSync(fd, nodeTime(fstatSync(fd).atimeMs / 1000), nodeTime(seconds + nanoseconds / 1e9))
  } else if (calls.futimens(fd, timesFor(seconds, nanoseconds)) < 0) {
    throw systemError(calls.errno(), 'futimens')
  }
}

/** Seconds as Node's calls take them: a number below zero means "now" to them, a `Date` does not. */
export function nodeTime(seconds: number): number | Date {
  return seconds < 0 ? new Date(seconds * 1000) : seconds
}
