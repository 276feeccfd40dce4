/** `duba prune`: deletes what the retention of jobs does not keep, also from a machine that makes no backups. */
import { chooseJobs } from '../../plan/plan.ts'
import { findPrunable } from '../../run/prunable.ts'
import { runPrune } from '../../run/prune.ts'
import { hostOption, openSession } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'
import { printSummary } from './summary.ts'

export const pruneCommand: Command = {
  command: 'prune [job..]',
  describe: 'Delete the old backups that no retention keeps',
  positionals: {
    job: { type: 'string', array: true, describe: 'Source path or name of a job' },
  },
  options: {
    host: hostOption,
    'dry-run': { type: 'boolean', describe: 'Find out what would be deleted, and delete nothing' },
    json: { type: 'boolean', describe: 'Print the summary as JSON' },
  },
  async run(args, shell) {
    const host = text(args['host'])
    const session = await openSession({ config: text(args['config']), host, trustsFiles: true }, shell)
    const { context, warn } = session
    const words = texts(args['job'])
    const own = host === undefined
    const known = own ? await session.known() : undefined
    const { plan, orphans, blocked } = await findPrunable(session.plan, { known, words, warn })
    // One that has vanished can be named too.
    const named = orphans.filter(({ job }) => words.length === 0 || words.includes(job.name))
    const rest = words.filter((word) => !named.some(({ job }) => job.name === word))
    const jobs = words.length > 0 && rest.length === 0 ? [] : chooseJobs(plan, rest)
    const dryRun = isOn(args['dryRun'])
    const summary = await runPrune(jobs, named, { dryRun, own, blocked }, context)
    return printSummary(summary, { json: isOn(args['json']) }, context, shell)
  },
}
