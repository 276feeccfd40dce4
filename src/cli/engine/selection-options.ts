/** The options that select what is backed up; their order counts. Command line facts §3. */
import { option } from './option-row.ts'

export const selectionOptions = [
  option('include', 'text', 'works', 'Includes what matches the pattern, and everything below it.', {
    metavar: 'pattern',
  }),
  option('exclude', 'text', 'works', 'Excludes what matches the pattern, and everything below it.', {
    metavar: 'pattern',
  }),
  option('include-regexp', 'text', 'works', 'Includes paths in which the regular expression is found.', {
    metavar: 'expression',
  }),
  option('exclude-regexp', 'text', 'works', 'Excludes paths in which the regular expression is found.', {
    metavar: 'expression',
  }),
  option(
    'include-filelist',
    'file',
    'works',
    'Includes what matches the patterns of a list; a line "- pattern" excludes.',
  ),
  option(
    'exclude-filelist',
    'file',
    'works',
    'Excludes what matches the patterns of a list; a line "+ pattern" includes.',
  ),
  option('exclude-if-present', 'text', 'works', 'Excludes directories that hold an entry of this name.', {
    metavar: 'name',
  }),
  option('exclude-device-files', 'flag', 'works', 'Excludes device files.'),
  option('exclude-other-filesystems', 'flag', 'works', "Excludes what is not on the source's file system."),
  option(
    'exclude-older-than',
    'time',
    'works',
    'Excludes regular files that were changed last before this time.',
  ),
  option('null-separator', 'flag', 'works', 'Lines of lists end with NUL instead of a line feed.'),
  option('include-filelist-stdin', 'flag', 'works', 'Reads the list from standard input.', {
    hidden: true,
    deprecated: 'stdin',
  }),
  option('exclude-filelist-stdin', 'flag', 'works', 'Reads the list from standard input.', {
    hidden: true,
    deprecated: 'stdin',
  }),
  option('include-globbing-filelist', 'file', 'works', '--include-filelist.', {
    hidden: true,
    deprecated: 'globbing',
  }),
  option('exclude-globbing-filelist', 'file', 'works', '--exclude-filelist.', {
    hidden: true,
    deprecated: 'globbing',
  }),
  option('files-from', 'file', 'refused', 'Of 3.x: the source as a list of files.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
  option('filter-globbing', 'flag', 'refused', 'Of 3.x: how patterns are understood.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
  option('filter-ignorecase', 'flag', 'refused', 'Of 3.x: how patterns are understood.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
  option('filter-literal', 'flag', 'refused', 'Of 3.x: how patterns are understood.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
  option('filter-regexp', 'flag', 'refused', 'Of 3.x: how patterns are understood.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
  option('filter-strictcase', 'flag', 'refused', 'Of 3.x: how patterns are understood.', {
    since: '3',
    concerns: ['backup', 'verify'],
  }),
] as const
