/** How the arguments of an engine get to it: on its command line, or else over its standard input. */
import { toBytes } from '../lib/bytestring.ts'
import { encodePath } from '../lib/path-text.ts'

export interface EngineWords {
  readonly argv: readonly string[]
  /** What it reads from standard input; undefined: nothing. */
  readonly input: Uint8Array | undefined
}

/** Bytes of arguments on a command line at most: the system takes only so much of it (execve(2)). */
const longest = 64 << 10

/** The words for arguments that are path text. Node cannot start a process with arguments that are not UTF-8. */
export function engineWords(argv: readonly string[]): EngineWords {
  const all = argv.map((word) => `${word}\0`).join('')
  if (Buffer.byteLength(all) <= longest && !/[\udc80-\udcff]/u.test(all)) return { argv, input: undefined }
  return { argv: ['--arguments-fd', '0'], input: toBytes(encodePath(all)) }
}
