/**
 * The corpus of the bench: a tree that looks like /usr/share in its sizes, and two big files. A quarter of all bytes
 * is incompressible, the rest is text and machine code. The same seed gives the same tree; only the machine code
 * depends on the machine. `scale` shrinks it for a trial.
 */
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { machineCode, sharedLibraries } from './machine-code.mjs'
import { generator, noise, shuffled } from './random.mjs'
import { shareSizes } from './share-sizes.mjs'
import { text } from './text.mjs'

const seed = 'duba bench 1'
const smallFiles = 58_000
const folders = 4_000
const links = 5_000
const codeFileBytes = 300_000_000
/** Of the small files; the rest is text. */
const codeShare = 0.25
const noiseShare = 0.15
/** Of all bytes. */
const incompressible = 0.25
/** Every entry is older than any backup of the bench. */
const newest = 1_600_000_000

/** The two files that get patches. */
export const bigFiles = { code: 'images/libraries.img', noise: 'images/random.img' }

/**
 * Builds the corpus in a folder, unless it is there already. Returns its description.
 * @param {string} folder
 * @param {number} scale
 */
export function buildCorpus(folder, scale) {
  const note = `${folder}.json`
  const plan = planCorpus(scale)
  const wanted = JSON.stringify(plan.description)
  if (fs.existsSync(note) && fs.existsSync(folder) && fs.readFileSync(note, 'utf8') === wanted)
    return plan.description
  fs.rmSync(note, { force: true })
  fs.rmSync(folder, { recursive: true, force: true })
  writeCorpus(folder, plan)
  fs.writeFileSync(note, wanted)
  return plan.description
}

/** What the corpus holds: files, links and folders with sizes, kinds and times. Nothing is written. */
export function planCorpus(scale) {
  const random = generator(seed)
  const libraries = sharedLibraries()
  const count = Math.max(200, Math.round(smallFiles * scale))
  const tree = folderNames(Math.max(20, Math.round(folders * scale)), random)
  const sizes = shuffled(
    Array.from({ length: count }, (_, i) => sizeAt((i + 0.5) / count)),
    random,
  )
  const files = sizes.map((size, i) => {
    const dice = random()
    const kind = dice < codeShare ? 'code' : dice < codeShare + noiseShare ? 'noise' : 'text'
    return {
      path: `${tree[Math.floor(random() ** 2 * tree.length)]}/file-${i}.${kind}`,
      size,
      kind,
      mtime: time(random),
    }
  })
  const bytesOf = (kind) =>
    files.filter((file) => file.kind === kind).reduce((sum, { size }) => sum + size, 0)
  const codeFile = Math.round(codeFileBytes * scale)
  const compressible = bytesOf('text') + bytesOf('code') + codeFile
  const noiseFile = Math.round((compressible * incompressible) / (1 - incompressible)) - bytesOf('noise')
  files.push({ path: bigFiles.code, size: codeFile, kind: 'code', mtime: newest })
  files.push({ path: bigFiles.noise, size: noiseFile, kind: 'noise', mtime: newest })
  const symlinks = Array.from({ length: Math.round(links * scale) }, (_, i) => ({
    path: `${tree[Math.floor(random() * tree.length)]}/link-${i}`,
    target: `../${files[Math.floor(random() * count)]?.path}`,
  }))
  const description = {
    seed,
    scale,
    files: files.length,
    directories: new Set(files.map(({ path }) => dirname(path))).size,
    symlinks: symlinks.length,
    bytes: compressible + bytesOf('noise'),
    textBytes: bytesOf('text'),
    codeBytes: bytesOf('code'),
    incompressibleBytes: bytesOf('noise'),
    libraries: { files: libraries.length, bytes: libraries.reduce((sum, { size }) => sum + size, 0) },
  }
  return { files, symlinks, libraries, description }
}

function writeCorpus(folder, { files, symlinks, libraries }) {
  const sources = { text: text(seed), code: machineCode(seed, libraries), noise: noise(seed) }
  const made = new Set()
  const makeParent = (path) => {
    const parent = dirname(path)
    if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true })
    made.add(parent)
  }
  for (const { path, size, kind, mtime } of files) {
    const place = join(folder, path)
    makeParent(place)
    const handle = fs.openSync(place, 'w')
    for (let done = 0; done < size; done += 1 << 20)
      fs.writeSync(handle, sources[kind](Math.min(1 << 20, size - done)))
    fs.closeSync(handle)
    fs.utimesSync(place, mtime, mtime)
  }
  for (const { path, target } of symlinks) {
    makeParent(join(folder, path))
    fs.symlinkSync(target, join(folder, path))
    fs.lutimesSync(join(folder, path), newest, newest)
  }
  for (const parent of made) fs.utimesSync(parent, newest, newest)
}

/** The size at a share of the distribution: between two quantiles as a straight line of logarithms. */
function sizeAt(share) {
  const above = shareSizes.findIndex(([upTo]) => share <= upTo)
  const [low, small] = shareSizes[Math.max(0, above - 1)]
  const [high, large] = shareSizes[above]
  const part = high === low ? 1 : (share - low) / (high - low)
  return Math.round(Math.exp(Math.log(small + 1) * (1 - part) + Math.log(large + 1) * part) - 1)
}

/** Folders of folders: each new one below a random one, the first ones being more popular. */
function folderNames(count, random) {
  const names = ['share']
  while (names.length < count) {
    const parent = names[Math.floor(random() ** 3 * names.length)]
    names.push(`${parent.split('/').length > 6 ? 'share' : parent}/folder-${names.length}`)
  }
  return names
}

function time(random) {
  return newest - Math.floor(random() * 200_000_000)
}
