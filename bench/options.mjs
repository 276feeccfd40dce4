/** The command line that run.mjs and big-file.mjs share. */
import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')

/** Parses the arguments; commands are words separated by blanks. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      scale: { type: 'string', default: '1' },
      work: { type: 'string', default: join(import.meta.dirname, 'work') },
      ramdisk: { type: 'string', default: '/dev/shm' },
      engine: { type: 'string' },
      reference: { type: 'string', default: '/usr/bin/duplicity' },
    },
  })
  const scale = Number(values.scale)
  if (!(scale > 0)) throw new Error(`--scale is a number above 0, not ${values.scale}`)
  return {
    ...values,
    scale,
    engine: values.engine?.split(' ') ?? [process.execPath, join(root, 'dist/src/engine-main.js')],
    reference: values.reference.split(' '),
  }
}

/** Throws unless the folder's file system has that many bytes left. */
export function needSpace(folder, bytes) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= bytes) return
  throw new Error(`${folder} has ${bavail * bsize} bytes left, ${bytes} are needed`)
}
