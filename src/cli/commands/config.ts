/** `duba config`: checks and shows the configuration. Starts nothing, opens no secret and uses no network. */
import { basename, resolve } from 'node:path'
import { checkFiles } from '../../config/check-files.ts'
import { effectiveConfig, settingsByOrigin } from '../../config/effective.ts'
import { besides, ConfigError, configError, type Fault, showFault } from '../../config/fault.ts'
import { showPath } from '../../config/json-text.ts'
import { defaultConfigFile, examineCandidate, type LoadedConfig } from '../../config/load.ts'
import { secretValues } from '../../config/secrets.ts'
import { configSchema } from '../../config/validate.ts'
import { UserError } from '../../lib/errors.ts'
import { patternFaults } from '../../plan/pattern-faults.ts'
import { ofHost } from '../../plan/foreign-host.ts'
import { checkJobs } from '../../plan/collisions.ts'
import { idlePatterns } from '../../plan/idle-patterns.ts'
import { expand, nothingStored } from '../../plan/expand.ts'
import { realTree } from '../../plan/source-tree.ts'
import { dubaExit } from '../../report/exit-code.ts'
import { createRedact } from '../../report/log-redact.ts'
import { printable } from '../../report/printable.ts'
import { answering, answeringTree } from '../../run/answering.ts'
import { type Shell, writeJson, writeLines } from '../io.ts'
import { examineInTime, readConfig } from '../read-config.ts'
import { type Command, isOn, text } from './command.ts'

export const configCommand: Command = {
  command: 'config <action> [file]',
  describe: 'Check the configuration (validate), show it (show), or print its schema (schema)',
  positionals: {
    action: {
      type: 'string',
      demandOption: true,
      choices: ['validate', 'show', 'schema'],
      describe: 'validate: tell every fault; show: what counts, of all files; schema: the JSON schema',
    },
    file: { type: 'string', describe: 'With validate: a file that is not in its place yet' },
  },
  options: {
    part: {
      type: 'boolean',
      describe:
        'With validate: the file will stand in conf.d, in place of one of its name, and is checked together with the configuration',
    },
    as: { type: 'string', describe: 'With --part: the name it will have in conf.d, if not its own' },
    origin: { type: 'boolean', describe: 'With show: which file and line sets each value' },
    json: { type: 'boolean', describe: 'Print the result as JSON' },
  },
  async run(args, shell) {
    const configured = resolve(shell.cwd, text(args['config']) ?? defaultConfigFile)
    const file = text(args['file'])
    const json = isOn(args['json'])
    if (file !== undefined && args['action'] !== 'validate') {
      throw new UserError('USAGE', `"config ${String(args['action'])}" takes no file`, {
        hint: 'Name another configuration with --config.',
      })
    }
    switch (args['action']) {
      case 'schema':
        writeJson(shell.stdout, configSchema, (part) => part)
        return 0
      case 'show':
        show(await readConfig(configured, shell), { json, origin: isOn(args['origin']) }, shell)
        return 0
      default: {
        const candidate = file === undefined ? undefined : resolve(shell.cwd, file)
        return validate({ configured, candidate, name: partName(args, candidate), json }, shell)
      }
    }
  },
}

/** The name that a candidate will have in `conf.d`; undefined: it is no part. */
function partName(
  args: Readonly<Record<string, unknown>>,
  candidate: string | undefined,
): string | undefined {
  const name = text(args['as'])
  if (!isOn(args['part'])) {
    if (name !== undefined) throw new UserError('USAGE', '--as belongs to --part')
    return undefined
  }
  if (candidate === undefined) throw new UserError('USAGE', '--part needs a file')
  if (name !== undefined && (!name.endsWith('.json') || name.includes('/')))
    throw new UserError(
      'USAGE',
      `--as takes the name of a file of conf.d, such as 10-web.json, not "${name}"`,
    )
  return name ?? basename(candidate)
}

interface Validating {
  readonly configured: string
  readonly candidate: string | undefined
  /** As a part: in `conf.d`. */
  readonly name: string | undefined
  readonly json: boolean
}

async function validate({ configured, candidate, name, json }: Validating, shell: Shell): Promise<number> {
  try {
    // The configuration itself is judged as a run would judge it, however it is named.
    const { files, faults, unfit, loaded } =
      candidate === undefined || (candidate === configured && name === undefined)
        ? await examineInTime(configured, shell)
        : await examineCandidate(candidate, {
            ...shell,
            place: name === undefined ? undefined : { of: configured, name },
          })
    if (loaded === undefined) throw configError(files, faults)
    const warnings = [...loaded.warnings, ...idlePatterns(loaded)]
    const config = ofHost(loaded.config, loaded.config.host ?? shell.hostname)
    shell.masking.redact = createRedact(secretValues(config))
    const tree = answeringTree(realTree)
    const silence = (path: string) => answering.silence(path)
    const inFiles = [
      ...(await checkFiles(config, loaded.locate, { uid: shell.uid, absent: 'fault', silence })),
      ...(await patternFaults(config, tree)),
    ]
    // Where jobs go is not known before all that is configured has a meaning.
    if (faults.length > 0) throw configError(files, [...faults, ...besides(unfit, inFiles)])
    const { jobs, absent } = await expand(config, {
      tree,
      env: shell.env,
      home: shell.home,
      stored: nothingStored,
    })
    const ofJobs = checkJobs({ ...loaded, config }, jobs)
    if (inFiles.length + ofJobs.length > 0) throw configError(files, [...inFiles, ...ofJobs])
    if (json) {
      const result = {
        valid: true,
        files,
        jobs: jobs.length,
        faults: [],
        warnings: warnings.map(faultJson),
      }
      writeJson(shell.stdout, result, shell.masking.redact)
      return 0
    }
    const off = absent.length === 0 ? '' : `, and ${absent.length} switched off`
    writeLines(
      shell.stderr,
      warnings.map((warning) => printable(`warning: ${showFault(warning)}`)),
    )
    writeLines(shell.stdout, [`${files.map(printable).join(', ')}: valid, ${jobs.length} jobs${off}`])
    return 0
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error
    const result = { valid: false, faults: error.faults.map(faultJson), warnings: [] }
    writeJson(shell.stdout, result, shell.masking.redact)
    return dubaExit[error.code]
  }
}

const faultJson = ({ file, line, path, value, message, remedy }: Fault): unknown => ({
  file,
  line,
  path: showPath(path),
  value: value ?? null,
  message,
  remedy,
})

function show(
  loaded: LoadedConfig,
  { json, origin }: { readonly json: boolean; readonly origin: boolean },
  shell: Shell,
): void {
  const redact = createRedact(secretValues(loaded.config))
  for (const warning of loaded.warnings) {
    writeLines(shell.stderr, [printable(`warning: ${redact(showFault(warning))}`)])
  }
  const settings = origin ? settingsByOrigin(loaded) : []
  if (json) {
    const origins = settings.map(({ path, value, place }) => ({
      path: showPath(path),
      value,
      file: place?.file ?? null,
      line: place?.line ?? null,
    }))
    const { files } = loaded
    writeJson(
      shell.stdout,
      { files, config: effectiveConfig(loaded), ...(origin ? { origins } : {}) },
      redact,
    )
  } else if (origin) {
    const lines = settings.map(({ path, value, place }) => {
      const from = place === undefined ? 'default' : `${place.file}:${place.line}`
      return printable(`${from}: ${showPath(path)} = ${redact(JSON.stringify(value))}`)
    })
    writeLines(shell.stdout, lines)
  } else writeJson(shell.stdout, effectiveConfig(loaded), redact)
}
