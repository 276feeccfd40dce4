/**
 * The lifeline of an engine that another program has started: a pipe whose other end that program holds. When it is gone,
 * killed without a chance to end its engines, the pipe reaches its end.
 */
import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'

/**
 * Calls `lost`, once, when the other end is closed. Keeps no process alive. Throws the system's error if the descriptor
 * is not open.
 */
export function followLifeline(descriptor: number, lost: () => void): void {
  fstatSync(descriptor)
  // Not with fs: reading there would hold a thread of the pool for as long as nothing comes.
  const line = new Socket({ fd: descriptor, readable: true, writable: false })
  // A reset is an end like others; "close" follows it.
  line.on('error', () => undefined)
  line.once('close', lost)
  line.resume()
  line.unref()
}
