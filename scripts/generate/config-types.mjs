/** TypeScript types of the configuration. */
import { compile } from 'json-schema-to-typescript'
import { inlined } from './schema.mjs'

export function configTypes(schema) {
  return compile(inlined(schema), 'DubaConfig', {
    additionalProperties: false,
    bannerComment: '/** Generated from schemas/duba.schema.json by `npm run generate`. Do not edit. */',
    format: false,
  })
}
