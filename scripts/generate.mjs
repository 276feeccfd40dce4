#!/usr/bin/env node
/**
 * `npm run generate`: writes everything that is made from something else; `-- --check` writes nothing and fails if a
 * file is stale. Each generator takes `--check` itself.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const generators = [
  'build-kernels.mjs',
  'generate-config.mjs',
  'generate-errors.mjs',
  'generate-engine-docs.mjs',
  'generate-manual.mjs',
]
const args = process.argv.slice(2)

for (const generator of generators) {
  const path = fileURLToPath(new URL(generator, import.meta.url))
  const { status } = spawnSync(process.execPath, [path, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
