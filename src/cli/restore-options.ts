/** What the options of `duba restore` mean. */
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type Conflict, conflicts } from '../engine/request.ts'
import { messageOf, UserError } from '../lib/errors.ts'
import { variableIn } from '../plan/environment.ts'
import type { Job } from '../plan/job.ts'
import type { Holder, Place } from '../plan/place.ts'
import type { OwnerChoice, RestoreArguments, StripReason } from '../plan/reading-argv.ts'
import { isOn, text } from './commands/command.ts'
import type { Shell } from './io.ts'

type Args = Readonly<Record<string, unknown>>

/** One path on its way back. */
export interface Errand {
  readonly place: Place
  /** Absolute. */
  readonly target: string
}

/** Where each place goes; `word` is what was asked for. Throws USAGE. */
export function errandsFor(word: Place, places: readonly Place[], args: Args, shell: Shell): Errand[] {
  const to = text(args['to'])
  const inPlace = isOn(args['inPlace'])
  if ((to === undefined) !== inPlace) {
    throw new UserError('USAGE', 'Where the files go must be said, and in one way', {
      hint: 'Give --to DIR, or --in-place to put them where they were.',
    })
  }
  if (to === undefined) {
    if (isOn(args['fullPath'])) throw new UserError('USAGE', '--full-path belongs to --to')
    if (text(args['url']) !== undefined)
      throw new UserError('USAGE', '--in-place needs a configuration, which knows where the files were')
    return places.map((place) => ({ place, target: place.path }))
  }
  const directory = resolve(shell.cwd, to)
  const dropped = isOn(args['fullPath']) ? '' : word.path.slice(0, -basename(word.path).length - 1)
  return places.map((place) => ({ place, target: join(directory, place.path.slice(dropped.length)) }))
}

/** Refuses two errands with one target. Throws USAGE. */
export function refuseSameTargets(errands: readonly Errand[]): void {
  const seen = new Map<string, string>()
  for (const { target, place } of errands) {
    const other = seen.get(target)
    if (other !== undefined) {
      throw new UserError('USAGE', `${other} and ${place.path} would both become ${target}`, {
        hint: 'Restore them one by one, or with --full-path.',
      })
    }
    seen.set(target, place.path)
  }
}

/** What the engine is asked for one errand, of one job that has it. Throws USAGE where the command line of the engine cannot say it. */
export function argumentsFor(
  { target }: Errand,
  { job, inside }: Holder,
  options: Omit<RestoreArguments, 'target' | 'path' | 'strip'> & {
    readonly strips: (job: Job) => RestoreArguments['strip']
  },
): RestoreArguments {
  for (const path of [target, inside]) {
    const variable = variableIn(path, job.env)
    if (variable !== undefined || path.startsWith('~')) {
      throw new UserError(
        'USAGE',
        `The path ${path} holds ${variable === undefined ? '"~"' : `"$${variable}"`}`,
        {
          hint: 'The engine would replace it; restore the directory above it.',
        },
      )
    }
  }
  const { strips, ...rest } = options
  return { ...rest, target, path: inside, strip: strips(job) }
}

/** The rule for what is in the way. */
export function conflictOf(args: Args): Conflict {
  return conflicts.find((each) => each === text(args['conflict'])) ?? 'fail'
}

/** Whose the files are. Throws USAGE. */
export async function ownerOf(args: Args, shell: Shell): Promise<OwnerChoice> {
  const map = text(args['ownerMap'])
  const chosen = [map !== undefined, isOn(args['numericOwner']), args['owner'] === false].filter(Boolean)
  if (chosen.length > 1)
    throw new UserError('USAGE', '--owner-map, --numeric-owner and --no-owner exclude one another')
  if (map !== undefined) return { by: 'map', rules: await rulesOf(map, shell) }
  if (args['owner'] === false) return { by: 'nobody' }
  return { by: isOn(args['numericOwner']) ? 'number' : 'name' }
}

async function rulesOf(map: string, shell: Shell): Promise<string> {
  if (!map.startsWith('@')) return map
  const file = resolve(shell.cwd, map.slice(1))
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError('USAGE', `The owner map ${file} cannot be read: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/**
 * Why what gives power is left out: owners that are mapped mean another machine, and root must not be made to give away
 * itself by an archive that nobody vouches for. Where a signer is configured, the engine refuses everybody else's archives. Undefined: it is not.
 */
export function stripReason(
  job: Job,
  owner: OwnerChoice,
  trust: boolean,
  shell: Shell,
): StripReason | undefined {
  if (owner.by === 'map') return 'owner-map'
  // Without encryption nothing is signed, whatever the key.
  const signed = job.signKey !== undefined && job.encryption.kind !== 'none'
  return shell.uid === 0 && !signed && !trust ? 'unsigned' : undefined
}
