/** `duba ls`: what a backup holds. */
import { canonicalPath } from '../../plan/names.ts'
import { columns, printable } from '../../report/printable.ts'
import { absolutePath, storedJson, storedText, type StoredPath } from '../../report/stored-path.ts'
import { queryFiles } from '../../run/query.ts'
import { type Access, accessOptions, openAccess } from '../access.ts'
import { type Shell, writeJson, writeLines } from '../io.ts'
import { lookInto } from '../look.ts'
import { ListWriter } from '../stream.ts'
import { moment } from '../moment.ts'
import { type Command, isOn, text } from './command.ts'

export const lsCommand: Command = {
  command: 'ls [path]',
  describe: 'List what is in the backup of a path, or what is backed up at all',
  positionals: {
    path: { type: 'string', describe: 'A path of the machine that was backed up, or the name of a job' },
  },
  options: {
    time: {
      type: 'string',
      describe: 'List what was there then: 3D (three days ago), 2026-01-31, "2026-01-31 12:00:00"',
    },
    recursive: { type: 'boolean', alias: 'R', describe: 'List everything below, not only the next level' },
    json: { type: 'boolean', describe: 'Print it as JSON' },
    ...accessOptions,
  },
  async run(args, shell) {
    const access = await openAccess(args, shell)
    try {
      const word = text(args['path']) ?? (text(args['url']) === undefined ? undefined : '.')
      if (word === undefined) return await listJobs(access, isOn(args['json']), shell)
      const list = new ListWriter<{ job: string; stored: StoredPath }>(shell, {
        json: isOn(args['json']),
        asText: ({ stored }) => storedText(stored),
        asJson: ({ job, stored }) => storedJson(job, stored),
      })
      const time = moment(args['time'])
      const status = await lookInto(await access.find(word), list, { access, shell }, (job, inside) =>
        queryFiles(job, { path: inside, time }, access.context, ({ path, ...facts }) => {
          if (!isOn(args['recursive']) && isDeeper(path, inside)) return
          const stored = { ...facts, path: absolutePath(canonicalPath(job.path), path) }
          list.add({ job: job.name, stored })
        }),
      )
      if (status !== 0 || list.count > 0) return status
      writeLines(shell.stderr, [`duba: ${printable(word)} is not in this backup`])
      return 1
    } finally {
      await access.close()
    }
  },
}

/** Whether a path lies more than one level below another. */
function isDeeper(path: string, above: string): boolean {
  const rest = above === '' ? path : path.slice(above.length + 1)
  return rest.includes('/')
}

async function listJobs({ jobs, context }: Access, json: boolean, shell: Shell): Promise<number> {
  const rows = (await jobs()).map(({ name, path, destination }) => ({ job: name, path, destination }))
  if (json) writeJson(shell.stdout, { version: 1, jobs: rows }, context.redact)
  else {
    const lines = columns(rows.map(({ path, destination }) => [printable(path), printable(destination)]))
    writeLines(shell.stdout, lines.map(context.redact))
  }
  return 0
}
