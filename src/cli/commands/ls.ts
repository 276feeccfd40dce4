/** `duba ls`: the files of a backup. */
import type { PathType } from '../../engine/events.ts'
import { findJob } from '../../plan/plan.ts'
import { printable, timeText } from '../../report/printable.ts'
import { queryFiles } from '../../run/query.ts'
import { writeLines } from '../io.ts'
import { failureStatus } from '../failure.ts'
import { forReading, openSession } from '../session.ts'
import { type Command, text } from './command.ts'
import { pathInside } from './restore.ts'

const kindWords: Readonly<Record<PathType, string>> = {
  reg: 'file',
  dir: 'dir',
  sym: 'link',
  fifo: 'fifo',
  chr: 'char',
  blk: 'block',
  sock: 'socket',
}

/** Lines are written in pieces of this many, so that a long list begins at once and memory stays bounded. */
const linesAtOnce = 500

export const lsCommand: Command = {
  command: 'ls <job> [path]',
  describe: 'List the files of a backup',
  positionals: {
    job: { type: 'string', demandOption: true, describe: 'Source path or name of the job' },
    path: { type: 'string', describe: 'List only this file or directory' },
  },
  options: {
    time: {
      type: 'string',
      describe: 'List what was there then: 3D (three days ago), 2026-01-31, 2026-01-31T12:00:00',
    },
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']) }, shell)
    const job = forReading(findJob(plan, text(args['job']) ?? ''), shell)
    const below = pathInside(job, text(args['path']))
    let waiting: string[] = []
    let found = 0
    const outcome = await queryFiles(job, text(args['time']), context, ({ path, mtime, kind }) => {
      if (below !== undefined && path !== below && !path.startsWith(`${below}/`)) return
      found += 1
      waiting.push(`${kindWords[kind].padEnd(6)}  ${timeText(mtime)}  ${printable(path === '' ? '.' : path)}`)
      if (waiting.length < linesAtOnce) return
      writeLines(shell.stdout, waiting)
      waiting = []
    })
    writeLines(shell.stdout, waiting)
    await context.log.close()
    if (outcome.failure !== undefined) return failureStatus(outcome, outcome.failure, shell)
    if (found > 0 || below === undefined) return 0
    writeLines(shell.stderr, [`duba: ${printable(below)} is not in this backup of ${printable(job.name)}`])
    return 1
  },
}
