/** The common ground of the wrappers: everything they do not change goes to the backend inside. */
import type { Backend } from '../backend.ts'

/** A backend that passes every call on, except the parts given. */
export function delegate(inner: Backend, changes: Partial<Backend>): Backend {
  return {
    label: inner.label,
    traits: inner.traits,
    list: (signal) => inner.list(signal),
    size: (name, signal) => inner.size(name, signal),
    put: (name, body, signal) => inner.put(name, body, signal),
    get: (name, signal) => inner.get(name, signal),
    delete: (name, signal) => inner.delete(name, signal),
    localPath: (name) => inner.localPath(name),
    close: () => inner.close(),
    ...changes,
  }
}
