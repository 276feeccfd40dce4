#!/usr/bin/env node
/** Makes docs/errors.md from the error codes and the exit status tables. `--check` only tells what is not fresh. */
import { register } from 'node:module'
import { errorReference } from './generate/error-reference.mjs'
import { keepFresh } from './generate/fresh.mjs'

register('./generate/load-ts.mjs', import.meta.url)
const { errorCodes } = await import('../src/lib/errors.ts')
const { reasonCodes } = await import('../src/lib/reason-codes.ts')
const { dubaExit, dubaStatus, engineExit } = await import('../src/report/exit-code.ts')

await keepFresh({
  'docs/errors.md': errorReference({ errorCodes, reasonCodes, dubaExit, dubaStatus, engineExit }),
})
