/** The command line of `duba`. `duba engine …`, and being called `duplicity`, hand over to the engine's own. */
import yargs from 'yargs'
import type { ArgumentsCamelCase, Argv } from 'yargs'
import { messageOf, UserError } from '../lib/errors.ts'
import { pluginStates } from '../report/check-jobs.ts'
import { consoleFormat } from '../report/console.ts'
import { dubaStatus } from '../report/exit-code.ts'
import { backupCommand } from './commands/backup.ts'
import { checkCommand, isPlugin, pluginFailure } from './commands/check.ts'
import type { Command } from './commands/command.ts'
import { configCommand } from './commands/config.ts'
import { diffCommand } from './commands/diff.ts'
import { envCommand } from './commands/env.ts'
import { execCommand } from './commands/exec.ts'
import { findCommand } from './commands/find.ts'
import { lsCommand } from './commands/ls.ts'
import { planCommand } from './commands/plan.ts'
import { pruneCommand } from './commands/prune.ts'
import { restoreCommand } from './commands/restore.ts'
import { statusCommand } from './commands/status.ts'
import { cleanupCommand, verifyCommand } from './commands/verify.ts'
import { versionsCommand } from './commands/versions.ts'
import { errorStatus } from './failure.ts'
import type { Io, Shell } from './io.ts'

/** Every command of `duba`, in the order of the help text. */
export const commands: readonly Command[] = [
  backupCommand,
  planCommand,
  restoreCommand,
  statusCommand,
  checkCommand,
  lsCommand,
  verifyCommand,
  pruneCommand,
  cleanupCommand,
  configCommand,
  findCommand,
  versionsCommand,
  diffCommand,
  execCommand,
  envCommand,
]

/** Whether a command line is the engine's: by its first word, or by the name under which the program was started. */
export function isEngine(argv: readonly string[], programName: string): boolean {
  return argv[0] === 'engine' || programName === 'duplicity' || programName === 'duba-engine'
}

/** Runs a command line, without the program's name, as path text; gives the exit status. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const shell: Shell = {
    ...io,
    masking: { redact: (text) => text },
    console: { format: consoleFormat('auto', io.stderrId, io.env) },
    commandNames: commands.map(nameOf),
  }
  const plugin = isPlugin(argv)
  try {
    if (isEngine(argv, io.programName)) return await io.runEngine(argv[0] === 'engine' ? argv.slice(1) : argv)
    const status = await runCommand(argv, shell)
    return status ?? (plugin ? pluginStates.unknown : 0)
  } catch (error) {
    return plugin ? pluginFailure(error, shell) : errorStatus(error, shell)
  }
}

/** The first word of its first form. */
const nameOf = ({ command }: Command): string => ([command].flat()[0] ?? '').replace(/ .*/, '')

interface Chosen {
  readonly command: Command
  readonly args: ArgumentsCamelCase<Readonly<Record<string, unknown>>>
}

/** The status of a command; undefined where only a help text or the version was asked for. */
async function runCommand(argv: readonly string[], shell: Shell): Promise<number | undefined> {
  let chosen: Chosen | undefined
  let shown = ''
  const parser = commandLine(shell, (command, args) => {
    chosen = { command, args }
  })
  await parser.parseAsync([...argv], {}, (_error: unknown, _args: unknown, output: string) => {
    shown = output
  })
  if (chosen !== undefined) return chosen.command.run(chosen.args, shell)
  if (shown !== '') shell.stdout.write(`${shown}\n`)
  return undefined
}

function commandLine(
  io: Io,
  choose: (command: Command, args: ArgumentsCamelCase<Readonly<Record<string, unknown>>>) => void,
): Argv {
  const parser = yargs([], io.cwd)
    .scriptName('duba')
    .locale('en')
    .exitProcess(false)
    .strict()
    .showHelpOnFail(false)
    .parserConfiguration({ 'parse-numbers': false, 'parse-positional-numbers': false })
    .wrap(100)
    .usage(
      "duba backs up directories, each to a destination of its own, in duplicity's archive format.\n\nUsage: $0 [command] [options]",
    )
    .option('config', {
      type: 'string',
      requiresArg: true,
      describe: 'Configuration file (default: /etc/duba/duba.json)',
    })
    .help('help')
    .alias('help', 'h')
    .version(`duba ${io.version}`)
    .alias('version', 'V')
    .fail((message: string | null, error: unknown) => {
      if (error instanceof UserError) throw error
      throw new UserError('USAGE', message ?? messageOf(error))
    })
    .epilogue(epilogue())
  for (const command of commands) {
    parser.command({
      command: command.command,
      describe: command.describe,
      builder: (builder) => {
        for (const [name, options] of Object.entries(command.positionals)) builder.positional(name, options)
        return builder.options(command.options)
      },
      handler: (args) => {
        choose(command, args)
      },
    })
  }
  return parser
}

function epilogue(): string {
  const statuses = Object.entries(dubaStatus).map(
    ([status, meaning]) => `  ${status.padStart(3)}  ${meaning}`,
  )
  return [
    'Exit status:',
    ...statuses,
    '',
    '"duba engine …" takes the command line of duplicity; see "duba engine --help".',
  ].join('\n')
}
