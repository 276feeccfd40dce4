/**
 * The small change between two backups: 600 files (300 grow at the end, 200 are written anew, 50 are new, 50 are
 * gone) and 50 patches of up to 10 KB in the two big files. It can be undone, times included.
 */
import * as fs from 'node:fs'
import { join } from 'node:path'
import { bigFiles, planCorpus } from './corpus.mjs'
import { generator, noise, shuffled } from './random.mjs'
import { text } from './text.mjs'

const changedTime = 1_650_000_000
const counts = { appended: 300, rewritten: 200, added: 50, deleted: 50, patches: 50 }

/**
 * Changes the corpus. Returns how much was done and a function that undoes it.
 * @param {string} folder
 * @param {number} scale
 */
export function changeCorpus(folder, scale) {
  const random = generator('the change')
  const words = text('the change')
  const bytes = noise('the change')
  const amount = (count) => Math.max(4, Math.round(count * Math.min(1, scale * 4)))
  const undo = []
  const { files } = planCorpus(scale)
  const texts = shuffled(
    files.filter(({ kind }) => kind === 'text'),
    random,
  )
  const take = (count) => texts.splice(0, amount(count)).map(({ path }) => join(folder, path))

  const keep = (path) => {
    const before = fs.readFileSync(path)
    const { atime, mtime } = fs.statSync(path)
    undo.push(() => {
      fs.writeFileSync(path, before)
      fs.utimesSync(path, atime, mtime)
    })
    return before
  }
  for (const path of take(counts.appended)) {
    const before = keep(path)
    fs.writeFileSync(path, Buffer.concat([before, words(100 + Math.floor(random() * 2000))]))
    fs.utimesSync(path, changedTime, changedTime)
  }
  for (const path of take(counts.rewritten)) {
    fs.writeFileSync(path, words(Math.max(100, keep(path).length)))
    fs.utimesSync(path, changedTime, changedTime)
  }
  for (const path of take(counts.added)) {
    const added = `${path}.new`
    fs.writeFileSync(added, words(1000 + Math.floor(random() * 5000)))
    fs.utimesSync(added, changedTime, changedTime)
    undo.push(() => {
      fs.rmSync(added)
    })
  }
  for (const path of take(counts.deleted)) {
    keep(path)
    fs.rmSync(path)
  }
  for (const name of [bigFiles.code, bigFiles.noise]) {
    const path = join(folder, name)
    const { size, mtime, atime } = fs.statSync(path)
    const handle = fs.openSync(path, 'r+')
    for (let i = 0; i < amount(counts.patches) / 2; i += 1) {
      const length = 100 + Math.floor(random() * 10_000)
      const at = Math.floor(random() * Math.max(1, size - length))
      const before = Buffer.alloc(Math.min(length, size - at))
      fs.readSync(handle, before, 0, before.length, at)
      fs.writeSync(handle, bytes(before.length), 0, before.length, at)
      undo.push(() => {
        const again = fs.openSync(path, 'r+')
        fs.writeSync(again, before, 0, before.length, at)
        fs.closeSync(again)
        fs.utimesSync(path, atime, mtime)
      })
    }
    fs.closeSync(handle)
    fs.utimesSync(path, changedTime, changedTime)
  }
  const description = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, amount(count)]))
  return {
    description,
    undo: () => {
      for (const step of undo.reverse()) step()
    },
  }
}
