/**
 * A client: one program at work on one repository, with its own archive directory, keys and options. It knows the
 * differences between the command lines of 0.8.22 and 3.x, so that a test says the same thing to both.
 */
import { baseEnvironment, runWell, type Outcome, type Program } from './program.ts'

/** What makes a client. */
export interface ClientSettings {
  program: Program
  /** Working directory of every command: relative sources and targets are taken from here. */
  cwd: string
  url: string
  archiveDir: string
  /** Options of every command, in the spelling that both versions share. */
  options: readonly string[]
  /** Secrets, GNUPGHOME and the like, on top of the base environment. */
  env: Readonly<Record<string, string>>
}

/** The commands. Each throws, with everything the program said, if it does not end with 0. */
export interface Client {
  readonly settings: ClientSettings
  /** `at` is the time of the new set, in seconds. */
  backup(
    kind: 'full' | 'incremental',
    source: string,
    at: number,
    extra?: readonly string[],
  ): Promise<Outcome>
  restore(target: string, at: number, path?: string): Promise<Outcome>
  /** `verify --compare-data`: fails if the tree is not what the backup holds. */
  verify(tree: string, at: number): Promise<Outcome>
  list(at: number): Promise<Outcome>
  status(): Promise<Outcome>
  /** Without `--force`: only says what it would delete. */
  cleanup(): Promise<Outcome>
}

/** Makes a client. */
export function client(settings: ClientSettings): Client {
  const { program, cwd, url, archiveDir, options } = settings
  const surroundings = { cwd, env: { ...baseEnvironment(cwd), ...settings.env } }
  const pathOption = program.syntax === '3' ? '--path-to-restore' : '--file-to-restore'
  const command = (word: string, extra: readonly string[], positional: readonly string[]) =>
    runWell(program, [word, ...options, '--archive-dir', archiveDir, ...extra, ...positional], surroundings)
  return {
    settings,
    backup: (kind, source, at, extra = []) =>
      command(kind, ['--current-time', String(at), ...extra], [source, url]),
    restore: (target, at, path) =>
      command(
        'restore',
        ['--time', String(at), ...(path === undefined ? [] : [pathOption, path])],
        [url, target],
      ),
    verify: (tree, at) => command('verify', ['--compare-data', '--time', String(at)], [url, tree]),
    list: (at) => command('list-current-files', ['--time', String(at)], [url]),
    status: () => command('collection-status', [], [url]),
    cleanup: () => command('cleanup', [], [url]),
  }
}
