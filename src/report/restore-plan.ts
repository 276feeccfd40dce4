/** What a restore would come to, for people and for machines. */
import type { RestoreOutlook } from '../engine/events-restore.ts'
import { formatMoment } from '../format/time.ts'
import type { StripReason } from '../plan/reading-argv.ts'
import { isoTime, printable, sizeText } from './printable.ts'

/** The plan of one path. */
export interface RestorePlan {
  readonly job: string
  readonly destination: string
  /** On the machine that was backed up. */
  readonly path: string
  /** Absolute. */
  readonly target: string
  readonly conflict: string
  /** Why what gives power is left out; undefined: it is not. */
  readonly strip: StripReason | undefined
  /** Whether a signer is configured who was not asked for. */
  readonly signerIgnored: boolean
  readonly outlook: RestoreOutlook
  /** The first paths that something is in the way of. */
  readonly conflicts: readonly string[]
  /** Worth knowing: whole sentences without full stops. */
  readonly notes: readonly string[]
}

const NAMED = 5
const HIDDEN = /^0+$/

/** Lines of text. */
export function planText(plan: RestorePlan): string[] {
  const { outlook } = plan
  const last = outlook.sets.at(-1)
  const missing = missingVolumes(outlook)
  const rows: [string, string][] = [
    [
      'from',
      `${plan.destination} (job ${plan.job}), as of ${last === undefined ? '?' : formatMoment(last.end)}`,
    ],
    ['sets', setsText(outlook)],
    ['fetch', fetchText(outlook)],
    ...missing.map((text): [string, string] => ['missing', text]),
    ['restores', contentText(outlook)],
    ['keys', keysText(outlook)],
    ['signer', signerText(plan)],
    ['conflicts', conflictText(plan)],
    ...[...unknownNotes(outlook), ...plan.notes].map((note): [string, string] => ['note', note]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    `Restore of ${printable(plan.path)} to ${printable(plan.target)}`,
    ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${printable(text)}`),
  ]
}

function setsText({ sets }: RestoreOutlook): string {
  const [full, ...increments] = sets
  if (full === undefined) return 'none'
  const rest =
    increments.length === 0
      ? ''
      : `, ${plural(increments.length, 'incremental')} up to ${formatMoment(increments.at(-1)?.end ?? 0)}`
  return `full of ${formatMoment(full.end)}${rest}`
}

/** Volumes that are needed and are not there, of each set; whole sentences without full stops. */
export function missingVolumes({ sets }: RestoreOutlook): string[] {
  return sets.flatMap(({ type, end, missing }) => {
    if (missing.length === 0) return []
    const [what, are] = missing.length === 1 ? ['Volume', 'is'] : ['Volumes', 'are']
    const set = `${type === 'full' ? 'full' : 'incremental'} backup of ${formatMoment(end)}`
    return [`${what} ${missing.join(', ')} of the ${set} ${are} not on the destination`]
  })
}

function fetchText({ volumes, bytes, scratch, tempDir }: RestoreOutlook): string {
  const room = scratch === 0 ? 'read in place' : `up to ${sizeText(scratch)} of scratch space in ${tempDir}`
  return `${plural(volumes, 'volume')}, ${sizeText(bytes)}; ${room}`
}

function contentText({ entries, contentBytes, unknownSizes }: RestoreOutlook): string {
  const unknown = unknownSizes === 0 ? '' : `, and ${plural(unknownSizes, 'file')} of unknown size`
  return `${entries} ${entries === 1 ? 'entry' : 'entries'}, ${sizeText(contentBytes)}${unknown}`
}

/** A restore reads volumes and needs no signatures; what it will come to stands in them alone. */
function unknownNotes({ undescribed }: RestoreOutlook): string[] {
  if (undescribed.length === 0) return []
  const times = undescribed.map((end) => formatMoment(end)).join(', ')
  return [
    `the signatures of ${times} are lost or not to be trusted: entries, sizes and conflicts are those before; what comes back is complete`,
  ]
}

function keysText({ secrets }: RestoreOutlook): string {
  const { encrypted, keys, passphrase, problem } = secrets
  if (!encrypted) return 'none: the backup is not encrypted'
  const named = keys.filter((key) => !HIDDEN.test(key))
  const hidden = keys.length > named.length ? ['a key that the backup does not name'] : []
  const ways = [...named, ...hidden, ...(passphrase ? ['the passphrase'] : [])].join(' or ')
  // What was opened to see who signed it can be opened.
  if (problem === undefined || problem.code === 'WRONG_SIGNER') return `${ways}: at hand`
  return `${ways}: NOT at hand. ${problem.hint ?? firstLine(problem.message)}`
}

function signerText({ outlook, strip, signerIgnored }: RestorePlan): string {
  const { state, keys } = outlook.signer
  const { problem } = outlook.secrets
  if (problem?.code === 'WRONG_SIGNER')
    return `NOT the expected one: ${firstLine(problem.message)}. ${problem.hint ?? ''}`
  const why = signerIgnored ? '--trust-unsigned is given' : 'no "sign_key" is configured'
  const who = {
    verified: `signed by ${keys.join(', ')}, as expected`,
    claimed: `claims to be signed by ${keys.join(', ')}; not checked, because ${why}`,
    unsigned: 'UNSIGNED',
    unknown: 'unknown until the volumes are read',
  }[state]
  if (strip === undefined) return who
  const count = outlook.stripped === 0 ? '' : ` (${plural(outlook.stripped, 'object')})`
  const rule = { unsigned: 'unless --trust-unsigned is given', 'owner-map': 'because owners are mapped' }[
    strip
  ]
  return `${who}; set-id bits, file capabilities and device files are left out${count} ${rule}`
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

function conflictText({ outlook, conflict, conflicts }: RestorePlan): string {
  if (outlook.conflicts === 0) return 'none'
  const named = conflicts.slice(0, NAMED).map((path) => (path === '' ? 'the target itself' : path))
  const more = outlook.conflicts > named.length ? ` and ${outlook.conflicts - named.length} more` : ''
  return `${outlook.conflicts} (${conflict}): ${named.join(', ')}${more}`
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** The same for machines. Names are stable. */
export function planJson(plan: RestorePlan): unknown {
  const { outlook } = plan
  return {
    job: plan.job,
    destination: plan.destination,
    path: plan.path,
    target: plan.target,
    sets: outlook.sets.map(({ type, start, end, volumes, bytes, encrypted, missing }) => ({
      kind: type === 'full' ? 'full' : 'incremental',
      start: isoTime(start),
      end: isoTime(end),
      volumes,
      bytes,
      encrypted,
      missing_volumes: missing,
    })),
    volumes: outlook.volumes,
    bytes_to_fetch: outlook.bytes,
    scratch_bytes: outlook.scratch,
    sets_without_signatures: outlook.undescribed.map(isoTime),
    entries: outlook.entries,
    content_bytes: outlook.contentBytes,
    files_of_unknown_size: outlook.unknownSizes,
    keys: outlook.secrets.keys.map((key) => (HIDDEN.test(key) ? 'hidden' : key)),
    passphrase: outlook.secrets.passphrase,
    keys_problem: outlook.secrets.problem ?? null,
    signer: outlook.signer,
    strips_privileges: plan.strip !== undefined,
    would_strip: plan.strip === undefined ? 0 : outlook.stripped,
    conflict: plan.conflict,
    conflicts: outlook.conflicts,
    conflict_paths: plan.conflicts,
    notes: plan.notes,
  }
}
