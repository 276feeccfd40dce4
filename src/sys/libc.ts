/**
 * The system calls that Node lacks, through `koffi`: the only importer of that package. It is optional: without it
 * `libc()` is undefined, and `missing.ts` says what cannot be done.
 */
import { createRequire } from 'node:module'
import { getSystemErrorMap } from 'node:util'
import type * as Koffi from 'koffi'
import { messageOf } from '../lib/errors.ts'

/** Calls return −1 on failure; `errno()` then tells why. Paths are bytes that end with NUL. */
export interface Libc {
  errno(): number
  openat(directory: number, path: Buffer, flags: number, mode: number): number
  mkdirat(directory: number, path: Buffer, mode: number): number
  unlinkat(directory: number, path: Buffer, flags: number): number
  renameat(oldDirectory: number, oldPath: Buffer, newDirectory: number, newPath: Buffer): number
  /** Undefined where the C library does not have it. */
  readonly renameat2:
    | ((
        oldDirectory: number,
        oldPath: Buffer,
        newDirectory: number,
        newPath: Buffer,
        flags: number,
      ) => number)
    | undefined
  symlinkat(target: Buffer, directory: number, path: Buffer): number
  mkfifoat(directory: number, path: Buffer, mode: number): number
  mknodat(directory: number, path: Buffer, mode: number, device: bigint): number
  fchownat(directory: number, path: Buffer, uid: number, gid: number, flags: number): number
  utimensat(directory: number, path: Buffer, times: Buffer, flags: number): number
  futimens(fd: number, times: Buffer): number
  statx(directory: number, path: Buffer, flags: number, mask: number, result: Buffer): number
  /** With a `struct flock`. */
  fcntl(fd: number, command: number, lock: Buffer): number
  lseek(fd: number, offset: number, whence: number): number | bigint
  linkat(oldDirectory: number, oldPath: Buffer, newDirectory: number, newPath: Buffer, flags: number): number
  listxattr(path: Buffer, result: Buffer, size: number): number | bigint
  llistxattr(path: Buffer, result: Buffer, size: number): number | bigint
  flistxattr(fd: number, result: Buffer, size: number): number | bigint
  getxattr(path: Buffer, name: Buffer, result: Buffer, size: number): number | bigint
  lgetxattr(path: Buffer, name: Buffer, result: Buffer, size: number): number | bigint
  fgetxattr(fd: number, name: Buffer, result: Buffer, size: number): number | bigint
  setxattr(path: Buffer, name: Buffer, value: Buffer, size: number, flags: number): number
  lsetxattr(path: Buffer, name: Buffer, value: Buffer, size: number, flags: number): number
  fsetxattr(fd: number, name: Buffer, value: Buffer, size: number, flags: number): number
  fremovexattr(fd: number, name: Buffer): number
}

type Loaded = { readonly libc: Libc } | { readonly libc: undefined; readonly reason: string }

let loaded: Loaded | undefined

/** The calls, or undefined where they cannot be had. The package is loaded on first use. */
export function libc(): Libc | undefined {
  return load().libc
}

/** Why `libc()` is undefined. */
export function whyNoLibc(): string | undefined {
  const state = load()
  return state.libc === undefined ? state.reason : undefined
}

/** An error as Node's own for a failed system call: `code`, `errno`, `syscall`, `path`. */
export function systemError(errno: number, syscall: string, path?: string): NodeJS.ErrnoException {
  const [code, text] = getSystemErrorMap().get(-errno) ?? [`E${errno}`, 'unknown error']
  const where = path === undefined ? '' : ` '${path}'`
  return Object.assign(new Error(`${code}: ${text}, ${syscall}${where}`), {
    code,
    errno: -errno,
    syscall,
    ...(path === undefined ? {} : { path }),
  })
}

function load(): Loaded {
  loaded ??= tryLoad()
  return loaded
}

function tryLoad(): Loaded {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    return { libc: undefined, reason: `not made for ${process.platform} on ${process.arch}` }
  }
  try {
    const require = createRequire(import.meta.url)
    return { libc: bind(require('koffi') as typeof Koffi) }
  } catch (error) {
    const [summary] = messageOf(error).split('\n', 1)
    return { libc: undefined, reason: `the package koffi cannot be loaded: ${summary ?? ''}` }
  }
}

/**
 * Structures are passed as buffers laid out by us. `openat` and `fcntl` are variadic in C; on Linux, x86-64 and
 * arm64 alike, such arguments travel in the same registers as named ones.
 */
function bind(koffi: typeof Koffi): Libc {
  const library = koffi.load(null)
  const call = (name: string, types: string, result = 'int'): unknown =>
    library.func(`${result} ${name}(${types})`)
  return {
    errno: () => koffi.errno(),
    openat: call('openat', 'int, const void *, int, unsigned int'),
    mkdirat: call('mkdirat', 'int, const void *, unsigned int'),
    unlinkat: call('unlinkat', 'int, const void *, int'),
    renameat: call('renameat', 'int, const void *, int, const void *'),
    renameat2: callIfThere(call, 'renameat2', 'int, const void *, int, const void *, unsigned int'),
    symlinkat: call('symlinkat', 'const void *, int, const void *'),
    mkfifoat: call('mkfifoat', 'int, const void *, unsigned int'),
    mknodat: bindMknodat(call),
    fchownat: call('fchownat', 'int, const void *, unsigned int, unsigned int, int'),
    utimensat: call('utimensat', 'int, const void *, const void *, int'),
    futimens: call('futimens', 'int, const void *'),
    statx: call('statx', 'int, const void *, int, unsigned int, void *'),
    fcntl: call('fcntl', 'int, int, void *'),
    lseek: call('lseek', 'int, int64_t, int', 'int64_t'),
    linkat: call('linkat', 'int, const void *, int, const void *, int'),
    listxattr: call('listxattr', 'const void *, void *, size_t', 'int64_t'),
    llistxattr: call('llistxattr', 'const void *, void *, size_t', 'int64_t'),
    flistxattr: call('flistxattr', 'int, void *, size_t', 'int64_t'),
    getxattr: call('getxattr', 'const void *, const void *, void *, size_t', 'int64_t'),
    lgetxattr: call('lgetxattr', 'const void *, const void *, void *, size_t', 'int64_t'),
    fgetxattr: call('fgetxattr', 'int, const void *, void *, size_t', 'int64_t'),
    setxattr: call('setxattr', 'const void *, const void *, const void *, size_t, int'),
    lsetxattr: call('lsetxattr', 'const void *, const void *, const void *, size_t, int'),
    fsetxattr: call('fsetxattr', 'int, const void *, const void *, size_t, int'),
    fremovexattr: call('fremovexattr', 'int, const void *'),
  } as Libc
}

/** In glibc since 2.28. */
function callIfThere(call: (name: string, types: string) => unknown, name: string, types: string): unknown {
  try {
    return call(name, types)
  } catch {
    return undefined
  }
}

/** Before glibc 2.33 `mknodat` was no function of the library but a macro around `__xmknodat`. */
function bindMknodat(call: (name: string, types: string) => unknown): Libc['mknodat'] {
  try {
    return call('mknodat', 'int, const void *, unsigned int, uint64_t') as Libc['mknodat']
  } catch {
    const old = call('__xmknodat', 'int, int, const void *, unsigned int, uint64_t *') as (
      version: number,
      ...rest: [number, Buffer, number, bigint[]]
    ) => number
    return (directory, path, mode, device) => old(0, directory, path, mode, [device])
  }
}
