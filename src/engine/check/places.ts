/** What the listing alone tells: how sets hang together, and which files belong to none. */
import type { ByteString } from '../../lib/bytestring.ts'
import { toText } from '../../lib/bytestring.ts'
import type { Collection } from '../chain/collection.ts'
import type { FileClass } from '../chain/classes.ts'
import type { Findings } from './findings.ts'
import { nameOf, type SetCheck } from './set-check.ts'

/** Judges the place of every set; to be called after the manifests were read. */
export function checkPlaces(checks: readonly SetCheck[]): void {
  for (const check of checks) {
    const { set, findings, place, base } = check
    if (place === 'displaced') {
      const text = 'A longer incremental with the same start stands in its place; nothing restores this one.'
      findings.suspicion('displaced', text)
    }
    if (place === 'orphaned' || (set.type === 'inc' && base === undefined && place === 'chain'))
      findings.damage('orphaned', 'The backup it builds on is not there: it cannot be restored.')
    const twin = checks.find((other) => other !== check && other.set.end === set.end && other.place === place)
    if (twin !== undefined && place !== 'unfinished')
      findings.suspicion('same-second', `Another set, a ${nameOf(twin.set)}, ends in the same second.`)
    checkPlaintext(check, checks)
    if (place === 'unfinished') checkUnfinished(check, checks)
  }
}

/** A set without manifest is what an interrupted session leaves, unless something shows that it was finished once. */
function checkUnfinished(check: SetCheck, checks: readonly SetCheck[]): void {
  const { findings, signatures, set } = check
  const later = checks.find(({ base, place }) => base === check && place !== 'unfinished')
  const orphan = checks.find(({ set: other }) => other.type === 'inc' && other.start === set.end)
  const dependent = later ?? orphan
  if (dependent !== undefined) {
    const text = `Its manifest is missing, and the ${nameOf(dependent.set)} builds on it.`
    findings.damage('manifest', text)
  } else if (signatures !== undefined) {
    const text = 'Its manifest is missing: the session was interrupted at its very end, or the file was lost.'
    findings.suspicion('unfinished', text)
  } else findings.note('unfinished', 'It has no manifest: a session was interrupted. It counts as no backup.')
}

/** A set that is not encrypted and stands behind encrypted ones: whoever can write to the destination can make one. */
function checkPlaintext({ set, findings, base }: SetCheck, checks: readonly SetCheck[]): void {
  if (set.manifest === undefined || set.manifest.parsed.form === 'gpg') return
  const encryptedVolume = [...set.volumes.values()].some(({ parsed }) => parsed.form === 'gpg')
  if (encryptedVolume)
    findings.suspicion('plaintext', 'Its manifest is not encrypted, and volumes of it are.')
  else if (base?.set.manifest?.parsed.form === 'gpg')
    findings.suspicion('plaintext', 'It is not encrypted, and the backup it builds on is.')
  else if (checks.some((other) => other.set.end < set.end && other.set.manifest?.parsed.form === 'gpg'))
    findings.suspicion('plaintext', 'It is not encrypted, and older backups here are.')
}

/** A set whose base is damaged restores no better than that one. */
export function checkBases(checks: readonly SetCheck[]): void {
  for (const { base, findings } of checks) {
    if (base?.findings.verdict === 'damaged')
      findings.damage('base', `It builds on the ${nameOf(base.set)}, which is damaged.`)
  }
}

/** Files that belong to no set, and the number of foreign ones. */
export function checkStrays({ classes }: Collection, findings: Findings): { foreign: number } {
  const named = (wanted: FileClass): { name: ByteString; kept?: string }[] =>
    classes.filter(({ where, class: is }) => where === 'remote' && is === wanted)
  for (const { name, kept = '' } of named('duplicate')) {
    const plain = kept.endsWith('.gpg') && !name.endsWith('.gpg')
    const text = `${toText(name)} and ${toText(kept)} stand for the same file; ${toText(kept)} is used.`
    findings.suspicion(plain ? 'plaintext' : 'duplicate', text)
  }
  for (const { name } of named('empty')) findings.suspicion('empty', `${toText(name)} is empty.`)
  for (const { name } of named('irregular'))
    findings.note('irregular', `${toText(name)} begins like a backup file and is none.`)
  for (const { name } of named('partial'))
    findings.suspicion('irregular', `${toText(name)} belongs into an archive directory, not here.`)
  for (const { name } of named('orphaned-signatures'))
    findings.suspicion('signatures', `The signature archive ${toText(name)} continues no other.`)
  for (const { name } of named('setless-signatures'))
    findings.suspicion('signatures', `The signature archive ${toText(name)} has no backup.`)
  return { foreign: named('foreign').length }
}
