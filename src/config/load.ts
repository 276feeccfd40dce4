/** Reads a configuration, the files of `conf.d` included: a valid configuration, or every fault of it at once. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { checkMeaning } from './check.ts'
import { warnOfShortKeys } from './check-keys.ts'
import type { DubaConfig } from './config.generated.ts'
import { besides, configError, type Fault } from './fault.ts'
import { type JsonFault, parseJson } from './json-text.ts'
import { mergeParts, type Part } from './merge.ts'
import { type Locate, locateIn } from './place.ts'
import { secretValues } from './secrets.ts'
import { type Objection, readTrusted } from './trusted-file.ts'
import { validate } from './validate.ts'

/** Where the configuration is when nothing else is said. */
export const defaultConfigFile = '/etc/duba/duba.json'

export interface LoadedConfig {
  /** The main file. */
  readonly file: string
  /** Every file, the main one first, in the order in which they count. */
  readonly files: readonly string[]
  readonly config: DubaConfig
  /** Where a value stands, so that later checks can name it. */
  readonly locate: Locate
  /** What is dangerous but no fault. */
  readonly warnings: readonly Fault[]
}

interface SourceText {
  readonly file: string
  /** Undefined: it cannot be read. */
  readonly content: string | undefined
}

/** A configuration with its faults. */
export interface Examined {
  /** Every file, the main one first. */
  readonly files: readonly string[]
  readonly faults: readonly Fault[]
  /** Those of `faults` that are of values which something else stands for in `loaded`. */
  readonly unfit: readonly Fault[]
  /** What can be judged further; undefined: nothing. */
  readonly loaded: LoadedConfig | undefined
}

/** Reads and checks a file and those of `conf.d` beside it. Throws CONFIG_UNREADABLE or CONFIG_INVALID. */
export async function loadConfig(file: string, { uid }: { readonly uid: number }): Promise<LoadedConfig> {
  return sound(await examineConfig(file, { uid }))
}

/** Reads and checks the same, and gives every fault. Throws CONFIG_UNREADABLE. */
export async function examineConfig(file: string, { uid }: { readonly uid: number }): Promise<Examined> {
  const files = [file, ...(await partsBeside(file))]
  return examineFiles(files, () => 'fault', uid)
}

/** The place of a candidate in `conf.d`. */
export interface PartPlace {
  /** The main file. */
  readonly of: string
  /** In place of a file of this name, if there is one. */
  readonly name: string
}

/**
 * Reads and checks a candidate that is not in its place yet: alone, or as a file of `conf.d`. What is wrong with owner and mode of the candidate is only a warning: its place will be another.
 * Throws CONFIG_UNREADABLE.
 */
export async function examineCandidate(
  candidate: string,
  { uid, place }: { readonly uid: number; readonly place: PartPlace | undefined },
): Promise<Examined> {
  const files = place === undefined ? [candidate] : await withCandidate(candidate, place)
  return examineFiles(files, (file) => (file === candidate ? 'warning' : 'fault'), uid)
}

/** Checks the text of a configuration. Throws CONFIG_INVALID with all its faults. */
export function parseConfig(content: string, file: string): LoadedConfig {
  return sound(combine([{ file, content }], { faults: [], warnings: [], exposed: [] }))
}

function sound({ files, faults, loaded }: Examined): LoadedConfig {
  if (loaded === undefined || faults.length > 0) throw configError(files, faults)
  return loaded
}

interface Findings {
  readonly faults: Fault[]
  readonly warnings: Fault[]
  /** Files that others may read. */
  readonly exposed: string[]
}

async function examineFiles(
  files: readonly string[],
  gravity: (file: string) => 'fault' | 'warning',
  uid: number,
): Promise<Examined> {
  const findings: Findings = { faults: [], warnings: [], exposed: [] }
  const texts: SourceText[] = []
  for (const [index, file] of files.entries()) {
    const read = await readText(file, uid)
    if (read instanceof UserError) {
      // Without the main file nothing can be said of the others; nor was a candidate named to hear of those.
      if (index === 0 || gravity(file) === 'warning') throw read
      findings.faults.push(unreadPart(file, read))
      texts.push({ file, content: undefined })
      continue
    }
    const { content, objections, exposed } = read
    const list = gravity(file) === 'fault' ? findings.faults : findings.warnings
    list.push(...objections.map((objection) => ({ file, line: 1, path: [], value: undefined, ...objection })))
    if (exposed && gravity(file) === 'fault') findings.exposed.push(file)
    texts.push({ file, content })
  }
  return combine(texts, findings)
}

