/**
 * Reads a command line. Each option acts at once, in order: what `-v` and `--log-fd` say holds for the messages that
 * come after them, and a file list that cannot be opened is told before a later option is found wrong.
 * Command line facts §0, §1, §3.6.
 */
import { readFileSync } from 'node:fs'
import type { SelectionOption } from '../../engine/select/rules.ts'
import { readOwnerFiles } from '../../engine/select/owner.ts'
import { type ByteString, fsPath, toText } from '../../lib/bytestring.ts'
import { hasCode, messageOf, UserError } from '../../lib/errors.ts'
import { type Level, levels } from '../../report/duplicity/message.ts'
import type { Report } from '../../report/duplicity/report.ts'
import { type Command, resolveCommand } from './command.ts'
import { expandPath } from './expand.ts'
import type { EngineIo } from './io.ts'
import { type OptionName, options } from './options.ts'
import { parseArguments, type ParsedArgument, type ParsedOption } from './parse.ts'
import { selectionOf } from './selection.ts'
import { commandLineError } from './usage-error.ts'
import { type OptionValue, OptionValues, timeOf } from './values.ts'

export interface CommandLine {
  readonly command: Command
  readonly values: OptionValues
  /** Selection options in order, deprecated ones under their present names. */
  readonly selection: readonly SelectionOption[]
  /** Contents of the file lists by path. */
  readonly lists: ReadonlyMap<ByteString, Uint8Array>
  /** Moment to which times are relative: whole seconds. */
  readonly now: number
}

/** What is shown instead of anything being done. */
export type Shown = 'help' | 'version'

export interface Listeners {
  readonly report: Report
  /** `--event-fd`. */
  readonly addEvents: (descriptor: number) => void
}

/** Throws USAGE, BAD_SIGN_KEY, FILELIST_UNREADABLE, URL_EXPECTED, NOT_SUPPORTED, and what opening a log gives. */
export function readCommandLine(
  argv: readonly ByteString[],
  io: EngineIo,
  listeners: Listeners,
): CommandLine | Shown {
  const now = Math.floor(io.now())
  const homes = () => ({ passwd: readOwnerFiles().passwd, uid: io.uid })
  const expand = (path: ByteString): ByteString => expandPath(path, io.env, homes)
  const values = new OptionValues()
  const selection: SelectionOption[] = []
  const lists = new Map<ByteString, Uint8Array>()
  const positionals: ByteString[] = []

  for (const argument of allArguments(argv, io)) {
    if (argument.kind === 'positional') {
      positionals.push(argument.value)
      continue
    }
    const { name } = argument.row
    if (name === 'help' || name === 'version') return name
    const value = values.add(argument, { expand, now })
    actions[name]?.(value, io, listeners)
    warnDeprecated(argument, listeners.report)
    const selected = selectionOf(name, value)
    if (selected === undefined) continue
    selection.push(selected)
    if (selected.option === 'include-filelist' || selected.option === 'exclude-filelist') {
      lists.set(selected.value, readList(selected.value, lists))
    }
  }

  const command = resolveCommand(positionals, {
    expand,
    readTime: (text) => readTime(text, now, values.timeSeparator),
  })
  checkTogether(command, values, listeners.report)
  return { command, values, selection, lists, now }
}

/** The arguments, those that come over a descriptor in the place where that is named. */
function* allArguments(argv: readonly ByteString[], io: EngineIo): Generator<ParsedArgument> {
  for (const argument of parseArguments(argv)) {
    if (argument.kind === 'option' && argument.row.name === 'arguments-fd') {
      const [descriptor] = argument.values
      yield* parseArguments(io.readDescriptor(Number(descriptor)).split('\0').slice(0, -1))
    } else yield argument
  }
}

/** What an option does the moment it is read. */
const actions: Partial<Record<OptionName, (value: OptionValue, io: EngineIo, listeners: Listeners) => void>> =
  {
    verbosity: (value, _, { report }) => {
      report.verbosity = value as Level
    },
    'log-fd': (value, io, { report }) => {
      report.addLog(io.openDescriptor(Number(value)))
    },
    'log-file': (value, io, { report }) => {
      report.addLog(io.appendTo(String(value)))
    },
    'event-fd': (value, _, { addEvents }) => {
      addEvents(Number(value))
    },
    'lifeline-fd': (value, io) => {
      io.followLifeline(Number(value))
    },
    'log-timestamp': (_, __, { report }) => {
      report.timestamps = true
    },
    'ignore-errors': (_, __, { report }) => {
      const text =
        "Running in 'ignore errors' mode due to --ignore-errors; please re-consider if this was not intended"
      report.say({ level: levels.warning, code: 1, text })
    },
  }

function warnDeprecated({ row, spelling }: ParsedOption, report: Report): void {
  if (row.deprecated === undefined) return
  const { until, instead } = deprecations[row.deprecated]
  const text = `Warning: Option ${spelling} is pending deprecation and will be removed in ${until}.\n${instead}`
  report.say({ level: levels.error, code: 1, text })
}

const deprecations = {
  names: { until: 'version 0.9.0', instead: 'Prefer the default names of files.' },
  stdin: {
    until: 'a future release',
    instead: 'Use --include-filelist=/dev/stdin or --exclude-filelist=/dev/stdin.',
  },
  globbing: {
    until: 'a future release',
    instead: 'Use --include-filelist or --exclude-filelist: they take the same patterns.',
  },
} as const

/** A list named twice is read once: standard input can be. */
function readList(path: ByteString, lists: ReadonlyMap<ByteString, Uint8Array>): Uint8Array {
  try {
    return lists.get(path) ?? readFileSync(fsPath(path))
  } catch (cause) {
    throw new UserError('FILELIST_UNREADABLE', `Error opening file ${toText(path)}`, {
      hint: messageOf(cause),
      cause,
    })
  }
}

function readTime(text: string, now: number, timeSeparator: string): number {
  try {
    return timeOf(text, now, timeSeparator)
  } catch (error) {
    throw hasCode(error, 'USAGE') ? commandLineError(error.message) : error
  }
}

/** What only shows when command and options are known together. */
function checkTogether(command: Command, values: OptionValues, report: Report): void {
  if (command.command === 'backup') {
    if (values.has('file-to-restore')) {
      const kind = command.kind === 'full' ? 'full' : 'inc'
      throw commandLineError(`restore option incompatible with ${kind} backup`)
    }
    const classes = (['s3-use-rrs', 's3-use-ia', 's3-use-onezone-ia'] as const).filter((name) =>
      values.has(name),
    )
    if (classes.length > 1) {
      throw commandLineError('only one of --s3-use-rrs, --s3-use-ia, and --s3-use-onezone-ia may be used')
    }
  }
  for (const { name, effect, concerns } of options) {
    if (concerns?.includes(command.command) !== true || !values.has(name)) continue
    if (effect === 'refused') {
      throw new UserError('NOT_SUPPORTED', `This version does not have --${name}.`, {
        hint: 'Leave the option out, or use duplicity for this command: the archives are the same.',
      })
    }
    report.say({ level: levels.warning, code: 1, text: `Warning, --${name} has no effect in this version.` })
  }
}
