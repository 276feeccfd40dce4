/** `duba restore`: brings back the files of a job. */
import { resolve } from 'node:path'
import { UserError } from '../../lib/errors.ts'
import { variableIn } from '../../plan/environment.ts'
import type { Job } from '../../plan/job.ts'
import { canonicalPath } from '../../plan/names.ts'
import { findJob } from '../../plan/plan.ts'
import { printable, sizeText, timeText } from '../../report/printable.ts'
import { runRestore } from '../../run/restore.ts'
import { writeLines } from '../io.ts'
import { failureStatus } from '../failure.ts'
import { forReading, openSession } from '../session.ts'
import { type Command, isOn, text } from './command.ts'

export const restoreCommand: Command = {
  command: 'restore <job> <target>',
  describe: 'Restore a job, or one path of it, to a directory',
  positionals: {
    job: { type: 'string', demandOption: true, describe: 'Source path or name of the job' },
    target: {
      type: 'string',
      demandOption: true,
      describe: 'Where the files go: a path that does not exist yet, or an empty directory',
    },
  },
  options: {
    time: {
      type: 'string',
      describe: 'Restore as it was then: 3D (three days ago), 2026-01-31, 2026-01-31T12:00:00',
    },
    path: { type: 'string', describe: 'Restore only this file or directory; it becomes the target itself' },
    force: { type: 'boolean', describe: 'Restore into a target that exists and is not empty' },
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']) }, shell)
    const job = forReading(findJob(plan, text(args['job']) ?? ''), shell)
    const target = resolve(shell.cwd, text(args['target']) ?? '')
    const variable = variableIn(target, job.env)
    if (variable !== undefined) {
      throw new UserError('USAGE', `The target ${target} holds "$${variable}"`, {
        hint: 'The engine would replace it by the variable of this name; choose another target.',
      })
    }
    const what = {
      target,
      path: pathInside(job, text(args['path'])),
      time: text(args['time']),
      force: isOn(args['force']),
    }
    const result = await runRestore(job, what, context, (path, detail) => {
      context.log.write('warning', `${path === '' ? target : path}: ${detail}`)
    })
    await context.log.close()
    if (result.failure !== undefined) return failureStatus(result, result.failure, shell)
    const of = result.setTime === undefined ? '' : ` of the backup of ${timeText(result.setTime)}`
    const troubles = result.troubles === 0 ? '' : `; ${result.troubles} not restored completely`
    const line = `Restored ${result.entries} entries (${sizeText(result.bytes)})${of} to ${printable(target)}${troubles}`
    writeLines(shell.stdout, [line])
    return result.troubles === 0 ? 0 : 3
  },
}

/** A path for the engine: relative to the source, also when it was written with the source in front. */
export function pathInside(job: Job, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  const source = canonicalPath(job.path)
  const wanted = canonicalPath(path)
  const absolute =
    path.startsWith('/') && (wanted === source || wanted.startsWith(`${source === '/' ? '' : source}/`))
  const inside = absolute ? wanted.slice(source.length) : wanted
  const relative = inside.replace(/^\/+/, '')
  return relative === '' ? undefined : relative
}
