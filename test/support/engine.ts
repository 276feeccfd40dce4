/** Our engine, as the other programs are run: a child process with duplicity's command line. */
import { join } from 'node:path'
import { projectRoot, type Program } from './program.ts'

/**
 * The command that plays the engine: the built one, or what DUBA_ENGINE_UNDER_TEST says, words separated by blanks.
 * With `duplicity` there, the interop and golden tests test themselves.
 */
export const engineCommand: readonly string[] = process.env['DUBA_ENGINE_UNDER_TEST']?.split(' ') ?? [
  process.execPath,
  join(projectRoot, 'dist/src/engine-main.js'),
]

/** Our engine. It is built by `npm run build`. */
export const engine: Program = {
  name: 'ours',
  syntax: '0.8',
  command: (program) => (program === 'duplicity' ? engineCommand : [`/usr/bin/${program}`]),
}
