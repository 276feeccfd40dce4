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
| \`cleanup\` | URL | deletes what belongs to no chain |
| \`remove-older-than\`, \`ro\` | time URL | deletes chains that ended before a time |
| \`remove-all-but-n-full\`, \`ra\` | count URL | keeps the newest fulls and what came after |
| \`remove-all-inc-of-but-n-full\`, \`ri\` | count URL | of older chains keeps only the full |
| \`replicate\` | URL URL | copies complete backup sets to another destination |

Words of 0.8.22 may be cut short (\`inc\`, \`f\`).

The commands that delete need \`--force\`; without it they list. With \`--dry-run\` as well they say what they would do.
The chain with the newest backup that has signatures is never deleted. What is deleted is planned from a listing,
compared with a second one, and then deleted so that whatever interrupts it leaves whole backup sets: run it again and it
is completed. A listing that fails deletes nothing.

\`replicate\` decodes every file and encodes it under the options of the command line, so it also changes keys or
compression. It needs the secrets of both sides. Only complete sets of chains are copied, each with its manifest last; run
again, it copies what is missing. With \`--time\`, sets that ended before that moment.

## Checking and salvaging

\`check\` looks at everything a repository holds, writes nothing, stops at nothing, and judges each backup set: good,
suspicious (it restores, but something is not as it should be: a signature archive is missing, a plaintext file stands
beside encrypted ones, two sets end in one second) or damaged, each with its reasons. It ends with 0 if all is good, else
with 1. What an interrupted session left is counted and no fault. Without the secrets it looks at encrypted files from
outside, by the manifests of the archive directory where they are there, and says so. \`--read-data\` reads each volume to
its end: hash, decryption, names, order, blocks over volumes, deltas, the recorded checksum of each file that is stored
whole. \`--read-data=5%\` reads a random sample; \`--sample-seed\` repeats it. A directory named \`check\` is backed up as
\`./check\`.

\`restore --ignore-errors\` is a salvage. Volumes that are missing, altered, closed, hostile or broken inside are passed
over; so are manifests (the volumes are then used without) and whole sets. At the end it tells, on standard output:
\`LOST\`, each part that cannot be read, with the range of paths concerned; and where the signature archives are at hand,
each path: \`DAMAGED\` (its content is there in parts; nothing is written), \`MISSING\`, and \`OLDER\` (restored in the
last version that can be proven, with its date). A delta is never put on a version that may be another one, unless the
recorded checksum proves the result. Directories, links and devices come back from the signature archives alone. The
status is 60, or 0 if everything was whole. The archive directory is not changed.

## What differs from duplicity on purpose

- \`restore PATH URL\` is an error; duplicity makes a backup.
- \`--volsize\` and \`--num-retries\` below 1 are errors.
- A time or count that is none ends with 2, an empty or malformed pattern with 15; duplicity ends with 30.
- A temporary directory that is missing ends with 35.
- A restore needs temporary space for the volumes that it holds at once (of each set the two largest of those it reads), none
  where they are read in place; duplicity asks for 1.3 times \`--volsize\`, whatever the volumes are.
- Records of the machine log are never lost to names that are not UTF-8: they hold U+FFFD.
- A passphrase is asked for only where it is needed or, on a terminal, before anything is read. With \`--event-fd\`
  nobody is asked.
- SIGTERM and SIGHUP end the run in good order (143 and 129); SIGINT with 4, as in duplicity.
- A restore that could not bring back an object completely ends with 1; duplicity ends with 0.
- A restore or verify for a time before the first backup is refused, with the time of the oldest; duplicity takes that one
  without a word. \`list-current-files\` lists it with a warning, as duplicity does.
- New archive directories are 0700.
- A key that is expired, revoked or cannot be used is refused before anything is written, to the archive directory too.
- With \`--sign-key\`, manifests and signature archives must be signed as well as volumes, and nothing of a file is used
  before its signature was found good; what is not encrypted has none, and is used with \`--no-encryption\` only. A full
  backup leaves out what is not signed.
- A file that is not encrypted in a set that is (by its manifest) is not used. Sets that are not encrypted and end after
  the first encrypted one are neither restored nor verified nor replicated without \`--no-encryption\`, with a warning; a
  plain full with encrypted incrementals is as good as ever where no signer is demanded.
- \`remove-older-than\` with a time after the newest backup keeps the signatures of the active chain in both places;
  duplicity deletes those at the destination, and the next backup has to be a full one.
- A session that was interrupted and could be resumed counts as no backup for the remove commands, and \`cleanup\` deletes
  it only with \`--force\`.
- \`cleanup\` also finds incrementals that a longer one with the same start has displaced (together with their signatures,
  so that those of the longer one stay), and signatures of a chain of which no volume and no manifest is left. The cached
  manifests of what it deletes go at once.
- A last incremental whose signatures are lost or empty is restored, verified and checked like any other, \`cleanup\` does not
  delete it, and only the next incremental builds on the set before it. duplicity restores the older state, and \`cleanup\`
  deletes the newest. \`collection-status\` counts it as incomplete, as duplicity does where the signatures are lost; duplicity
  looks at no sizes, and takes empty ones for a backup of nothing.
- A manifest that lost volumes that are there (a plain one cut between two) ends restore, verify and replicate with 6, \`check\` calls it damaged, and
  \`restore --ignore-errors\` uses the volumes without it; duplicity restores a part and ends with 0. Volumes that a whole manifest
  does not name (by the list of files behind its last volume, or by its compression or encryption) may be left of an interrupted
  session: they are told and not read.
- \`list-current-files\`, \`versions\` and \`compare\` are made of signatures alone. Where a backup has none that can be used, they
  tell what is known, name that backup, and end with 18; duplicity lists the older state with a warning and ends with 0. They use
  the sets that a restore would use: plain ones behind encrypted ones, and with \`--sign-key\` all that is not signed, are left
  out with a warning, and hide nothing.
- A backup warns where the chain that it continues lacks volumes, or where a file of it has another size than was uploaded
  from this archive directory, and goes on; of sizes, \`check\` calls the set damaged. duplicity looks at neither.
- A file that the destination does not let be deleted ends the removal there, with a warning; the status stays 0.
- \`replicate\` keeps host name, source directory and list of files in the manifest, so that the replica can be continued
  with incrementals; duplicity drops them. With \`--sign-key\` it checks signature archives and manifests too. It honours
  \`--dry-run\`, checks each upload, and refuses to copy a place onto itself.

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
