/** `duba restore`: brings paths back, wherever they are backed up. */
import { conflicts } from '../../engine/request.ts'
import { UserError } from '../../lib/errors.ts'
import { exitOfVerdicts } from '../../report/exit-code.ts'
import { planJson, planText } from '../../report/restore-plan.ts'
import { reportJson, reportText } from '../../report/restore-report.ts'
import { accessOptions, openAccess } from '../access.ts'
import { notice } from '../failure.ts'
import { writeJson, writeLines } from '../io.ts'
import { foreseeAll, refusal } from '../restore-foresight.ts'
import { restoreAll } from '../restore-work.ts'
import { type Command, isOn, onOrOff, text, texts } from './command.ts'

export const restoreCommand: Command = {
  command: 'restore [path..]',
  describe: 'Restore files or directories, named by the paths that they were backed up from',
  positionals: {
    path: {
      type: 'string',
      array: true,
      describe:
        'What to restore: a path of the machine that was backed up, or the name of a job for all of it',
    },
  },
  options: {
    to: { type: 'string', describe: 'Directory to restore into: PATH becomes DIR/<last part of PATH>' },
    'in-place': { type: 'boolean', describe: 'Restore to where the files were' },
    'full-path': { type: 'boolean', describe: 'With --to: PATH becomes DIR/PATH' },
    time: {
      type: 'string',
      describe: 'Restore as it was then: 3D (three days ago), 2026-01-31, "2026-01-31 12:00:00"',
    },
    plan: { type: 'boolean', describe: 'Show what the restore would come to, and stop' },
    conflict: {
      type: 'string',
      choices: conflicts,
      default: 'fail',
      describe:
        'What to do with what exists: fail (restore nothing at all), skip (it stays), overwrite, newer (the newer one wins), rename (restore beside it, as NAME.restored-TIME)',
    },
    'owner-map': {
      type: 'string',
      describe:
        'Change owners: user:OLD=NEW,group:OLD=NEW, or @FILE with a rule on each line; names or numbers',
    },
    'numeric-owner': { type: 'boolean', describe: 'Restore owners by number, not by name' },
    owner: {
      type: 'boolean',
      describe: 'With --no-owner: leave the restored files to the user who restores',
    },
    'trust-unsigned': {
      type: 'boolean',
      describe:
        'Restore set-id bits, file capabilities and device files too, though no expected key has signed the backup; with a "sign_key", do not check who signed',
    },
    progress: {
      type: 'boolean',
      describe: 'Show how far it has come: live on a terminal, else a line a minute (default: on a terminal)',
    },
    quiet: { type: 'boolean', describe: 'No progress and no plan, and no report unless something is wrong' },
    json: { type: 'boolean', describe: 'Print plan and report as JSON' },
    ...accessOptions,
  },
  async run(args, shell) {
    const quiet = isOn(args['quiet'])
    const progress = quiet ? false : (onOrOff(args['progress']) ?? 'terminal')
    const access = await openAccess(args, shell, { progress })
    try {
      const words = texts(args['path'])
      if (words.length === 0 && text(args['url']) === undefined)
        throw new UserError('USAGE', 'What to restore is not said', {
          hint: 'Name a path: duba restore /etc/ssh --to DIR.',
        })
      const { errands: foreseen, leftOut } = await foreseeAll(
        words.length === 0 ? ['.'] : words,
        args,
        access,
        shell,
      )
      const { redact } = shell.masking
      const asJson = isOn(args['json'])
      const plans = foreseen.map(({ plan }) => plan)
      if (!asJson && (!quiet || isOn(args['plan'])))
        writeLines(shell.stdout, plans.flatMap(planText).map(redact))
      for (const { reason } of leftOut) notice(shell, reason)
      const left = leftOut.map(({ path, reason }) => ({ path, reason }))
      const base = { version: 1, operation: 'restore', plans: plans.map(planJson), left_out: left }
      const refused = refusal(foreseen)
      if (isOn(args['plan'])) {
        if (asJson) writeJson(shell.stdout, base, redact)
        return refused === undefined ? 0 : 1
      }
      if (refused !== undefined) {
        if (asJson) writeJson(shell.stdout, { ...base, reports: [], exit_status: 1 }, redact)
        throw refused
      }
      const { reports, runId, status: restored } = await restoreAll(foreseen, access, shell)
      access.context.progress.close()
      const status =
        restored === 0 && leftOut.some(({ known }) => !known) ? exitOfVerdicts(['warning']) : restored
      if (asJson) {
        const rest = { run_id: runId, reports: reports.map(reportJson), exit_status: status }
        writeJson(shell.stdout, { ...base, ...rest }, redact)
      } else if (!quiet || status !== 0) writeLines(shell.stdout, reports.flatMap(reportText).map(redact))
      return status
    } finally {
      await access.close()
    }
  },
}
