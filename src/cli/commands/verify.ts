/** `duba verify` and `duba cleanup`: for operators, on the destinations themselves. */
import { UserError } from '../../lib/errors.ts'
import { chooseJobs } from '../../plan/plan.ts'
import { runCleanup, runVerify } from '../../run/verify.ts'
import { openSession } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'
import { printSummary } from './summary.ts'

const job = { type: 'string', array: true, describe: 'Source path or name of a job' } as const
const json = { type: 'boolean', describe: 'Print the summary as JSON' } as const

export const verifyCommand: Command = {
  command: 'verify [job..]',
  describe: 'Check the backups on their destinations',
  positionals: { job },
  options: {
    'read-data': {
      type: 'string',
      describe: 'Read the volumes to their ends too, or a random sample: --read-data=10%',
    },
    json,
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']), trustsFiles: true }, shell)
    const jobs = chooseJobs(plan, texts(args['job']))
    const summary = await runVerify(jobs, percentOf(text(args['readData'])), context)
    return printSummary(summary, { json: isOn(args['json']) }, context, shell)
  },
}

export const cleanupCommand: Command = {
  command: 'cleanup [job..]',
  describe: 'Delete what interrupted and broken backups left on the destinations',
  positionals: { job },
  options: {
    'dry-run': { type: 'boolean', describe: 'Find out what would be deleted, and delete nothing' },
    json,
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']), trustsFiles: true }, shell)
    const jobs = chooseJobs(plan, texts(args['job']))
    const summary = await runCleanup(jobs, isOn(args['dryRun']), context)
    return printSummary(summary, { json: isOn(args['json']) }, context, shell)
  },
}

/** The percentage of `--read-data`: all without a number; undefined: it was not given. */
function percentOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  if (word === '') return 100
  const percent = Number(word.replace(/%$/, ''))
  if (/^[0-9]+(?:\.[0-9]+)?%?$/.test(word) && percent > 0 && percent <= 100) return percent
  throw new UserError('USAGE', `--read-data takes a percentage such as 10%, not "${word}"`)
}
