/**
 * Every option of the engine's command line: one table, from which the parser, the help and docs/engine.md are made.
 * Spellings are those of duplicity 0.8.22 and, as further names, of 3.x. Source: command line facts §2.
 */
import { conflicts } from '../../engine/request.ts'
import { backendOptions } from './backend-options.ts'
import { drivingOptions } from './driving-options.ts'
import { encryptionOptions } from './encryption-options.ts'
import { type OptionRow, option } from './option-row.ts'
import { selectionOptions } from './selection-options.ts'

const general = [
  option('help', 'flag', 'works', 'Shows this text.', { short: 'h' }),
  option('version', 'flag', 'works', 'Shows the version of duplicity whose command line this is.', {
    short: 'V',
  }),
  option(
    'verbosity',
    'verbosity',
    'works',
    'How much is told: 0 to 9, or error, warning, notice (3, the default), info (5), debug (9).',
    {
      short: 'v',
    },
  ),
  option('log-fd', 'int', 'works', 'Writes the machine log to an open descriptor.', {
    metavar: 'descriptor',
  }),
  option('log-file', 'file', 'works', 'Appends the machine log to a file.'),
  option('log-timestamp', 'flag', 'works', 'Puts time and level in front of each message on the terminal.'),
  option(
    'dry-run',
    'flag',
    'works',
    'Changes nothing at the destination, in the archive directory and in the target.',
  ),
  option(
    'force',
    'flag',
    'works',
    'Makes cleanup and the remove commands delete; restores into a directory that is not empty.',
  ),
  option(
    'archive-dir',
    'file',
    'works',
    'Parent of the archive directory; $XDG_CACHE_HOME/duplicity or ~/.cache/duplicity if left out.',
    {
      metavar: 'path',
    },
  ),
  option('name', 'text', 'works', 'Name of the archive directory; the MD5 of the URL as typed if left out.'),
  option(
    'tempdir',
    'file',
    'works',
    'Existing directory for temporary files; else TMPDIR, TEMP, TMP, /tmp.',
    { metavar: 'path' },
  ),
  option('num-retries', 'int', 'works', 'Attempts in total for each operation at the destination (5).'),
  option('backend-retry-delay', 'int', 'works', 'Seconds between two attempts (30).', { metavar: 'seconds' }),
  option('timeout', 'int', 'elsewhere', 'Network timeout.', { metavar: 'seconds' }),
  option(
    'metadata-sync-mode',
    'choice',
    'works',
    'Which manifests and signatures are fetched into the archive directory: those of the chain that is needed (partial, the default), or all (full).',
    {
      choices: ['full', 'partial'],
    },
  ),
  option('config-dir', 'file', 'none', 'Accepted; has no meaning in duplicity either.', {
    metavar: 'path',
    hidden: true,
  }),
  option('pydevd', 'flag', 'none', "Accepted; duplicity's debugger."),
] as const

const backing = [
  option('full-if-older-than', 'time', 'works', 'Makes a full backup when the newest full is older.'),
  option(
    'allow-source-mismatch',
    'flag',
    'works',
    'Continues a chain that was made on another host or from another directory.',
  ),
  option('asynchronous-upload', 'flag', 'works', 'Uploads one volume while the next is made.'),
  option('concurrency', 'int', 'works', 'Of 3.x: a number above 0 means --asynchronous-upload.', {
    since: '3',
  }),
  option('copy-links', 'flag', 'works', 'Looks through symbolic links: what they point to is backed up.'),
  option('volsize', 'int', 'works', 'Size of volumes in MiB (200).'),
  option('max-blocksize', 'int', 'works', 'Largest block of signatures in bytes (2048).'),
  option('no-files-changed', 'flag', 'works', 'Leaves the list of changed files out of the manifest.'),
  option('no-print-statistics', 'flag', 'works', 'Prints no statistics after a backup.'),
  option('progress', 'flag', 'later', 'Progress while backing up.', { concerns: ['backup'] }),
  option('progress-rate', 'int', 'none', 'Accepted; belongs to --progress.'),
  option('jsonstat', 'flag', 'later', 'Of 3.x: statistics in a file beside each backup.', {
    since: '3',
    concerns: ['backup'],
  }),
  option('skip-if-no-change', 'flag', 'later', 'Of 3.x: no incremental where nothing has changed.', {
    since: '3',
    concerns: ['backup'],
  }),
  option(
    'no-check-remote',
    'flag',
    'none',
    'Of 3.x: accepted; the remote manifest is checked nevertheless.',
    { since: '3' },
  ),
  option(
    'marker',
    'text',
    'works',
    'Who writes here, as JSON: compared with the marker beside the backups; by the remove commands too.',
    {
      metavar: 'json',
      since: 'duba',
      hidden: true,
    },
  ),
  option('take-over', 'flag', 'works', 'Replaces the marker of another machine.', {
    since: 'duba',
    hidden: true,
  }),
  option(
    'keep-chains',
    'int',
    'works',
    'Makes the remove commands look at clock and newest chain first, and spare so many complete chains.',
    { since: 'duba', hidden: true },
  ),
  option('abandoned', 'flag', 'works', 'Lets the remove commands delete the newest chain too.', {
    since: 'duba',
    hidden: true,
  }),
  option('copy-blocksize', 'int', 'none', 'Of 3.x: accepted; has no meaning here.', { since: '3' }),
  option('current-time', 'int', 'works', 'Time of the new backup in seconds since 1970.', {
    metavar: 'seconds',
    hidden: true,
  }),
  option('fail-on-volume', 'int', 'refused', 'Test aid.', { hidden: true, concerns: ['backup'] }),
  option('skip-volume', 'int', 'refused', 'Test aid.', { hidden: true, concerns: ['backup'] }),
  option(
    'on-recipients-changed',
    'choice',
    'works',
    'What to do when the chain is encrypted to other keys: fail (the default), or begin a new full.',
    {
      choices: ['fail', 'full'],
      since: 'duba',
      hidden: true,
    },
  ),
] as const

