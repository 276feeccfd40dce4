/** `duba diff`: what changed between two moments of the backups. */
import { canonicalPath } from '../../plan/names.ts'
import { isoTime, printable, sizeText } from '../../report/printable.ts'
import { absolutePath } from '../../report/stored-path.ts'
import { type PathDifference, queryDifferences } from '../../run/query.ts'
import { accessOptions, openAccess } from '../access.ts'
import { lookInto, placesToLook } from '../look.ts'
import { ListWriter } from '../stream.ts'
import { moment } from '../moment.ts'
import { type Command, isOn, text } from './command.ts'

interface Difference {
  readonly job: string
  readonly path: string
  readonly told: PathDifference
}

const marks = { added: '+', removed: '-', changed: 'M' } as const

export const diffCommand: Command = {
  command: 'diff <from> <until> [path]',
  describe: 'Show what changed in the backups between two moments',
  positionals: {
    from: {
      type: 'string',
      demandOption: true,
      describe: 'The older moment: 3D, 2026-01-31, "2026-01-31 12:00:00"',
    },
    until: { type: 'string', demandOption: true, describe: 'The newer moment; "now" is the newest backup' },
    path: { type: 'string', describe: 'Only there (default: in all jobs)' },
  },
  options: { json: { type: 'boolean', describe: 'Print it as JSON' }, ...accessOptions },
  async run(args, shell) {
    const access = await openAccess(args, shell)
    try {
      // Of what was in another job before, that one would say that all of it was removed.
      const places = (await placesToLook(access, text(args['path']))).map((place) => ({
        ...place,
        before: [],
      }))
      const list = new ListWriter<Difference>(shell, {
        json: isOn(args['json']),
        asText: differenceText,
        asJson: differenceJson,
      })
      const before = moment(args['from']) ?? ''
      const time = moment(args['until'])
      return await lookInto(places, list, { access, shell }, (job, inside) =>
        queryDifferences(job, { path: inside, before, time }, access.context, (told) => {
          list.add({ job: job.name, path: absolutePath(canonicalPath(job.path), told.path), told })
        }),
      )
    } finally {
      await access.close()
    }
  },
}

function differenceText({ path, told }: Difference): string {
  const { before, after, what, change } = told
  const sizes = [before?.size, after?.size].map((size) => (size === undefined ? '?' : sizeText(size)))
  const grown = what.includes('size') ? `, ${sizes.join(' → ')}` : ''
  const how = what.length === 0 ? '' : `  (${what.join(', ')}${grown})`
  return `${marks[change]} ${printable(path)}${how}`
}

function differenceJson({ job, path, told }: Difference): unknown {
  const side = (facts: PathDifference['before']): unknown =>
    facts === undefined ? null : { mtime: isoTime(facts.mtime), size: facts.size ?? null }
  const { before, after, what, change } = told
  return { job, path, change, what, before: side(before), after: side(after) }
}
