/** Reading a JSON schema for people: references to definitions without a title are put in place. */

/** The schema with every `$ref` replaced by what it names, except titled definitions; keys beside a `$ref` win. */
export function inlined(schema) {
  const resolve = (part) => {
    if (Array.isArray(part)) return part.map(resolve)
    if (typeof part !== 'object' || part === null) return part
    const { $ref, ...rest } = part
    const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolve(value)]))
    if ($ref === undefined) return own
    const definition = schema.$defs[$ref.replace('#/$defs/', '')]
    return definition.title === undefined ? { ...resolve(definition), ...own } : { $ref, ...own }
  }
  const { $defs, ...rest } = schema
  const titled = Object.entries($defs).filter(([, definition]) => definition.title !== undefined)
  return { ...resolve(rest), $defs: Object.fromEntries(titled.map(([name, part]) => [name, resolve(part)])) }
}