async function withCandidate(candidate: string, { of, name }: PartPlace): Promise<string[]> {
  const parts = (await partsBeside(of)).filter((part) => basename(part) !== name)
  const after = parts.findIndex((part) => byBytes(basename(part), name) > 0)
  return [of, ...parts.toSpliced(after === -1 ? parts.length : after, 0, candidate)]
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Names of the files of `conf.d` beside a file, in the order of the bytes of their names. */
async function partsBeside(file: string): Promise<string[]> {
  const directory = join(dirname(file), 'conf.d')
  try {
    const names = await readdir(directory)
    return names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort(byBytes)
      .map((name) => join(directory, name))
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    if (isErrno(error)) return [directory] // It cannot be read as a file either, which tells why.
    throw error
  }
}

function combine(texts: readonly SourceText[], findings: Findings): Examined {
  const faults = [...findings.faults]
  const unfit: Fault[] = []
  const parts: (Part | undefined)[] = texts.map(({ file, content }, index) => {
    if (content === undefined) return undefined
    const text = parseJson(content)
    faults.push(...text.faults.map((fault) => textFault(fault, file)))
    if (text.value === undefined) return undefined
    const validation = validate(text, file, index === 0 ? 'main' : 'part')
    unfit.push(...validation.faults)
    return validation.value && { value: validation.value, locate: locateIn(text, file) }
  })
  faults.push(...unfit)
  const files = texts.map(({ file }) => file)
  const [main, ...others] = parts
  // Without it nobody knows what the others add to.
  if (main === undefined) return { files, faults, unfit, loaded: undefined }
  const usable = others.filter((part) => part !== undefined)
  const merged = mergeParts(main, usable)
  // Every part has the types of the schema, and so does what they come to.
  const config = merged.value as DubaConfig
  const { locate } = merged
  const meant = checkMeaning(config, locate, usable.length === others.length)
  faults.push(...besides(unfit, [...merged.faults, ...meant]))
  const warnings = [
    ...findings.warnings,
    ...exposedSecrets([main, ...usable], findings.exposed),
    ...warnOfShortKeys(config, locate),
  ]
  const loaded = { file: main.locate([]).file, files, config, locate, warnings }
  return { files, faults, unfit, loaded }
}

function exposedSecrets(parts: readonly Part[], exposed: readonly string[]): Fault[] {
  return parts.flatMap(({ value, locate }) => {
    const { file } = locate([])
    const { backup_sources = [], ...rest } = value as Partial<DubaConfig>
    if (!exposed.includes(file) || secretValues({ ...rest, backup_sources }).length === 0) return []
    const message = 'holds secrets, and everybody on this machine can read them'
    return [{ file, line: 1, path: [], value: undefined, message, remedy: `Run: chmod o-rwx ${file}` }]
  })
}

function textFault(fault: JsonFault, file: string): Fault {
  const { line } = fault
  if (fault.kind === 'twice') {
    const message = 'is given twice, and only one can count'
    return { file, line, path: fault.path, value: undefined, message, remedy: 'Remove one of the two.' }
  }
  const message = `is not valid JSON at column ${fault.column}: ${fault.message}`
  return { file, line, path: [], value: undefined, message, remedy: 'Correct this line.' }
}

/** Larger files are no configurations. */
const limit = 16 << 20

interface ReadText {
  readonly content: string
  readonly objections: readonly Objection[]
  readonly exposed: boolean
}

/** The error if it cannot be read. */
async function readText(file: string, uid: number): Promise<ReadText | UserError> {
  try {
    const { bytes, objections, exposed } = await readTrusted(file, { uid, limit })
    return { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes), objections, exposed }
  } catch (error) {
    return unreadable(file, error)
  }
}

function unreadPart(file: string, { cause }: UserError): Fault {
  const remedy = 'Mend or remove it, or run duba as a user who may read it.'
  return { file, line: 1, path: [], value: undefined, message: `cannot be read: ${whyUnread(cause)}`, remedy }
}

function whyUnread(error: unknown): string {
  if (isErrno(error, 'ENOENT')) return 'it does not exist'
  return isErrno(error) ? messageOf(error) : 'it is not UTF-8 text'
}

function unreadable(file: string, error: unknown): UserError {
  const missing = isErrno(error, 'ENOENT')
  const text = `The configuration ${file} cannot be read: ${whyUnread(error)}`
  return new UserError('CONFIG_UNREADABLE', text, {
    hint: missing ? 'Write it, or name another one with --config.' : 'Run duba as a user who may read it.',
    cause: error,
  })
}
