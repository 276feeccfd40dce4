/** `duba exec`: duplicity's command line for a job, with everything that its configuration says. */
import { byHandArgv, stockObstacle } from '../../plan/by-hand.ts'
import { findJob } from '../../plan/plan.ts'
import { runByHand } from '../../run/by-hand.ts'
import { forReading, openSession, variablesOf } from '../session.ts'
import { type Command, isOn, text, texts } from './command.ts'

/** What stands behind `--` comes beside the positional arguments, after the name of the command. */
function wordsOf(args: Readonly<Record<string, unknown>>): string[] {
  return [...texts(args['words']), ...texts(args['_']).slice(1)]
}

export const execCommand: Command = {
  command: 'exec <job> [words..]',
  describe: "Work by hand: duplicity's command line, with keys, cache and credentials of a job",
  positionals: {
    job: { type: 'string', demandOption: true, describe: 'Source path or name of the job' },
    words: {
      type: 'string',
      array: true,
      describe:
        "Behind --: a command of duplicity and its options. The job's URL is put where it belongs, or for {url}; {source} is its source",
    },
  },
  options: {
    stock: { type: 'boolean', describe: 'Run the duplicity that is installed, not the engine of duba' },
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']) }, shell)
    const job = forReading(await context.secrets.open(findJob(plan, text(args['job']) ?? '')), shell)
    const stock = isOn(args['stock'])
    const argv = byHandArgv(job, wordsOf(args), { stock })
    const obstacle = stock ? stockObstacle(job) : undefined
    if (obstacle !== undefined) context.log.write('warning', obstacle)
    await context.log.close()
    return runByHand({
      command: [...(stock ? ['duplicity'] : shell.engineCommand), ...argv],
      env: { ...variablesOf(shell.env), ...job.env },
      cwd: shell.cwd,
    })
  },
}
