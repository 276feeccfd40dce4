/** TypeScript types of the configuration. */
import { compile } from 'json-schema-to-typescript'
import { inlined } from './schema.mjs'

export async function configTypes(schema) {
  const text = await compile(bareReferences(inlined(schema)), 'DubaConfig', {
    additionalProperties: false,
    bannerComment: '/** Generated from schemas/duba.schema.json by `npm run generate`. Do not edit. */',
    format: false,
    ignoreMinAndMaxItems: true,
  })
  return text.replace(/\{\s*\[k: string\]: ([^}]*?)\s*\}/g, 'Record<string, $1>')
}

/** Keys beside a `$ref` would make a type of its own for every place where it stands. */
function bareReferences(part) {
  if (Array.isArray(part)) return part.map(bareReferences)
  if (typeof part !== 'object' || part === null) return part
  if (part.$ref !== undefined) return { $ref: part.$ref }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, bareReferences(value)]))
}
