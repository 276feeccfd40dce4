/**
 * `duba plan`: what the next backup would do, and why. Of destinations it looks only at directories of this machine, for
 * entries that have vanished. Opens no secret, writes nothing.
 */
import { chooseJobs } from '../../plan/plan.ts'
import { planJson, planTable } from '../../report/plan-table.ts'
import { foresee, foreseeOrphan } from '../../run/foresee.ts'
import { findOrphans } from '../../run/orphans.ts'
import { writeJson, writeLines } from '../io.ts'
import { openSession } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'

export const planCommand: Command = {
  command: 'plan [job..]',
  describe: 'Show what the next backup would do with each job, and why',
  positionals: {
    job: { type: 'string', array: true, describe: 'Source path or name of a job' },
  },
  options: {
    full: { type: 'boolean', describe: 'As if full backups were asked for' },
    json: { type: 'boolean', describe: 'Print it as JSON' },
  },
  async run(args, shell) {
    const {
      plan,
      context,
      known: remembered,
      warn,
    } = await openSession({ config: text(args['config']) }, shell)
    const words = texts(args['job'])
    const now = shell.now()
    const known = await remembered()
    const options = { now, full: isOn(args['full']) }
    const jobs = await Promise.all(chooseJobs(plan, words).map((job) => foresee(job, known, options)))
    const orphans = words.length > 0 ? [] : await findOrphans(plan, known, warn)
    const forecasts = [...jobs, ...orphans.map((orphan) => foreseeOrphan(orphan, now))]
    await context.log.close()
    if (isOn(args['json'])) writeJson(shell.stdout, planJson(forecasts, now), context.redact)
    else writeLines(shell.stdout, planTable(forecasts).map(context.redact))
    return 0
  },
}
