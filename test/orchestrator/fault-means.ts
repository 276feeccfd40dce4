/** Means to bring faults about, each undone after the test: small disks, locks held by other processes. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const undo: (() => void)[] = []

/** Does this when `undoAll` is called, or `undoLast`. */
export function toUndo(step: () => void): void {
  undo.push(step)
}

/** Undoes what was done last. */
export function undoLast(): void {
  undo.pop()?.()
}

/** Undoes everything, last things first. */
export function undoAll(): void {
  for (const step of undo.splice(0).reverse()) step()
}

/** Unmounts, also what is in use. */
export function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path])
}

/** Puts a directory with what is in it on a file system of this size, and leaves so much room there. */
export function fillUp(path: string, kibibytes: number, left: number): void {
  const aside = `${path}.aside`
  mkdirSync(path, { recursive: true })
  renameSync(path, aside)
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0700`, 'duba-faults', path])
  toUndo(() => {
    unmount(path)
  })
  execFileSync('cp', ['-a', `${aside}/.`, path])
  const { bavail, bsize } = statfsSync(path)
  writeFileSync(join(path, '.filler'), Buffer.alloc(Math.max(0, bavail * bsize - left * 1024)))
}

/** Makes room on a disk of `fillUp`. */
export function makeRoom(path: string): void {
  rmSync(join(path, '.filler'))
}

/** A process that holds the lock of a directory. */
export async function holdLock(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true })
  const program = `import fcntl, sys, time
file = open(sys.argv[1], 'a')
fcntl.lockf(file, fcntl.LOCK_EX)
print('held', flush=True)
time.sleep(600)`
  const child = spawn('python3', ['-c', program, join(directory, 'lockfile')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  toUndo(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
}
