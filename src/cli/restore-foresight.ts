/** What a restore of several paths would come to: all are foreseen before any is touched. */
import { dirname } from 'node:path'
import { errorCodes, type ErrorCode, hasCode, UserError } from '../lib/errors.ts'
import { reasonCode } from '../lib/reason-codes.ts'
import type { Job } from '../plan/job.ts'
import { contains } from '../plan/names.ts'
import type { Place } from '../plan/place.ts'
import type { RestoreArguments } from '../plan/reading-argv.ts'
import { realTree } from '../plan/source-tree.ts'
import { printable } from '../report/printable.ts'
import { missingVolumes, type RestorePlan } from '../report/restore-plan.ts'
import type { Reason } from '../report/verdict.ts'
import { type Foreseen, foreseeRestore } from '../run/restore.ts'
import type { Access } from './access.ts'
import { isOn } from './commands/command.ts'
import { moment } from './moment.ts'
import type { Shell } from './io.ts'
import { firstAnswer } from './destinations.ts'
import { PassphraseAsker } from './passphrase.ts'
import {
  argumentsFor,
  conflictOf,
  type Errand,
  errandsFor,
  ownerOf,
  refuseSameTargets,
  stripReason,
} from './restore-options.ts'

type Args = Readonly<Record<string, unknown>>

/** One path that can be restored, and what that would come to. */
export interface ForeseenErrand {
  readonly errand: Errand
  readonly job: Job
  readonly what: RestoreArguments
  readonly plan: RestorePlan
}

