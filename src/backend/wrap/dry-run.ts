/** Reads for real and writes nothing: what a dry run works on. */
import type { Backend } from '../backend.ts'
import { closed } from '../failure.ts'
import { delegate } from './delegate.ts'

/** A change that a real run would have made. */
export type PlannedChange =
  | { readonly operation: 'put'; readonly name: string; readonly size: number }
  | { readonly operation: 'delete'; readonly name: string }

export interface DryRunOptions {
  readonly onPlanned: (change: PlannedChange) => void
}

/**
 * A backend whose writes and deletions are told and not done. `list` and `get` show what is really there; `size`
 * answers as if the changes had been made, so that a caller who checks its upload finds what it expects.
 */
export function dryRun(inner: Backend, { onPlanned }: DryRunOptions): Backend {
  const planned = new Map<string, number | undefined>()
  let open = true
  const check = (signal: AbortSignal): void => {
    if (!open) throw closed(inner.label)
    signal.throwIfAborted()
  }
  const tell = (change: PlannedChange, size: number | undefined, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      check(signal)
      planned.set(change.name, size)
      onPlanned(change)
      resolve()
    })
  return delegate(inner, {
    size: async (name, signal) => {
      check(signal)
      return planned.has(name) ? planned.get(name) : inner.size(name, signal)
    },
    put: (name, { size }, signal) => tell({ operation: 'put', name, size }, size, signal),
    delete: (name, signal) => tell({ operation: 'delete', name }, undefined, signal),
    close: async () => {
      open = false
      await inner.close()
    },
  })
}
