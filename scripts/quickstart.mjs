#!/usr/bin/env node
/**
 * `npm run quickstart`: shows the main job in a temporary folder, with nothing but Node. Makes a throw-away key, takes
 * a copy of a real directory of this machine, backs it up, changes it, backs it up again, restores both points in time
 * and compares. Everything is removed at the end, unless KEEP=1.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateKey } from 'openpgp'

const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url))
const candidates = ['/etc', '/usr/share/doc', fileURLToPath(new URL('../src', import.meta.url))]
const size = { files: 3000, bytes: 40 << 20 }

const work = await mkdtemp(join(tmpdir(), 'duba-quickstart-'))
try {
  await quickstart()
} finally {
  if (process.env.KEEP === '1') console.log(`\nKept: ${work}`)
  else await rm(work, { recursive: true, force: true })
}

async function quickstart() {
  await access(program).catch(() => {
    throw new Error('dist/ is missing: run `npm run build` first.')
  })
  const source = join(work, 'source')
  const origin = await copyRealDirectory(source)
  say(`1. A copy of ${origin}: ${(await tree(source)).size} entries in ${source}`)

  const key = await generateKey({ userIDs: [{ name: 'duba quickstart' }], type: 'ecc', format: 'object' })
  const keyFile = join(work, 'key.asc')
  await writeFile(keyFile, key.privateKey.armor(), { mode: 0o600 })
  const fingerprint = key.privateKey.getFingerprint().toUpperCase()
  const config = join(work, 'duba.json')
  const settings = {
    backup_sources: [
      { path: source, dest: `file://${join(work, 'destination')}`, cache_dir: join(work, 'cache') },
    ],
    encrypt_keys: [fingerprint],
    key_files: [keyFile],
    logdir: join(work, 'log'),
    state_dir: join(work, 'state'),
    env: { PASSPHRASE: '' },
  }
  await writeFile(config, JSON.stringify(settings, undefined, 2), { mode: 0o600 })
  say(
    `2. A key that is thrown away (${fingerprint}) and a configuration:\n${JSON.stringify(settings, undefined, 2)}`,
  )

  say('3. The first backup is a full one: duba backup')
  await duba('--config', config, 'backup')
  const before = await tree(source)
  const firstTime = Math.floor(Date.now() / 1000)
  await new Promise((resolve) => setTimeout(resolve, 1500))

  await change(source)
  say('4. Files were changed, added and removed. The second backup is incremental: duba backup')
  await duba('--config', config, 'backup')
  const after = await tree(source)

  say('5. Both points in time come back: duba restore')
  await duba(
    '--config',
    config,
    'restore',
    source,
    '--to',
    join(work, 'then'),
    '--trust-unsigned',
    '--time',
    String(firstTime),
  )
  await duba('--config', config, 'restore', source, '--to', join(work, 'now'), '--trust-unsigned')
  compare('the first backup', before, await tree(join(work, 'then', 'source')))
  compare('the second backup', after, await tree(join(work, 'now', 'source')))

  say('6. What there is: duba status')
  await duba('--config', config, 'status')
  say('Done. The restored trees equal the source at both times, byte for byte.')
}

/** Copies the first usable candidate, up to a bound, leaving out what this user cannot read and special files. */
async function copyRealDirectory(target) {
  for (const origin of candidates) {
    const taken = { files: 0, bytes: 0 }
    await rm(target, { recursive: true, force: true })
    await mkdir(target, { recursive: true })
    await copyInto(origin, target, taken).catch((error) => {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error
    })
    if (taken.files >= 20) return origin
  }
  throw new Error(`None of ${candidates.join(', ')} can be read.`)
}

async function copyInto(from, to, taken) {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = join(from, entry.name)
    const target = join(to, entry.name)
    if (taken.files >= size.files || taken.bytes >= size.bytes) return
    if (!(await readable(path, entry))) continue
    if (entry.isDirectory()) {
      await mkdir(target)
      await copyInto(path, target, taken)
    } else if (entry.isSymbolicLink() || entry.isFile()) {
      await cp(path, target, { verbatimSymlinks: true, preserveTimestamps: true })
      taken.files += 1
      taken.bytes += (await lstat(path)).size
    }
  }
}

async function readable(path, entry) {
  if (entry.isSymbolicLink()) return true
  try {
    await access(path, 4)
    return true
  } catch {
    return false // Not ours to read: the quickstart runs as anybody.
  }
}

async function change(source) {
  const files = [...(await tree(source))].filter(([, { kind }]) => kind === 'file').map(([path]) => path)
  const some = files.filter((_, index) => index % 7 === 0)
  for (const path of some.slice(0, 20)) {
    await chmod(join(source, path), 0o644)
    await writeFile(join(source, path), 'changed by the quickstart\n', { flag: 'a' })
  }
  for (const path of some.slice(20, 25)) await rm(join(source, path))
  await mkdir(join(source, 'added'))
  await writeFile(join(source, 'added', 'file with a space'), 'new\n')
}

/** Every path below a directory with its type, mode and content. */
async function tree(root, dir = root, found = new Map()) {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    const stats = await lstat(path)
    const mode = (stats.mode & 0o7777).toString(8)
    const seconds = Math.floor(stats.mtimeMs / 1000)
    if (entry.isSymbolicLink()) found.set(relative(root, path), { kind: 'link', state: await readlink(path) })
    else if (entry.isDirectory()) {
      found.set(relative(root, path), { kind: 'directory', state: `${mode} ${seconds}` })
      await tree(root, path, found)
    } else {
      const hash = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
      found.set(relative(root, path), { kind: 'file', state: `${mode} ${seconds} ${hash}` })
    }
  }
  return found
}

function compare(what, expected, actual) {
  const paths = new Set([...expected.keys(), ...actual.keys()])
  const different = [...paths].filter((path) => expected.get(path)?.state !== actual.get(path)?.state)
  if (different.length > 0) {
    throw new Error(
      `Restoring ${what} gave ${different.length} differences: ${different.slice(0, 5).join(', ')}`,
    )
  }
  console.log(`   ${what}: ${expected.size} entries, all equal`)
}

async function duba(...args) {
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve()
      else reject(new Error(`duba ${args.slice(2).join(' ')} ended with ${status}.`))
    })
  })
}

function say(text) {
  console.log(process.stdout.isTTY ? `\n\u001b[1m${text}\u001b[0m` : `\n${text}`)
}
