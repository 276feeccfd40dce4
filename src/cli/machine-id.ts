/** What tells this machine from others: a hash of its machine-id (machine-id(5)), which itself must not be told. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Undefined where there is none, or only the word of a system that has not been booted yet. */
export function machineId(path = '/etc/machine-id'): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch {
    return undefined // A system without one, as many containers are: the host name has to do.
  }
  if (!/^[0-9a-f]{32}$/.test(text)) return undefined
  return createHmac('sha256', 'duba marker').update(text).digest('hex').slice(0, 32)
}
