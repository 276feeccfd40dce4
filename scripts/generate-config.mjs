#!/usr/bin/env node
/** Makes the types of the configuration, its validators and docs/config.md from the schema. `--check` only tells what is not fresh. */
import { configReference } from './generate/config-reference.mjs'
import { configTypes } from './generate/config-types.mjs'
import { configValidator } from './generate/config-validator.mjs'
import { keepFresh, readJson } from './generate/fresh.mjs'

const schema = await readJson('schemas/duba.schema.json')
await keepFresh({
  'src/config/config.generated.ts': await configTypes(schema),
  'src/config/validators.generated.js': configValidator(schema),
  'docs/config.md': configReference(schema),
})
