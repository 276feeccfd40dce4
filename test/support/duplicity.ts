/** The two reference programs: duplicity 0.8.22 of this machine, and duplicity 3 in the Debian 13 root. */
import { tmpdir } from 'node:os'
import { trixieRoot, type Program } from './program.ts'

/** Debian 12's duplicity. */
export const duplicity08: Program = {
  name: 'duplicity 0.8.22',
  syntax: '0.8',
  command: (program) => [`/usr/bin/${program}`],
}

/**
 * Enters the root with the temporary folder mounted at the same path, so that URLs and paths mean the same in both
 * worlds. The mount lives in a namespace of its own and vanishes with the process, however that ends.
 */
const enter = [
  'set -e',
  'mkdir -p "$2$1"',
  'mount --bind "$1" "$2$1"',
  'root=$2 where=$PWD',
  'shift 2',
  'exec chroot "$root" env -C "$where" "$@"',
].join('\n')

/** Debian 13's duplicity, with its own gpg 2.4. */
export const duplicity3: Program = {
  name: 'duplicity 3',
  syntax: '3',
  command: (program) => [
    ...['unshare', '--mount', '--propagation', 'private'],
    ...['sh', '-c', enter, 'enter', tmpdir(), trixieRoot, `/usr/bin/${program}`],
  ],
}
