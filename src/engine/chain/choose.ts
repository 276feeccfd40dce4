/** Which chain and which sets stand for a moment (archive format §9.6). */
import { formatMoment } from '../../format/time.ts'
import { formatNameTime } from '../../format/name-time.ts'
import { UserError } from '../../lib/errors.ts'
import type { BackupChain, SignatureChain } from './chains.ts'
import type { BackupSet, RepositoryFile } from './sets.ts'

/**
 * The chain for a moment: the one that spans it, else the last that ended before, else the first. Undefined where
 * there is none. Chains must be sorted by end.
 */
export function chainAt<T extends { readonly start: number; readonly end: number }>(
  chains: readonly T[],
  time: number,
): T | undefined {
  const spanning = chains.filter(({ start, end }) => start <= time && time <= end)
  return spanning.at(-1) ?? chains.filter(({ end }) => end < time).at(-1) ?? chains[0]
}

/** NO_BACKUPS: there is no chain of this kind. */
export function noChains(kind: 'backup' | 'signature', label: string): UserError {
  return new UserError('NO_BACKUPS', `No ${kind} chains found at ${label}.`, {
    extra: 'CollectionsError',
    hint: {
      engine:
        'Check the URL and the file prefix options: the destination holds no complete backup under these names.',
      duba: 'Nothing was backed up there yet, or the destination is not mounted, or not the one that "duba ls" shows for this source.',
    },
  })
}

/**
 * Throws TOO_EARLY where the chain for a moment begins after it: duplicity then takes the oldest backup without a word, and
 * what was not there yet passes for what was (archive format §18.3).
 */
export function refuseEarlier({ start }: { readonly start: number }, time: number, label: string): void {
  if (time < start) throw tooEarly(start, time, label)
}

/** TOO_EARLY, with the oldest moment there is. */
export function tooEarly(oldest: number, time: number, label: string): UserError {
  const asked = formatMoment(Math.floor(time))
  return new UserError(
    'TOO_EARLY',
    `There is no backup of ${asked} or before at ${label}: the oldest is of ${formatMoment(oldest)}.`,
    {
      extra: 'CollectionsError',
      hint: `Ask for ${formatNameTime(oldest)}, which is that one, or for later.`,
    },
  )
}

/** The full set of a chain and its incrementals that ended by a moment. */
export function setsAt(chain: BackupChain, time: number): BackupSet[] {
  return chain.sets.filter((set, index) => index === 0 || set.end <= time)
}

/** The signature archives of a chain that ended by a moment; the full signatures always. */
export function signaturesAt(chain: SignatureChain, time: number): RepositoryFile[] {
  return chain.files.filter(({ parsed }, index) => index === 0 || parsed.end <= time)
}
