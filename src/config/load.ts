/** Reads a configuration file: a valid configuration, or every fault of it at once. */
import { readFile } from 'node:fs/promises'
import { isErrno, messageOf, UserError } from '../lib/errors.ts'
import { checkMeaning } from './check.ts'
import type { DubaConfig } from './config.generated.ts'
import { configError, type Fault } from './fault.ts'
import { type JsonFault, type JsonText, parseJson } from './json-text.ts'
import { validate } from './validate.ts'

/** Where the configuration is when nothing else is said. */
export const defaultConfigFile = '/etc/duba/duba.json'

export interface LoadedConfig {
  readonly file: string
  readonly config: DubaConfig
  /** The text behind it, so that later checks can name lines. */
  readonly text: JsonText
}

/** Reads and checks a file. Throws CONFIG_UNREADABLE or CONFIG_INVALID. */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  return parseConfig(await readText(file), file)
}

/** Checks the text of a configuration. Throws CONFIG_INVALID with all its faults. */
export function parseConfig(content: string, file: string): LoadedConfig {
  const { config, text, faults } = examine(content, file)
  if (config === undefined || faults.length > 0) throw configError(file, faults)
  return { file, config, text }
}

/** The configuration of a text, as far as it can be used, and all its faults. */
export function examine(
  content: string,
  file: string,
): { config: DubaConfig | undefined; text: JsonText; faults: Fault[] } {
  const text = parseJson(content)
  const faults = text.faults.map((fault) => textFault(fault, file))
  if (text.value === undefined) return { config: undefined, text, faults }
  const validation = validate(text, file)
  faults.push(...validation.faults)
  if (validation.config !== undefined) faults.push(...checkMeaning(validation.config, text, file))
  return { config: validation.config, text, faults }
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

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    const missing = isErrno(error, 'ENOENT')
    const why = missing ? 'it does not exist' : isErrno(error) ? messageOf(error) : 'it is not UTF-8 text'
    throw new UserError('CONFIG_UNREADABLE', `The configuration ${file} cannot be read: ${why}`, {
      hint: missing ? 'Write it, or name another one with --config.' : 'Run duba as a user who may read it.',
      cause: error,
    })
  }
}
