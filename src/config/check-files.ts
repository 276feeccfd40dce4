/** The files that a configuration names and that decide what runs, what is stored, and for whom: hooks, programs, patterns, keys. */
import { access, constants, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isErrno } from '../lib/errors.ts'
import type { DubaConfig, Hooks } from './config.generated.ts'
import type { Fault } from './fault.ts'
import type { JsonPath } from './json-text.ts'
import type { Locate } from './place.ts'
import { splitEnvironment } from './secret-refs.ts'
import type { ConfiguredEnv } from './secrets.ts'
import { examineFile, type Objection, openObjection } from './trusted-file.ts'

interface NamedFile {
  readonly file: string
  readonly path: JsonPath
  /** Set for what may be a program or data. `interpreted`: it is the first file that is given to an interpreter. */
  readonly argument?: { readonly interpreted: boolean }
  /** Whether it is to be started. */
  readonly program?: true
  /** Whether a run alone can tell if it is needed. */
  readonly optional?: true
}

export interface FileChecking {
  readonly uid: number
  readonly absent: 'fault' | 'ignored'
  readonly silence: (path: string) => Promise<string | undefined>
}

/**
 * Faults of files that others than root and the user `uid` can have changed. `absent`: whether a file that is not there
 * or cannot be opened, or started if it is a program, is a fault too; a run tells it where it needs the file. A program
 * that is not named by its whole path is always a fault: nobody can say which one it will be. Opens the files and starts
 * nothing. `silence`: what to say of a path whose file system does not answer; what could be started from there is a fault.
 */
export async function checkFiles(
  config: DubaConfig,
  locate: Locate,
  { uid, absent, silence }: FileChecking,
): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { file, path, argument, program, optional } of namedFiles(config)) {
    const silent = file.startsWith('/') ? await silence(file) : undefined
    if (silent !== undefined) {
      const isData = argument === undefined && program === undefined
      const objection = {
        message: `cannot be looked at: ${silent}`,
        remedy: 'Mount it, or remove its name here.',
      }
      if (absent === 'fault' || !isData)
        faults.push({ ...locate(path), value: JSON.stringify(file), ...objection })
      continue
    }
    if (argument !== undefined && !(await isScript(file, argument.interpreted))) continue
    const objections = [...(program === true ? await programObjections(file, absent) : [])]
    if (program === undefined || file.startsWith('/')) {
      const found = await examineFile(file, uid).catch((error: unknown) => {
        const objection = openObjection(error)
        return absent === 'fault' && optional === undefined ? [objection] : []
      })
      objections.push(...found)
    }
    const value = JSON.stringify(file)
    faults.push(...objections.map((objection) => ({ ...locate(path), value, ...objection })))
  }
  return faults
}

/** What is wrong with a program as such; one that is not there is told elsewhere. */
async function programObjections(file: string, absent: 'fault' | 'ignored'): Promise<Objection[]> {
  if (!file.startsWith('/')) {
    const remedy = `Name the program by its whole path: "command -v ${file}" shows it.`
    return [{ message: 'is not an absolute path', remedy }]
  }
  if (absent === 'ignored') return []
  try {
    await access(file, constants.X_OK)
    return []
  } catch (error) {
    if (!isErrno(error)) throw error
    return isErrno(error, 'EACCES', 'EPERM')
      ? [{ message: 'cannot be executed', remedy: `Run: chmod u+x ${file}` }]
      : []
  }
}

function namedFiles(config: DubaConfig): NamedFile[] {
  const files = filesOfLayer(config, [])
  for (const [index, source] of config.backup_sources.entries()) {
    const path: JsonPath = ['backup_sources', index]
    files.push(...filesOfLayer(source, path))
    for (const [number, destination] of (source.dests ?? []).entries()) {
      files.push(...filesOfLayer(destination, [...path, 'dests', number]))
    }
  }
  const first = new Map<string, NamedFile>()
  for (const named of files) if (!first.has(named.file)) first.set(named.file, named)
  return [...first.values()]
}

type Layer = Pick<DubaConfig, 'exclude_files' | 'include_files' | 'key_files' | 'hooks' | 'env'>

function filesOfLayer(layer: Layer, at: JsonPath): NamedFile[] {
  const { exclude_files, include_files, key_files = [], hooks, env } = layer
  const patterns = Object.entries({ exclude_files, include_files }).flatMap(([key, names = []]) =>
    names.map((file, index) => ({ file, path: [...at, key, index] })),
  )
  const keys = key_files.map((file, index): NamedFile => {
    return { file, path: [...at, 'key_files', index], optional: true }
  })
  return [
    ...patterns,
    ...keys,
    ...filesOfHooks(hooks ?? {}, [...at, 'hooks']),
    ...askedPrograms(env, [...at, 'env']),
  ]
}

/** Programs without a slash are looked for by the system, in directories that are not the configuration's. */
function filesOfHooks(hooks: Hooks, at: JsonPath): NamedFile[] {
  return (['before', 'after', 'on_error'] as const).flatMap((when) =>
    (hooks[when] ?? []).flatMap(({ command, env }, index) => {
      const path: JsonPath = [...at, when, index]
      return [...filesOfCommand(command, [...path, 'command']), ...askedPrograms(env, [...path, 'env'])]
    }),
  )
}

function askedPrograms(env: ConfiguredEnv | undefined, at: JsonPath): NamedFile[] {
  return Object.entries(splitEnvironment(env).references).flatMap(([name, { $command }]) => {
    return filesOfCommand($command, [...at, name, '$command'])
  })
}

const interpreters =
  /^(?:(?:ba|da|k|z|c|tc|fi|a)?sh|busybox|python[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|node|lua[\d.]*|tclsh[\d.]*)$/

/** The program, and what stands behind it by its absolute path. */
function filesOfCommand(command: readonly string[] = [], at: JsonPath): NamedFile[] {
  const interprets = interpreters.test(basename(command[0] ?? ''))
  const firstFile = command.findIndex((word, index) => index > 0 && word.startsWith('/'))
  return command.flatMap((file, index): NamedFile[] => {
    const named = { file, path: [...at, index] }
    if (index === 0) return [{ ...named, program: true }]
    if (!file.startsWith('/')) return []
    return [{ ...named, argument: { interpreted: interprets && index === firstFile } }]
  })
}

/** Whether an argument names a program: one that can be started, or that an interpreter is given. Data may be anybody's. */
async function isScript(file: string, interpreted: boolean): Promise<boolean> {
  try {
    const found = await stat(file)
    return found.isFile() && (interpreted || (found.mode & 0o111) !== 0)
  } catch (error) {
    // What is not there, or not for us, cannot run either; it may also be no path at all.
    if (isErrno(error)) return false
    throw error
  }
}