const restoring = [
  option(
    'restore-time',
    'time',
    'works',
    'The state to restore, verify or list (now); for replicate only sets that ended before.',
    {
      spellings: ['time'],
      short: 't',
    },
  ),
  option(
    'file-to-restore',
    'file',
    'works',
    'Path inside the backup: restores or verifies only what is there.',
    {
      short: 'r',
      newer: ['path-to-restore'],
      metavar: 'path',
    },
  ),
  option('rename', 'pair', 'works', 'Restores the path OLD, and what is below it, as NEW.', {
    metavar: 'old new',
  }),
  option('do-not-restore-ownership', 'flag', 'works', 'Leaves restored files to the user who restores.', {
    newer: ['no-restore-ownership'],
  }),
  option(
    'conflict',
    'choice',
    'works',
    'Makes restore build everything in a private directory beside the target and move it into place; what is in the way: fail, skip, overwrite, newer (the newer one wins), rename (the restored one gets another name). With --dry-run, tells what that would come to.',
    { choices: conflicts, since: 'duba' },
  ),
  option(
    'owner-map',
    'text',
    'works',
    'Makes restore change owners: user:OLD=NEW,group:OLD=NEW, with names or numbers. Repeatable.',
    { metavar: 'rules', since: 'duba' },
  ),
  option(
    'strip-privileges',
    'flag',
    'works',
    'Makes restore leave out set-user-id and set-group-id bits, file capabilities and device files.',
    { since: 'duba' },
  ),
  option('numeric-owner', 'flag', 'works', 'Goes by the numbers of users and groups, not by their names.'),
  option(
    'compare-data',
    'flag',
    'works',
    'Makes verify compare with the local files; without it only the backup itself is checked.',
  ),
  option(
    'ignore-errors',
    'flag',
    'works',
    'Makes restore a salvage: it goes on after every damage, lists what is damaged, missing or older, and ends with 60.',
  ),
  option(
    'read-data',
    'percent',
    'works',
    'Makes check read the volumes to their ends, or a random sample of so many percent of them.',
    { since: 'duba' },
  ),
  option('sample-seed', 'int', 'works', 'Makes check choose the sample that this seed gave before.', {
    metavar: 'seed',
    since: 'duba',
  }),
  option('file-changed', 'file', 'refused', 'Report about one file.', {
    metavar: 'path',
    concerns: ['collection-status'],
  }),
  option('show-changes-in-set', 'int', 'refused', 'Report about one backup set.', {
    concerns: ['collection-status'],
  }),
] as const

const naming = [
  option('file-prefix', 'text', 'works', 'Stands before the name of every file.'),
  option(
    'file-prefix-manifest',
    'text',
    'works',
    'Stands before the names of manifests, after the general prefix.',
  ),
  option('file-prefix-archive', 'text', 'works', 'Stands before the names of volumes.'),
  option('file-prefix-signature', 'text', 'works', 'Stands before the names of signatures.'),
  option('file-prefix-jsonstat', 'text', 'none', 'Of 3.x: accepted; no such files are made.', { since: '3' }),
  option('old-filenames', 'flag', 'works', 'Names with local times.', { deprecated: 'names' }),
  option('short-filenames', 'flag', 'works', 'Short names.', { deprecated: 'names' }),
  option('time-separator', 'separator', 'works', 'Character between hours and minutes of old names.', {
    metavar: 'char',
    deprecated: 'names',
  }),
] as const

/** Every option, in groups for the help. */
export const optionGroups = {
  General: general,
  'Backing up': backing,
  'Restoring, verifying, reporting': restoring,
  'Encryption and signatures': encryptionOptions,
  Selection: selectionOptions,
  'Names of files': naming,
  'Other destinations': backendOptions,
  'Started by a program': drivingOptions,
} as const

/** Name of an option, that of 0.8.22 where there are several. */
export type OptionName = (typeof optionGroups)[keyof typeof optionGroups][number]['name']

/** Every option. */
export const options: readonly OptionRow<OptionName>[] = Object.values(optionGroups).flat()
