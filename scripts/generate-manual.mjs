#!/usr/bin/env node
/** Makes the manual pages from the data of the help texts. `--check` only tells what is not fresh. */
import { register } from 'node:module'
import { keepFresh, readJson } from './generate/fresh.mjs'
import { dubaManual, engineManual } from './generate/manual.mjs'

register('./generate/load-ts.mjs', import.meta.url)
const { commands } = await import('../src/cli/main.ts')
const { optionGroups } = await import('../src/cli/engine/options.ts')
const { synopsis, usageText } = await import('../src/cli/engine/usage.ts')
const { dubaStatus, engineExit } = await import('../src/report/exit-code.ts')
const { version } = await readJson('package.json')

await keepFresh({
  'man/duba.1': dubaManual({ commands, dubaStatus, version }),
  'man/duba-engine.1': engineManual({ optionGroups, synopsis, usageText, engineExit, version }),
})
