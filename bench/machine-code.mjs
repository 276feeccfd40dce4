/** Machine code: the shared libraries of the machine itself, in the order of their paths. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { generator } from './random.mjs'

const places = ['/usr/lib']

/**
 * All shared libraries below /usr/lib, links left out, by path.
 * @returns {{ path: string, size: number }[]}
 */
export function sharedLibraries() {
  const found = []
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile() && /\.so(\.|$)/.test(entry.name))
        found.push({ path, size: statSync(path).size })
    }
  }
  places.forEach(visit)
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * An endless source: the libraries one after the other, from a seeded place on, and again from the start.
 * @param {string} seed
 * @param {{ path: string, size: number }[]} libraries
 * @returns {(length: number) => Buffer}
 */
export function machineCode(seed, libraries) {
  const random = generator(`${seed} code`)
  let index = Math.floor(random() * libraries.length)
  let offset = Math.floor(random() * libraries[index].size)
  return (length) => {
    const result = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const { path, size } = libraries[index]
      const wanted = Math.min(length - filled, size - offset)
      const handle = openSync(path, 'r')
      const got = wanted === 0 ? 0 : readSync(handle, result, filled, wanted, offset)
      closeSync(handle)
      filled += got
      offset += got
      if (got < wanted || offset >= size) {
        index = (index + 1) % libraries.length
        offset = 0
      }
    }
    return result
  }
}
