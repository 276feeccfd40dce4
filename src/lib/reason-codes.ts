/**
 * Why a job has its verdict, and what is noted of it: stable codes for machines, with which the configuration gives other
 * verdicts. The codes of errors are reasons too, in small letters with dashes.
 */
import { errorCodes } from './errors.ts'

/** Every reason and note with one sentence for docs/errors.md. A code, once released, keeps its meaning. */
export const reasonCodes = {
  missing: 'The source does not exist and was never backed up.',
  vanished: 'The source or an entry of it, which has backups, is gone; or a file was, before it was read.',
  orphan: 'An entry of a divided source is gone; its backups expire by themselves.',
  empty: 'A divided source has no entries, and never had.',
  excluded: 'An entry of a divided source is left out by a pattern.',
  'source-missing': 'The source does not exist, and it must.',
  'source-link': 'The source is a symbolic link, so that nothing but the link was stored.',
  'source-empty': 'The source holds nothing, though it did or must.',
  'source-shrunk': 'The source holds less than it may, or much less than in its last good backup.',
  'source-unreadable': 'The source cannot be listed, so it cannot be divided.',
  'patterns-unreadable': 'A file of patterns cannot be read.',
  'name-unusable': 'The name of a divided entry cannot stand in a URL or on a command line.',
  unreadable: 'Entries cannot be read and were left out.',
  'io-error': 'Entries gave an input/output error and were left out.',
  'cannot-iterate': 'Directories cannot be listed and were left out.',
  'unknown-type': 'Entries are of an unknown type and were left out.',
  'changed-while-read': 'A file changed while it was read.',
  socket: 'A socket was met, which no backup holds.',
  'marker-mismatch': 'The destination belongs to another machine, or a clone of this one wrote there.',
  marker: 'The marker at the destination says something worth knowing.',
  'recipients-changed': 'The keys have changed, so a new full backup was begun.',
  retry: 'Operations on the destination were tried again.',
  'engine-warning': 'The engine warned of something.',
  'engine-not-started': 'The engine process could not be started.',
  'engine-died': 'The engine process ended without a report.',
  'engine-garbled': 'Something that the engine told could not be read.',
  'engine-failed': 'The engine process ended without success.',
  deadline: 'The job was ended after its `timeout`.',
  stalled: 'The job was ended after `stall_timeout` of silence, or a mount or gpg does not answer.',
  interrupted: 'A signal ended the run, or it was killed.',
  'outside-window': 'The time is not in the `window` of the job.',
  'hook-skip': 'A hook before ended with 75.',
  'hook-failed': 'A hook failed.',
  'hooks-not-run': 'A dry run runs no hooks.',
  'key-unusable': 'A key of the job cannot be used.',
  'run-refused': 'Nothing was begun because of keys of other jobs.',
  'log-unwritable': 'The log of the job cannot be written.',
  'status-unwritable': 'The verdicts could not be recorded.',
  'retention-blocked': 'Old backups stay for now.',
  pruned: 'Old backups were deleted.',
  'chains-spared': 'Chains stay though they are old, so that enough are left.',
  'removal-stopped': 'Deleting ended early, because a file could not be deleted.',
  'nothing-to-prune': 'No backup is old enough to be deleted.',
  cleanup: 'What `duba cleanup` deleted, or would.',
  'no-backups': 'There is no backup.',
  damaged: 'Backup sets are damaged.',
  suspicious: 'Backup sets are good, but something beside them is not as it should be.',
  'not-restored': 'Something was not restored.',
  stripped: 'Set-id bits, capabilities or device files of an unsigned backup were left out.',
  'orphaned-signatures': 'Signatures without their backup set are there.',
  'unmatched-signatures': 'The newest chain has no signatures that fit it.',
  'incomplete-sets': 'Unfinished backup sets are there.',
  'orphaned-sets': 'Incrementals without what they build on are there.',
  'displaced-sets': 'Incrementals whose place another one has taken are there.',
  'discarding-last-set': 'The newest backup set cannot be continued and was left out.',
  'duplicate-file': 'A file is there in two forms.',
  'irregular-names': 'Names that begin like ours and end otherwise are there.',
  'empty-files': 'Files of zero bytes are there.',
  'remote-partials': 'Partial files are at the destination.',
  'plaintext-sets': 'Backup sets that are not encrypted are there beside encrypted ones.',
  'missing-volumes': 'Volumes of a complete backup set are missing.',
  manifest: 'Found by verify: a manifest is missing or damaged.',
  'volume-missing':
    'A volume of a backup is not there, of the chain that a backup continues or found by verify.',
  'volume-size': 'A file of a backup has another size than when it was uploaded; found as volume-missing is.',
  'volume-unlisted': 'Found by verify: a volume is there that no manifest names.',
  hash: 'Found by verify: a volume is not the one that the manifest names.',
  integrity: 'Found by verify: data was altered.',
  secret: 'Found by verify: a passphrase or secret key is needed.',
  signer: 'Found by verify: the signature is not that of the expected signer.',
  plaintext: 'Found by verify: a file is not encrypted.',
  signatures: 'Found by verify: signatures are missing or do not fit.',
  archive: 'Found by verify: an archive is malformed.',
  hostile: 'Found by verify: an archive holds a name that must not be written.',
  order: 'Found by verify: entries are not in order.',
  blocks: 'Found by verify: parts of a file are missing or too many.',
  content: 'Found by verify: a file is not what was backed up.',
  records: 'Found by verify: what is recorded of an entry cannot be read.',
  base: 'Found by verify: a difference has nothing to build on.',
  orphaned: 'Found by verify: something stands without what it belongs to.',
  displaced: 'Found by verify: another incremental has taken the place of this one.',
  unfinished: 'Found by verify: an unfinished backup set.',
  'same-second': 'Found by verify: two sets of the same second.',
  duplicate: 'Found by verify: a file in two forms.',
  irregular: 'Found by verify: a name that begins like ours and ends otherwise.',
} as const

/** Every code that `verdicts` in the configuration can name. */
export function remappableCodes(): string[] {
  return [...Object.keys(reasonCodes), ...Object.keys(errorCodes).map(reasonCode)]
}

/** The reason code of an error code: BACKEND_DENIED is `backend-denied`. */
export function reasonCode(errorCode: string): string {
  return errorCode.toLowerCase().replaceAll('_', '-')
}
