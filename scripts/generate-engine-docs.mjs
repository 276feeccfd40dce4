#!/usr/bin/env node
/** Makes docs/engine.md from the engine's table of options. `--check` only tells what is not fresh. */
import { register } from 'node:module'
import { engineReference } from './generate/engine-reference.mjs'
import { keepFresh } from './generate/fresh.mjs'

register('./generate/load-ts.mjs', import.meta.url)
const { optionGroups } = await import('../src/cli/engine/options.ts')

await keepFresh({ 'docs/engine.md': engineReference({ optionGroups }) })