/** What a restore of several paths would come to. */
export interface Foresight {
  readonly errands: readonly ForeseenErrand[]
  /** Of several jobs, those that have no backup of that time. `known`: they began later, which is no loss. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string; readonly known: boolean }[]
}

/** Foresees every path. Throws the error of the first that cannot be restored at all; nothing was touched then. */
export async function foreseeAll(
  words: readonly string[],
  args: Args,
  access: Access,
  shell: Shell,
): Promise<Foresight> {
  const owner = await ownerOf(args, shell)
  const trust = isOn(args['trustUnsigned'])
  const options = {
    time: moment(args['time']),
    conflict: conflictOf(args),
    owner,
    strips: (job: Job) => stripReason(job, owner, trust, shell),
  }
  const errands: GroupedErrand[] = []
  for (const word of words) {
    const places = await access.find(word)
    const group = errandsFor(wordPlace(places, word, shell), places, args, shell)
    errands.push(...group.map((errand) => ({ ...errand, alone: group.length === 1 })))
  }
  refuseSameTargets(errands)
  const means = { trust, options, access, asker: new PassphraseAsker(shell, access), all: errands }
  const found: ForeseenErrand[] = []
  const leftOut: Foresight['leftOut'][number][] = []
  let first: UserError | undefined
  for (const errand of errands) {
    try {
      found.push(await foresee(errand, means))
    } catch (error) {
      if (errand.alone || !hasCode(error, 'NO_BACKUPS', 'TOO_EARLY')) throw error
      first ??= error
      const known = error.code === 'TOO_EARLY'
      if (known || !errand.place.guessed)
        leftOut.push({ path: errand.place.path, reason: error.message, known })
    }
  }
  if (found.length === 0 && first !== undefined) throw first
  return { errands: found, leftOut }
}

interface GroupedErrand extends Errand {
  /** Whether it is all that the word stands for. */
  readonly alone: boolean
}

/** What the word stands for: the place itself, or the directory above several. */
function wordPlace(places: readonly Errand['place'][], word: string, shell: Shell): Errand['place'] {
  const [first, second] = places
  if (first === undefined) throw new TypeError('a word has at least one place')
  if (second === undefined) return first
  const path = word.startsWith('/') ? word : `${shell.cwd}/${word}`
  return { ...first, path: path.replace(/\/+$/, '') }
}

interface Means {
  readonly trust: boolean
  readonly options: Parameters<typeof argumentsFor>[2]
  readonly access: Access
  readonly asker: PassphraseAsker
  readonly all: readonly Errand[]
}

/** Tries the destinations that have it in their order, until one can answer. */
async function foresee(
  errand: Errand,
  { trust, options, access, asker, all }: Means,
): Promise<ForeseenErrand> {
  const { place, target } = errand
  const others = all.map((each) => each.place)
  const notes = [...(await access.notes(place, others)), ...(await privateParent(errand, others))]
  const prepared = (each: Job): Job => (trust ? { ...each, signKey: undefined } : each)
  const { job, inside, outcome, passed } = await firstAnswer(place, (holder) =>
    asker.attempt(prepared(holder.job), async (own) => {
      const restored = argumentsFor(errand, holder, options)
      return withProblem(
        await access.privateCache.read(own, (reader) => foreseeRestore(reader, restored, access.context)),
      )
    }),
  )
  const { outlook, conflicts, failure, errorCode } = outcome
  if (outlook === undefined) throw asError(place.path, failure, errorCode)
  const what = argumentsFor(errand, { job, inside }, options)
  const { name, destination } = job
  const { conflict } = options
  const base = { job: name, destination, path: place.path, target, conflict, strip: what.strip, outlook }
  const plan = { ...base, signerIgnored: trust && job.signKey !== undefined }
  const own = await asker.prepare(prepared(job))
  return { errand, job: own, what, plan: { ...plan, conflicts, notes: [...notes, ...passed] } }
}

/** In its place, what holds it may be gone too; nothing says what that was like unless it is restored with it. */
async function privateParent({ place, target }: Errand, others: readonly Place[]): Promise<string[]> {
  const parent = dirname(target)
  const comesToo = others.some(({ path }) => path === parent || contains(path, parent))
  if (target !== place.path || comesToo || (await realTree.look(parent)) === undefined) return []
  return [`${parent} is missing, and is made for its owner alone (mode 0700): it is not in this backup`]
}

/**
 * That no secret opens the backup is told in the outlook, and is a reason to ask for a passphrase; that volumes are missing, to ask
 * another destination.
 */
function withProblem(foreseen: Foreseen): Foreseen {
  const { outlook } = foreseen
  if (outlook === undefined) return foreseen
  const { problem } = outlook.secrets
  if (problem !== undefined) return { ...foreseen, errorCode: problem.code }
  const missing = missingVolumes(outlook)
  if (missing.length === 0) return foreseen
  const failure = { code: reasonCode('VOLUME_MISSING'), text: missing.join('; ') }
  return { ...foreseen, errorCode: 'VOLUME_MISSING', failure }
}

/** Why nothing may be restored although everything was foreseen; undefined: it may. */
export function refusal(foreseen: readonly ForeseenErrand[]): UserError | undefined {
  for (const { plan } of foreseen) {
    const { problem } = plan.outlook.secrets
    const missing = missingVolumes(plan.outlook)
    if (problem !== undefined) {
      const hint = problem.hint === undefined ? {} : { hint: problem.hint }
      return new UserError(isErrorCode(problem.code) ? problem.code : 'KEY_MISSING', problem.message, hint)
    }
    if (missing.length > 0)
      return new UserError('VOLUME_MISSING', `${missing.join('; ')}, so nothing was touched`, {
        hint: `Choose another time with --time. What is whole is brought back by: duba exec ${plan.job} -- restore --ignore-errors {url} DIR.`,
      })
  }
  const inTheWay = foreseen.filter(({ plan }) => plan.conflict === 'fail' && plan.outlook.conflicts > 0)
  const count = inTheWay.reduce((sum, { plan }) => sum + plan.outlook.conflicts, 0)
  if (count === 0) return undefined
  const what = count === 1 ? 'One object exists' : `${count} objects exist`
  return new UserError(
    'TARGET_EXISTS',
    `${what} already where they would be restored, so nothing was touched`,
    {
      hint: 'Restore to another directory, or choose with --conflict: skip, overwrite, newer or rename.',
    },
  )
}

function asError(path: string, failure: Reason | undefined, code: string | undefined): UserError {
  const words = `${printable(path)} cannot be restored: ${failure?.text ?? 'the engine told nothing of it'}`
  return new UserError(code !== undefined && isErrorCode(code) ? code : 'JOB_FAILED', words)
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
