/** `duba find`: which backups hold what fits a pattern. */
import { UserError } from '../../lib/errors.ts'
import { canonicalPath } from '../../plan/names.ts'
import { printable } from '../../report/printable.ts'
import { absolutePath, storedJson, storedText, type StoredPath } from '../../report/stored-path.ts'
import { versionJson, versionText, type Version } from '../../report/versions.ts'
import { queryFiles, queryVersions } from '../../run/query.ts'
import { accessOptions, openAccess } from '../access.ts'
import { writeLines } from '../io.ts'
import { lookInto, placesToLook } from '../look.ts'
import { ListWriter } from '../stream.ts'
import { moment } from '../moment.ts'
import { type Command, isOn, text } from './command.ts'

export const findCommand: Command = {
  command: 'find <glob> [path]',
  describe: 'Find files in the backups: by name, or by whole path if the pattern has a slash',
  positionals: {
    glob: {
      type: 'string',
      demandOption: true,
      describe: 'Pattern: * and ? within a name, ** across directories, [abc]; quote it',
    },
    path: { type: 'string', describe: 'Look only there (default: in all jobs)' },
  },
  options: {
    versions: {
      type: 'boolean',
      describe: 'Every backup set that stored or deleted it; without it, what was there at one moment',
    },
    time: { type: 'string', describe: 'Look at what was there then (default: the newest backup)' },
    json: { type: 'boolean', describe: 'Print it as JSON' },
    ...accessOptions,
  },
  async run(args, shell) {
    const versions = isOn(args['versions'])
    const time = moment(args['time'])
    if (versions && time !== undefined) {
      throw new UserError('USAGE', '--versions and --time cannot go together', {
        hint: 'Without --time, --versions looks into every backup.',
      })
    }
    const access = await openAccess(args, shell)
    try {
      const word = text(args['path'])
      const find = text(args['glob']) ?? ''
      const places = await placesToLook(access, word)
      const list = new ListWriter<{ job: string; stored: StoredPath; version?: Version }>(shell, {
        json: isOn(args['json']),
        asText: ({ stored, version }) =>
          version === undefined ? storedText(stored) : `${versionText(version)}  ${printable(version.path)}`,
        asJson: ({ job, stored, version }) =>
          version === undefined ? storedJson(job, stored) : versionJson(job, version),
      })
      const status = await lookInto(places, list, { access, shell }, (job, inside) => {
        const source = canonicalPath(job.path)
        const look = { path: inside, find, time, exact: false }
        return versions
          ? queryVersions(job, look, access.context, ({ path, ...facts }) => {
              const stored = { ...facts, path: absolutePath(source, path) }
              list.add({ job: job.name, stored, version: stored })
            })
          : queryFiles(job, look, access.context, ({ path, ...facts }) => {
              list.add({ job: job.name, stored: { ...facts, path: absolutePath(source, path) } })
            })
      })
      if (status !== 0 || list.count > 0) return status
      const where = versions
        ? 'nothing in the backups fits'
        : 'nothing in the backups of that moment (--versions: of all moments) fits'
      writeLines(shell.stderr, [`duba: ${where} ${printable(find)}`])
      return 1
    } finally {
      await access.close()
    }
  },
}
