/** docs/engine.md: the engine's command line, from its table of options. */

const effects = {
  elsewhere: 'Accepted; without effect on `file://`.',
  none: '',
  later: 'Accepted with a warning; not in this version.',
  refused: 'Not in this version: the command ends with 33.',
}

export function engineReference({ optionGroups }) {
  const groups = Object.entries(optionGroups).map(
    ([title, rows]) => `### ${title}\n\n| option | |\n| --- | --- |\n${rows.map(line).join('\n')}\n`,
  )
  return `# The engine's command line

<!-- Generated from src/cli/engine/options.ts by \`npm run generate\`. Do not edit. -->

\`duba engine\`, \`duba-engine\`, and duba under the name \`duplicity\` take the command line of duplicity 0.8.22, and the
spellings of 3.x as well. Options may stand anywhere and may be cut short to what only one begins with.

## Commands

| command | arguments | |
| --- | --- | --- |
| none, \`backup\`, \`bu\` | path URL | incremental, or full where there is nothing to continue |
| \`full\`, \`fb\` | path URL | full backup |
| \`incremental\`, \`ib\` | path URL | incremental backup, or an error |
| none, \`restore\`, \`rb\` | URL path | restores |
| \`verify\`, \`vb\` | URL path | checks the backup; with \`--compare-data\` also compares |
| \`collection-status\`, \`st\` | URL | chains and sets |
| \`list-current-files\`, \`ls\` | URL | files of a backup |
| \`check\` | URL | judges each backup set; with \`--read-data\` reads all volumes, or a sample of them |

Words of 0.8.22 may be cut short (\`inc\`, \`f\`). \`cleanup\`, \`remove-older-than\`, \`remove-all-but-n-full\`,
\`remove-all-inc-of-but-n-full\` and \`replicate\` come in a later version and end with 33.

## What differs from duplicity on purpose

- \`restore PATH URL\` is an error; duplicity makes a backup.
- \`--volsize\` and \`--num-retries\` below 1 are errors.
- A time or count that is none ends with 2, an empty or malformed pattern with 15; duplicity ends with 30.
- A temporary directory that is missing ends with 35.
- Records of the machine log are never lost to names that are not UTF-8: they hold U+FFFD.
- A passphrase is asked for only where it is needed or, on a terminal, before anything is read. With \`--event-fd\`
  nobody is asked.
- SIGTERM and SIGHUP end the run in good order (143 and 129); SIGINT with 4, as in duplicity.
- A restore that could not bring back an object completely ends with 1; duplicity ends with 0.
- New archive directories are 0700.

## Environment

\`PASSPHRASE\`, \`SIGN_PASSPHRASE\`, \`TMPDIR\`, \`TEMP\`, \`TMP\`, \`XDG_CACHE_HOME\`, \`HOME\`, \`TZ\`, and what gpg reads.

## Options

${groups.join('\n')}`
}

function line(row) {
  const { since, deprecated, hidden, effect, help } = row
  const notes = [
    help,
    effects[effect] ?? '',
    deprecated === undefined ? '' : 'Deprecated.',
    hidden === true ? 'Not in the help.' : '',
    since === 'duba' ? 'Of duba.' : '',
  ]
  const text = notes.filter((note) => note !== '').join(' ')
  return `| ${spellingsOf(row)} | ${text.replaceAll('|', '\\|')} |`
}

function spellingsOf({ short, name, spellings = [], newer = [] }) {
  const long = [name, ...spellings, ...newer].map((each) => `--${each}`)
  return [...(short === undefined ? [] : [`-${short}`]), ...long].map((each) => `\`${each}\``).join(', ')
}
