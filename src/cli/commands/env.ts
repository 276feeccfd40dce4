/** `duba env`: the variables of a job, for a shell. */
import { soundsSecret } from '../../config/fault.ts'
import { configuredEnvironment, exportLine } from '../../plan/by-hand.ts'
import { findJob } from '../../plan/plan.ts'
import { jsonText, printable } from '../../report/printable.ts'
import { showReference } from '../../config/secret-refs.ts'
import { writeLines } from '../io.ts'
import { openSession } from '../session.ts'
import { type Command, isOn, text } from './command.ts'

export const envCommand: Command = {
  command: 'env <job>',
  describe: 'Print the variables of a job as exports for a shell; secrets only if asked for',
  positionals: {
    job: { type: 'string', demandOption: true, describe: 'Source path or name of the job' },
  },
  options: {
    'show-secrets': { type: 'boolean', describe: 'Print secrets too, and follow references to them' },
    json: { type: 'boolean', describe: 'Print it as JSON' },
  },
  async run(args, shell) {
    const { plan, context } = await openSession({ config: text(args['config']) }, shell)
    const job = findJob(plan, text(args['job']) ?? '')
    const shown = isOn(args['showSecrets'])
    const resolved = shown ? await context.secrets.open(job) : job
    // Following a reference may warn.
    await context.log.close()
    const variables = Object.entries(configuredEnvironment(resolved, shell.env))
    const isHidden = ([name, value]: [string, string]): boolean =>
      !shown && value !== '' && soundsSecret(name, 'env') && name !== 'GPG_KEY'
    const open = variables.filter((each) => !isHidden(each))
    const hidden = variables
      .filter(isHidden)
      .map(([name]): [string, string] => [name, 'in the configuration'])
    const references = Object.entries(resolved.secrets).map(([name, reference]): [string, string] => [
      name,
      showReference(reference),
    ])
    const masked = [...hidden, ...references]
    if (isOn(args['json'])) {
      // What was asked for is not masked.
      const document = { version: 1, env: Object.fromEntries(open), hidden: Object.fromEntries(masked) }
      shell.stdout.write(`${jsonText(document, 2)}\n`)
      return 0
    }
    writeLines(shell.stdout, [
      ...open.map(([name, value]) => exportLine(name, value)),
      ...masked.map(([name, where]) => `# ${name}: ${printable(where)}, not shown without --show-secrets`),
    ])
    return 0
  },
}
