/** `duba versions`: the history of one path. */
import { canonicalPath } from '../../plan/names.ts'
import { printable } from '../../report/printable.ts'
import { absolutePath } from '../../report/stored-path.ts'
import { type Version, versionJson, versionText } from '../../report/versions.ts'
import { queryVersions } from '../../run/query.ts'
import { accessOptions, openAccess } from '../access.ts'
import { failureStatus } from '../failure.ts'
import { writeLines } from '../io.ts'
import { PassphraseAsker } from '../passphrase.ts'
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
      const asker = new PassphraseAsker(shell, access)
      for (const { jobs, inside } of access.find(word)) {
        const [job] = jobs
        const look = { path: inside, exact: true }
        const outcome = await asker.attempt(job, (own) =>
          queryVersions(own, look, access.context, ({ path, ...facts }) => {
            const version = { ...facts, path: absolutePath(canonicalPath(job.path), path) }
            list.add({ job: job.name, version })
          }),
        )
        if (outcome.failure !== undefined) {
          list.end()
          return failureStatus(outcome, outcome.failure, shell)
        }
      }
      list.end()
      if (list.count > 0) return 0
      writeLines(shell.stderr, [`duba: ${printable(word)} is in no backup`])
      return 1
    } finally {
      await access.close()
    }
  },
}
