import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fromText } from '../../../src/lib/bytestring.ts'
import { isErrno } from '../../../src/lib/errors.ts'
import { type DirectoryHandle, openDirectory } from '../../../src/sys/directory.ts'
import { NativeDirectory } from '../../../src/sys/directory-native.ts'

const root = process.getuid?.() === 0

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    if (isErrno(error)) return error.code
    throw error
  }
  return undefined
}

describe.each([
  ['by koffi', false],
  ['through /proc', true],
])('a directory %s', (_, viaProc) => {
  let base: string
  let path: string
  let handle: DirectoryHandle

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'duba-dir-'))
    path = join(base, 'held')
    mkdirSync(path)
    handle = openDirectory(path, { viaProc })
  })
  afterEach(() => {
    handle.close()
    rmSync(base, { recursive: true, force: true })
  })
  const write = (name: string, text: string): void => {
    const fd = handle.createFile(name, 0o600)
    writeSync(fd, text)
    closeSync(fd)
  }

  test('is of the kind that was asked for', () => {
    expect(handle instanceof NativeDirectory).toBe(!viaProc)
  })

  test('creates files, once', () => {
    write('a', 'text')
    expect(readFileSync(join(path, 'a'), 'utf8')).toBe('text')
    expect(handle.stat('a')).toMatchObject({ kind: 'reg', mode: 0o600, size: 4, links: 1 })
    expect(codeOf(() => handle.createFile('a', 0o600))).toBe('EEXIST')
    const fd = handle.openFile('a', constants.O_RDONLY)
    expect(readFileSync(fd, 'utf8')).toBe('text')
    closeSync(fd)
  })

  test('makes directories and goes into them', () => {
    handle.makeDir('d', 0o700)
    const inner = handle.openDir('d')
    inner.makeDir('e', 0o750)
    expect(inner.list()).toEqual(['e'])
    inner.close()
    inner.close()
    expect(lstatSync(join(path, 'd/e')).mode & 0o777).toBe(0o750)
    expect(
      codeOf(() => {
        handle.makeDir('d', 0o700)
      }),
    ).toBe('EEXIST')
    expect(codeOf(() => handle.openDir('none'))).toBe('ENOENT')
  })

  test('renames to a name that is free, and to no other', () => {
    write('a', 'text')
    write('taken', 'other')
    handle.symlink('nowhere', 'link')
    for (const name of ['taken', 'link'])
      expect(
        codeOf(() => {
          handle.renameNew('a', name)
        }),
      ).toBe('EEXIST')
    handle.renameNew('a', 'b')
    expect(handle.list().sort()).toEqual(['b', 'link', 'taken'])
    expect(readFileSync(join(path, 'b'), 'utf8')).toBe('text')
    expect(readFileSync(join(path, 'taken'), 'utf8')).toBe('other')
  })

  test('names are bytes', () => {
    const odd = [fromText('für'), '\xff\xfe', ' a\nb', "'q'\\", 'x'.repeat(255)]
    for (const name of odd) write(name, name)
    expect(handle.list().sort()).toEqual(odd.sort())
    for (const name of odd) handle.unlink(name)
    expect(handle.list()).toEqual([])
    expect(codeOf(() => handle.createFile('x'.repeat(256), 0o600))).toBe('ENAMETOOLONG')
  })

  test.each(['', '.', '..', '/', 'a/b', '../x', '/etc/passwd', 'a\0b'])(
    'refuses the name %j everywhere',
    (name) => {
      write('ok', '')
      const calls = [
        () => handle.openDir(name),
        () => handle.openFile(name, constants.O_RDONLY),
        () => handle.createFile(name, 0o600),
        () => handle.stat(name),
        () => {
          handle.chmod(name, 0o600)
        },
        () => {
          handle.chown(name, -1, -1)
        },
        () => {
          handle.utimes(name, 0)
        },
        () => {
          handle.unlink(name)
        },
        () => {
          handle.rmdir(name)
        },
        () => {
          handle.rename(name, 'x')
        },
        () => {
          handle.rename('ok', name)
        },
        () => {
          handle.makeDir(name, 0o700)
        },
        () => {
          handle.symlink('x', name)
        },
        () => {
          handle.mkfifo(name, 0o600)
        },
        () => {
          handle.mknod(name, 'chr', 0o600, 1, 3)
        },
      ]
      expect(calls.map(codeOf)).toEqual(calls.map(() => 'EINVAL'))
      expect(handle.list()).toEqual(['ok'])
    },
  )

  test('renames, replaces and removes', () => {
    write('a', 'a')
    write('b', 'b')
    handle.rename('a', 'b')
    expect(readFileSync(join(path, 'b'), 'utf8')).toBe('a')
    expect(handle.stat('a')).toBeUndefined()
    handle.unlink('b')
    expect(
      codeOf(() => {
        handle.unlink('b')
      }),
    ).toBe('ENOENT')
    handle.makeDir('d', 0o700)
    expect(
      codeOf(() => {
        handle.unlink('d')
      }),
    ).toBe('EISDIR')
    handle.rmdir('d')
    expect(handle.list()).toEqual([])
  })

  test('links: made with any bytes, seen as links, never followed', () => {
    const outside = join(base, 'outside')
    writeFileSync(outside, 'untouched', { mode: 0o644 })
    handle.symlink('/no\xffwhere', 'dangling')
    expect(readlinkSync(join(path, 'dangling'), 'latin1')).toBe('/no\xffwhere')
    handle.symlink('../outside', 'link')
    const before = lstatSync(outside)
    expect(handle.stat('link')).toMatchObject({ kind: 'sym' })
    expect(codeOf(() => handle.openFile('link', constants.O_WRONLY | constants.O_TRUNC))).toBe('ELOOP')
    expect(codeOf(() => handle.createFile('dangling', 0o600))).toBe('EEXIST')
    expect(
      codeOf(() => {
        handle.chmod('link', 0o777)
      }),
    ).toBe('ELOOP')
    handle.utimes('link', 1_000_000)
    if (root) handle.chown('link', 12, 34)
    expect(handle.stat('link')).toMatchObject({ mtime: 1_000_000, ...(root ? { uid: 12, gid: 34 } : {}) })
    expect(lstatSync(outside)).toEqual(before)
    handle.symlink('..', 'up')
    expect(['ENOTDIR', 'ELOOP']).toContain(codeOf(() => handle.openDir('up')))
  })

  test('modes and times of files, pipes of others too, and of the directory itself', () => {
    write('f', '')
    handle.chmod('f', 0o4751)
    handle.utimes('f', -86_401)
    expect(handle.stat('f')).toMatchObject({ mode: 0o4751, mtime: -86_401 })
    handle.utimes('f', 1_700_000_000.75)
    expect(Math.round(lstatSync(join(path, 'f')).mtimeMs)).toBe(1_700_000_000_750)
    handle.chmodSelf(0o2711)
    if (root) handle.chownSelf(12, 34)
    handle.chmodSelf(0o2711)
    handle.utimesSelf(4_000_000_000)
    const own = lstatSync(path)
    expect([own.mode & 0o7777, own.mtimeMs]).toEqual([0o2711, 4_000_000_000_000])
    if (root) expect([own.uid, own.gid]).toEqual([12, 34])
  })

  test('a change of time leaves the access time', () => {
    write('f', '')
    const { atimeMs } = lstatSync(join(path, 'f'))
    handle.utimes('f', 5)
    expect(Math.abs(lstatSync(join(path, 'f')).atimeMs - atimeMs)).toBeLessThan(0.01)
  })

  test('pipes and devices, where koffi is', () => {
    if (viaProc) {
      expect(
        codeOf(() => {
          handle.mkfifo('p', 0o600)
        }),
      ).toBe('ENOSYS')
      expect(
        codeOf(() => {
          handle.mknod('n', 'chr', 0o600, 1, 3)
        }),
      ).toBe('ENOSYS')
      return
    }
    handle.mkfifo('p', 0o600)
    // Setting the mode of a pipe must not open it: that would wait for a writer.
    handle.chmod('p', 0o640)
    handle.utimes('p', 7)
    expect(handle.stat('p')).toMatchObject({ kind: 'fifo', mode: 0o640, mtime: 7 })
    if (!root) return
    handle.mknod('n', 'chr', 0o600, 1, 3)
    expect(lstatSync(join(path, 'n')).rdev).toBe(0x103)
    expect(handle.stat('n')?.kind).toBe('chr')
  })

  test('who swaps the directory for a link while it is held gains nothing', () => {
    const victim = join(base, 'victim')
    mkdirSync(victim, { mode: 0o750 })
    writeFileSync(join(victim, 'shadow'), 'secret', { mode: 0o600 })
    handle.makeDir('sub', 0o700)
    const inner = handle.openDir('sub')
    renameSync(join(path, 'sub'), join(base, 'moved'))
    symlinkSync(victim, join(path, 'sub'))
    const fd = inner.createFile('written', 0o600)
    closeSync(fd)
    expect(
      codeOf(() => {
        inner.chmod('shadow', 0o666)
      }),
    ).toBe('ENOENT')
    expect(
      codeOf(() => {
        inner.unlink('shadow')
      }),
    ).toBe('ENOENT')
    inner.chmodSelf(0o711)
    inner.close()
    expect(['ENOTDIR', 'ELOOP']).toContain(codeOf(() => handle.openDir('sub')))
    expect(lstatSync(join(base, 'moved')).mode & 0o777).toBe(0o711)
    expect(lstatSync(join(base, 'moved/written')).isFile()).toBe(true)
    expect(lstatSync(join(victim, 'shadow')).mode & 0o777).toBe(0o600)
    expect(lstatSync(victim).mode & 0o777).toBe(0o750)
  })

  test('passes through directories to what is in them, and through no link', () => {
    mkdirSync(join(path, 'way/inner'), { recursive: true })
    symlinkSync('way', join(path, 'up'))
    const way = handle.passDir('way')
    expect(way.stat('inner')?.kind).toBe('dir')
    way.makeDir('made', 0o700)
    const inner = way.openDir('inner')
    expect(inner.list()).toEqual([])
    inner.close()
    way.close()
    expect(lstatSync(join(path, 'way/made')).isDirectory()).toBe(true)
    expect(['ENOTDIR', 'ELOOP']).toContain(codeOf(() => handle.passDir('up')))
    expect(codeOf(() => handle.passDir('none'))).toBe('ENOENT')
  })

  test('what is no directory cannot be opened as one', () => {
    writeFileSync(join(base, 'file'), '')
    expect(codeOf(() => openDirectory(join(base, 'file'), { viaProc }))).toBe('ENOTDIR')
    expect(codeOf(() => openDirectory(join(base, 'none'), { viaProc }))).toBe('ENOENT')
    chmodSync(path, 0o700)
  })
})
