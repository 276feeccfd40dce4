/** Options of the engine's command line that `duba` uses, and people do not. */
import { option } from './option-row.ts'

/** Options for the program that starts the engine. */
export const drivingOptions = [
  option('below', 'text', 'works', 'Lists, compares or searches only this path and what is below.', {
    metavar: 'path',
    since: 'duba',
    hidden: true,
  }),
  option('exact', 'flag', 'works', 'With versions: only the path of --below itself.', {
    since: 'duba',
    hidden: true,
  }),
  option('strict-time', 'flag', 'works', 'Makes list fail for a time before the first backup.', {
    since: 'duba',
    hidden: true,
  }),
  option('find', 'text', 'works', 'Lists only paths that fit a shell pattern.', {
    metavar: 'pattern',
    since: 'duba',
    hidden: true,
  }),
  option(
    'root',
    'text',
    'works',
    'With --find: the path of the source, which stands before those of the backup.',
    {
      metavar: 'path',
      since: 'duba',
      hidden: true,
    },
  ),
  option('before-time', 'time', 'works', 'With compare: the older of the two moments.', {
    since: 'duba',
    hidden: true,
  }),
  option(
    'event-fd',
    'int',
    'works',
    'Writes what happens as JSON lines to an open descriptor; nobody is asked for a passphrase.',
    {
      metavar: 'descriptor',
      since: 'duba',
      hidden: true,
    },
  ),
  option(
    'arguments-fd',
    'int',
    'works',
    'Takes further arguments from an open descriptor, each with a NUL behind it.',
    {
      metavar: 'descriptor',
      since: 'duba',
      hidden: true,
    },
  ),
  option(
    'lifeline-fd',
    'int',
    'works',
    'Ends the work in good order when the other end of this pipe is closed.',
    {
      metavar: 'descriptor',
      since: 'duba',
      hidden: true,
    },
  ),
] as const
