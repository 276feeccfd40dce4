/** `duba backup`: backs up the configured sources; the default command. */
import { chooseJobs } from '../../plan/plan.ts'
import { exitOfRun, summaryJson } from '../../report/summary.ts'
import { summaryTable } from '../../report/summary-table.ts'
import { runBackup } from '../../run/backup.ts'
import { writeJson, writeLines } from '../io.ts'
import { openSession } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'

export const backupCommand: Command = {
  command: ['backup [job..]', '$0'],
  describe: 'Back up all jobs, or the ones named',
  positionals: {
    job: { type: 'string', array: true, describe: 'Source path or name of a job' },
  },
  options: {
    full: { type: 'boolean', describe: 'Make full backups, even where incremental ones would do' },
    'dry-run': { type: 'boolean', describe: 'Find out what would be stored, and store nothing' },
    json: { type: 'boolean', describe: 'Print the summary as JSON' },
    command: {
      type: 'string',
      choices: ['backup'],
      describe: 'Old way to name the command, kept for existing units and scripts',
    },
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']) }, shell)
    const jobs = chooseJobs(plan, texts(args['job']))
    const options = { runId: context.runId, full: isOn(args['full']), dryRun: isOn(args['dryRun']) }
    const summary = await runBackup(jobs, options, context)
    await context.log.close()
    if (isOn(args['json'])) writeJson(shell.stdout, summaryJson(summary), context.redact)
    else writeLines(shell.stdout, summaryTable(summary).map(context.redact))
    return exitOfRun(summary)
  },
}
