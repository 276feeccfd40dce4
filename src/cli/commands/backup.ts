/** `duba backup`: backs up the configured sources; the default command. */
import { chooseJobs } from '../../plan/plan.ts'
import { statusOf } from '../../report/status-document.ts'
import { exitOfRun, type RunSummary, summaryJson, verdictsOf } from '../../report/summary.ts'
import { summaryMail } from '../../report/summary-mail.ts'
import { summaryTable } from '../../report/summary-table.ts'
import { backupWork, runBackup } from '../../run/backup.ts'
import type { RunContext } from '../../run/context.ts'
import { findOrphans } from '../../run/orphans.ts'
import { tellRunFailure } from '../../run/run-jobs.ts'
import { readStatus } from '../../run/status-file.ts'
import { tellConfigFailure } from '../config-failure.ts'
import { writeJson, writeLines } from '../io.ts'
import { openSession, type Session } from '../session.ts'
import { type Command, isOn, onOrOff, text, texts } from './command.ts'

export const backupCommand: Command = {
  command: ['backup [job..]', '$0'],
  describe: 'Back up all jobs, or the ones named',
  positionals: {
    job: { type: 'string', array: true, describe: 'Source path or name of a job' },
  },
  options: {
    full: { type: 'boolean', describe: 'Make full backups, even where incremental ones would do' },
    'accept-shrink': {
      type: 'boolean',
      describe: 'Believe sources that have shrunk since their last good backup',
    },
    'take-over': {
      type: 'boolean',
      describe: 'Take over destinations that belong to another machine, as their markers say',
    },
    'dry-run': { type: 'boolean', describe: 'Find out what would be stored, and store nothing' },
    json: { type: 'boolean', describe: 'Print the summary as JSON; the same as --summary json' },
    summary: {
      type: 'string',
      choices: ['table', 'json', 'mail'],
      describe: 'How the summary is printed; "mail" gives headers and text for sendmail -t (default: table)',
    },
    metrics: {
      type: 'string',
      requiresArg: true,
      describe: 'Write metrics in OpenMetrics text format to this file, in place of "metrics_file"',
    },
    progress: {
      type: 'boolean',
      describe:
        'Show how far the jobs have come: live on a terminal, else a line a minute (default: on a terminal)',
    },
    quiet: { type: 'boolean', describe: 'No progress, and no summary unless something is not ok' },
    command: {
      type: 'string',
      choices: ['backup'],
      describe: 'Old way to name the command, kept for existing units and scripts',
    },
  },
  async run(args, shell) {
    const quiet = isOn(args['quiet'])
    const given = {
      trustsFiles: true,
      config: text(args['config']),
      metrics: text(args['metrics']),
      progress: quiet ? false : onOrOff(args['progress']),
    }
    const session = await openSession(given, shell).catch(async (error: unknown) => {
      if (!isOn(args['dryRun'])) await tellConfigFailure(error, given.config, shell)
      throw error
    })
    const { context } = session
    // Without the name of the command, its first word may have been meant for one.
    const commands = args._.length === 0 ? shell.commandNames : []
    const { jobs, orphans, known } = await choose(texts(args['job']), commands, session).catch(
      async (error: unknown) => {
        await tellRunFailure(error, backupWork(isOn(args['dryRun'])), context)
        throw error
      },
    )
    const options = {
      full: isOn(args['full']),
      dryRun: isOn(args['dryRun']),
      takeOver: isOn(args['takeOver']),
      acceptShrink: isOn(args['acceptShrink']),
    }
    const summary = await runBackup(jobs, orphans, options, { ...context, known }).finally(() => {
      context.progress.close()
    })
    const form = isOn(args['json']) ? 'json' : (text(args['summary']) ?? 'table')
    const shown = !quiet || verdictsOf(summary).some((verdict) => verdict !== 'ok')
    if (form === 'json') writeJson(shell.stdout, summaryJson(summary), context.redact)
    else if (shown) {
      const lines = form === 'mail' ? await mail(summary, context) : summaryTable(summary)
      writeLines(shell.stdout, lines.map(context.redact))
    }
    await context.log.close()
    return exitOfRun(summary)
  },
}

/** What is to be done, and what is known of it. Throws JOB_UNKNOWN. */
async function choose(
  words: readonly string[],
  commands: readonly string[],
  { plan, known: remembered, warn }: Session,
) {
  const jobs = chooseJobs(plan, words, commands)
  const known = await remembered()
  // What has vanished belongs to no job that can be named.
  const orphans = words.length > 0 ? [] : await findOrphans(plan, known, warn)
  return { jobs, orphans, known }
}

async function mail(summary: RunSummary, { places, status, log }: RunContext): Promise<string[]> {
  const known = await readStatus(places.stateDir, status, (text) => {
    log.write('warning', text)
  })
  return summaryMail(summary, {
    host: status.host,
    lastSuccess: (job) => {
      const end = statusOf(known, job)?.operations.backup?.last_success
      return end === null || end === undefined ? undefined : Date.parse(end) / 1000
    },
  })
}
