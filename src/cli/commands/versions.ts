/** `duba versions`: the history of one path. */
import { canonicalPath } from '../../plan/names.ts'
import { printable } from '../../report/printable.ts'
import { absolutePath } from '../../report/stored-path.ts'
import { type Version, versionJson, versionText } from '../../report/versions.ts'
import { queryVersions } from '../../run/query.ts'
import { accessOptions, openAccess } from '../access.ts'
import { writeLines } from '../io.ts'
import { lookInto } from '../look.ts'
import { ListWriter } from '../stream.ts'
import { type Command, isOn, text } from './command.ts'

export const versionsCommand: Command = {
  command: 'versions <path>',
  describe: 'Show every version of a path: when a backup stored or deleted it, its size and time',
  positionals: {
    path: { type: 'string', demandOption: true, describe: 'A path of the machine that was backed up' },
  },
  options: { json: { type: 'boolean', describe: 'Print it as JSON' }, ...accessOptions },
  async run(args, shell) {
    const access = await openAccess(args, shell)
    try {
      const word = text(args['path']) ?? ''
      const list = new ListWriter<{ job: string; version: Version }>(shell, {
        json: isOn(args['json']),
        asText: ({ version }) => versionText(version),
        asJson: ({ job, version }) => versionJson(job, version),
      })
      const status = await lookInto(await access.find(word), list, { access, shell }, (job, inside) =>
        queryVersions(job, { path: inside, exact: true }, access.context, ({ path, ...facts }) => {
          const version = { ...facts, path: absolutePath(canonicalPath(job.path), path) }
          list.add({ job: job.name, version })
        }),
      )
      if (status !== 0 || list.count > 0) return status
      writeLines(shell.stderr, [`duba: ${printable(word)} is in no backup`])
      return 1
    } finally {
      await access.close()
    }
  },
}
