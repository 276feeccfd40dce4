#!/usr/bin/env node
/**
 * `npm run build`: puts the sources together, so that a program loads a few files instead of two hundred: loading them was
 * half of what a small backup costs. Packages stay outside. Types are not checked here; `npm run check` does.
 */
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

await rm(`${root}/dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  // Programs, and what is started as a thread: each keeps its place beside the others.
  entryPoints: ['src/main.ts', 'src/engine-main.ts', 'src/crypt/reading-worker.ts'],
  outbase: 'src',
  outdir: 'dist/src',
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
})
