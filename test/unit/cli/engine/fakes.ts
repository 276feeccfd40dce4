/** A process and parts for tests of the engine's command line: nothing real but directories. */
import type { EngineContext } from '../../../../src/engine/request.ts'
import { OwnerTable } from '../../../../src/engine/select/owner.ts'
import { openBackend } from '../../../../src/backend/open.ts'
import type { EngineIo, EngineParts, Verbs } from '../../../../src/cli/engine/io.ts'
import { runEngine } from '../../../../src/cli/engine/main.ts'
import type { Crypt, CryptSettings } from '../../../../src/crypt/crypt.ts'

export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  /** What was written to other descriptors and to files, by number or path. */
  readonly written: Record<string, string>
  /** Name and request of each verb that ran. */
  readonly calls: { verb: string; request: unknown; context: EngineContext }[]
  readonly settings: CryptSettings[]
}

export interface Given {
  readonly io?: Partial<EngineIo>
  readonly parts?: Partial<EngineParts>
  /** What the verb does after its call was noted. */
  readonly verb?: (context: EngineContext) => unknown
}

/** Runs a command line with fakes. */
export async function runFake(argv: readonly string[], given: Given = {}): Promise<Run> {
  const written: Record<string, string> = {}
  const to = (key: string) => (bytes: Uint8Array) => {
    written[key] = (written[key] ?? '') + Buffer.from(bytes).toString('latin1')
  }
  const calls: Run['calls'] = []
  const settings: CryptSettings[] = []
  const note = async (verb: string, request: unknown, context: EngineContext): Promise<unknown> => {
    calls.push({ verb, request, context })
    return await given.verb?.(context)
  }
  const verbs: Verbs = {
    backup: (request, context) => note('backup', request, context),
    restore: async (request, context) => {
      const found = await note('restore', request, context)
      return { troubles: typeof found === 'number' ? found : 0, salvaged: found === 'salvaged' }
    },
    verify: async (request, context) => {
      const found = await note('verify', request, context)
      return { differences: typeof found === 'number' ? found : 0 }
    },
    check: async (request, context) => ({ allGood: (await note('check', request, context)) !== 1 }),
    listCurrentFiles: (request, context) => note('list', request, context),
    versions: (request, context) => note('versions', request, context),
    compareStates: (request, context) => note('compare', request, context),
    collectionStatus: (context) => note('status', undefined, context),
    cleanup: (request, context) => note('cleanup', request, context),
    removeOld: (request, context) => note('remove', request, context),
    replicate: (request, source, context) => note('replicate', { ...request, source: source.label }, context),
  }
  const io: EngineIo = {
    env: {},
    cwd: '/',
    uid: 0,
    host: { hostname: 'host', fqdn: 'host.example.org' },
    signal: new AbortController().signal,
    stdout: to('1'),
    stderr: to('2'),
    followLifeline: () => undefined,
    openDescriptor: (descriptor) => to(String(descriptor)),
    readDescriptor: () => '',
    appendTo: to,
    now: () => 1_700_000_000.5,
    monotonic: () => 0,
    terminal: () => false,
    ask: () => Promise.resolve(undefined),
    openFileLimit: () => 4096,
    ...given.io,
  }
  const parts: EngineParts = {
    verbs,
    openBackend,
    createCrypt: (made) => {
      settings.push(made)
      return { close: () => Promise.resolve() } as Crypt
    },
    lockArchiveDir: () => ({ held: true, release: () => undefined }),
    owners: () => new OwnerTable({ passwd: '', group: '' }),
    missingSystemCalls: () => [],
    ...given.parts,
  }
  const status = await runEngine(argv, io, parts)
  const { '1': stdout = '', '2': stderr = '', ...rest } = written
  return { status, stdout, stderr, written: rest, calls, settings }
}
