/** The hooks for failures of a configuration that is itself the failure: as far as they can be trusted and read. */
import { isErrno } from '../lib/errors.ts'
import type { Hook } from './config.generated.ts'
import { parseJson } from './json-text.ts'
import { examineFile, readTrusted } from './trusted-file.ts'
import { validate } from './validate.ts'

const limit = 16 << 20

/**
 * The `on_error` hooks of the main file, if nobody else could have written them or their programs and they are valid by themselves,
 * whatever is wrong with the rest; else none. Throws the system's errors.
 */
export async function failureHooks(
  file: string,
  { uid }: { readonly uid: number },
): Promise<readonly Hook[]> {
  const { bytes, objections } = await readTrusted(file, { uid, limit })
  if (objections.length > 0) return []
  const text = parseJson(new TextDecoder().decode(bytes))
  if (typeof text.value !== 'object' || text.value === null || !('hooks' in text.value)) return []
  const alone = { ...text, value: { hooks: text.value.hooks } }
  const { value, faults } = validate(alone, file, 'part')
  if (faults.length > 0) return []
  const hooks = value?.hooks?.on_error ?? []
  // The failure may be that others can write the very program that would hear of it.
  const trusted = await Promise.all(hooks.map(({ command }) => isTrusted(command?.[0], uid)))
  return hooks.filter((_hook, index) => trusted[index])
}

/** A shell needs no program. One that is not named by its whole path could be any. */
async function isTrusted(program: string | undefined, uid: number): Promise<boolean> {
  if (program === undefined) return true
  if (!program.startsWith('/')) return false
  try {
    return (await examineFile(program, uid)).length === 0
  } catch (error) {
    // It is not there, or cannot be opened: the other hooks are heard nevertheless.
    if (isErrno(error)) return false
    throw error
  }
}
