/**
 * Whether file systems answer. A system call on a mount whose server is gone ends never, and holds a thread of ours until
 * then; so a process of its own looks first, which can be left behind.
 */
import { readFileSync } from 'node:fs'
import type { SourceTree } from '../plan/source-tree.ts'
import { printable } from '../report/printable.ts'
import { drain } from './engine-process.ts'
import { startGroup } from './process-group.ts'

export interface AnsweringOptions {
  /** The text of /proc/self/mountinfo. */
  readonly mounts: () => string
  /** Program and arguments that look at a path and end, however. */
  readonly look: (path: string) => readonly string[]
  /** Milliseconds. */
  readonly patience: number
}

/** Types of file systems that others serve (proc(5), field 9). */
const served =
  /^(?:nfs4?|cifs|smb3|smbfs|ceph|9p|afs|glusterfs|lustre|gpfs|ocfs2|gfs2|davfs|autofs|fuse(?:blk|\..*)?)$/

/** Watches looks at file systems. What was silent once is taken to be so as long as this object lives. */
export class Answering {
  readonly #options: AnsweringOptions
  readonly #looks = new Map<string, Promise<boolean>>()

  constructor(options: AnsweringOptions) {
    this.#options = options
  }

  /** What to say of a path that does not answer in time; undefined: it does, if only with an error. */
  async silence(path: string): Promise<string | undefined> {
    const mounts = servedMounts(this.#options.mounts())
    // Where nothing is served, not by way of links either, every look comes to its end.
    if (mounts.length === 0) return undefined
    const mount = mounts
      .filter((each) => path === each || path.startsWith(`${each === '/' ? '' : each}/`))
      .at(-1)
    const key = mount ?? path
    const looking = this.#looks.get(key) ?? this.#answers(path)
    this.#looks.set(key, looking)
    if (await looking) {
      this.#looks.delete(key)
      return undefined
    }
    const seconds = Math.ceil(this.#options.patience / 1000)
    return `${printable(path)} did not answer within ${seconds} s. Is the server of its mount there?`
  }

  async #answers(path: string): Promise<boolean> {
    const { look, patience } = this.#options
    const end = new AbortController()
    const { outputs, ended } = startGroup({
      command: look(path),
      env: {},
      outputs: 2,
      signal: end.signal,
      killAfter: 1000,
    })
    for (const stream of outputs) void drain(stream, () => undefined)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false)
        end.abort()
      }, patience)
    })
    const answered = await Promise.race([ended.then(() => true), late])
    clearTimeout(timer)
    return answered
  }
}

/** The mount points of served file systems, shorter ones first. */
function servedMounts(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => {
      const [before = '', after = ''] = line.split(' - ')
      const [, , , , point = ''] = before.split(' ')
      const [type = ''] = after.split(' ')
      return served.test(type) && !point.startsWith('/proc/') ? [unescaped(point)] : []
    })
    .sort((a, b) => a.length - b.length)
}

/** Undoes the octal escapes of blanks and backslashes. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(parseInt(digits, 8)))

/** The file systems of this machine. */
export const answering = new Answering({
  mounts: mountsHere,
  // It reads the directory: attributes alone can come out of a cache.
  look: (path) => ['/bin/sh', '-c', 'exec ls -f -- "$1" > /dev/null 2>&1', 'look', path],
  patience: 30_000,
})

function mountsHere(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    return '' // Without /proc nothing is known of mounts: one looks as if there were none.
  }
}

/** A file system of which each look ends in time. What lies in a directory that answers is looked at directly. */
export function answeringTree(tree: SourceTree, watch: Pick<Answering, 'silence'> = answering): SourceTree {
  const unless = async <T>(path: string, action: () => Promise<T>) => {
    const text = await watch.silence(path)
    return text === undefined ? action() : ({ trouble: 'silent', text } as const)
  }
  return {
    ...tree,
    look: (path) => unless(path, () => tree.look(path)),
    entries: (path) => unless(path, () => tree.entries(path)),
    text: (path) => unless(path, () => tree.text(path)),
  }
}
