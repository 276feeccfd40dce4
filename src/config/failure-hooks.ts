/** The hooks for failures of a configuration that is itself the failure: as far as they can be trusted and read. */
import type { Hook } from './config.generated.ts'
import { parseJson } from './json-text.ts'
import { readTrusted } from './trusted-file.ts'
import { validate } from './validate.ts'

const limit = 16 << 20

/**
 * The `on_error` hooks of the main file, if nobody else could have written them and they are valid by themselves,
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
  return value?.hooks?.on_error ?? []
}
