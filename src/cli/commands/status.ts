/** `duba status`: what is on the destinations, and what happened last. */
import { basename } from 'node:path'
import type { Expansion } from '../../plan/expand.ts'
import { chooseJobs } from '../../plan/plan.ts'
import { statusJson, statusTable } from '../../report/summary-status.ts'
import { queryStatus } from '../../run/query.ts'
import { writeJson, writeLines } from '../io.ts'
import { openSession } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'
import { exitOfSignal } from '../../report/exit-code.ts'
import { signalName } from '../../run/engine-process.ts'

export const statusCommand: Command = {
  command: 'status [job..]',
  describe: 'Show what is stored of each job, and its last verdict',
  positionals: {
    job: { type: 'string', array: true, describe: 'Source path or name of a job' },
  },
  options: {
    json: { type: 'boolean', describe: 'Print it as JSON' },
    offline: { type: 'boolean', describe: 'Ask no destination: show what is remembered of the last runs' },
  },
  async run(args, shell) {
    const { plan, context, known } = await openSession({ config: text(args['config']) }, shell)
    const names = texts(args['job'])
    const jobs = chooseJobs(plan, names)
    const all = names.length === 0
    const question = { offline: isOn(args['offline']), all, known: await known(), isAbsent: isAbsent(plan) }
    const statuses = await queryStatus(jobs, question, context)
    await context.log.close()
    const now = shell.now()
    if (isOn(args['json'])) writeJson(shell.stdout, statusJson(statuses, now), context.redact)
    else writeLines(shell.stdout, statusTable(statuses, now).map(context.redact))
    if (shell.signal.aborted) return exitOfSignal(signalName(shell.signal))
    return statuses.some(({ failure }) => failure !== undefined) ? 1 : 0
  },
}

/** By the name of the job. A divided source that is switched off has no job at all, not even one that tells of a trouble. */
function isAbsent({ jobs, absent, divided }: Expansion): (job: string, source: string) => boolean {
  const names = new Set(absent.map(({ name }) => name))
  const off = divided.filter(
    ({ present, whole }) => present === undefined && !jobs.some(({ name }) => name === whole.name),
  )
  return (job, source) =>
    names.has(job) ||
    off.some(({ whole, jobOf }) => whole.name === job || jobOf(basename(source)).name === job)
}
