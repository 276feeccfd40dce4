/** Builds the trees of selection-vectors.json on disk. Needs root for its devices and mounts. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'

export interface TreeEntry {
  path: string
  type: 'dir' | 'file' | 'symlink' | 'fifo' | 'socket' | 'chardev' | 'mount'
  target?: string
  major?: number
  minor?: number
  mtime?: number
}

/** What `buildTree` left open: to be closed before the tree is removed. */
export interface OpenThings {
  servers: Server[]
  mounts: string[]
}

/** Creates a tree at `root`; a tree whose one path is '' is a single file. */
export async function buildTree(
  root: string,
  entries: readonly TreeEntry[],
  open: OpenThings,
): Promise<void> {
  if (!entries.some((entry) => entry.path === '')) mkdirSync(root, { recursive: true })
  for (const entry of entries) {
    const path = join(root, entry.path).replace(/\/$/, '')
    switch (entry.type) {
      case 'dir':
        mkdirSync(path, { recursive: true })
        break
      case 'file':
        writeFileSync(path, 'content of ' + entry.path)
        break
      case 'symlink':
        symlinkSync(entry.target ?? '', path)
        break
      case 'fifo':
        execFileSync('mkfifo', [path])
        break
      case 'socket':
        open.servers.push(await listen(path))
        break
      case 'chardev':
        execFileSync('mknod', [path, 'c', String(entry.major), String(entry.minor)])
        break
      case 'mount':
        mkdirSync(path)
        mountTmpfs(path)
        open.mounts.push(path)
        break
    }
  }
  for (const { path, mtime } of [...entries].reverse()) {
    if (mtime !== undefined) utimesSync(join(root, path), mtime, mtime)
  }
}

/** Stops the servers and unmounts. */
export function closeThings(open: OpenThings): void {
  for (const server of open.servers) server.close()
  for (const mount of open.mounts) execFileSync('umount', [mount])
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(path, () => {
      resolve(server)
    })
  })
}

function mountTmpfs(path: string): void {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', path], { stdio: 'pipe' })
  } catch (cause) {
    throw new Error('These tests need root and the right to mount a tmpfs (CAP_SYS_ADMIN)', { cause })
  }
}
