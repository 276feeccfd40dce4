/** docs/config.md: every key of the configuration, from the schema. */
import { inlined } from './schema.mjs'

export function configReference(schema) {
  const plain = inlined(schema)
  const { source } = plain.$defs
  return `# Configuration

<!-- Generated from schemas/duba.schema.json by \`npm run generate\`. Do not edit. -->

duba reads one JSON file: \`/etc/duba/duba.json\`, or the one named with \`--config\`. Unknown keys are errors. An editor that knows JSON schemas completes and checks the file with
[duba.schema.json](../schemas/duba.schema.json). Runnable configurations are in [examples](../examples).

${plain.description}

## Files

The file decides what runs as root, and often holds passwords: keep it at mode 0600. A file that belongs to somebody else
than root or the user who runs duba, that its group or others can write, or that lies in or behind a directory which
others can write (directories with the sticky bit, such as \`/tmp\`, excepted) is refused. The same holds for the programs
of hooks and for scripts that are given to them, for programs and files of [secrets](#secrets), and for files of
patterns. A file that holds secrets and that everybody can read gives a warning.

\`/etc/duba/conf.d/*.json\`, or the directory \`conf.d\` beside the file named with \`--config\`, holds further files in the
same format. They count in the order of their names, after the main file:

- sources are merged by \`path\` and \`name\`, destinations of a source by \`name\`; new ones are added;
- patterns (\`backup_excludes\`, \`excludes\`, files of patterns) are added, and so are hooks, and includes, if the
  main file allows \`includes\` or leaves nothing out;
- objects such as \`env\` and \`verdicts\` are merged member by member;
- any other value takes the place of the one before.

What is set elsewhere, for all or for a source that another file adds, they change only as far as the \`conf_d_may\` of the
main file allows it: \`dest\` stands for destinations, cache directories, \`divide\` and variables of \`env\`; \`keys\` for keys,
\`encryption\`, and the variables \`PASSPHRASE\`, \`SIGN_PASSPHRASE\` and \`GNUPGHOME\`; \`hooks\` for hooks;
\`retention\` for what decides which backups are deleted (\`retention_time\`, \`keep_…\`, \`prune\`, \`orphan_grace\`,
\`max_unreadable…\`); \`verdicts\` for what is checked and how it is judged (\`must_exist\`, \`min_…\`,
\`max_shrink_percent\`, \`max_age\`, \`state_dir\`, and in any case \`state\` and \`verdicts\`). A source that such a file adds is its
own in all of this. \`version\` and \`conf_d_may\` can be set only in the main file.

\`duba config show --origin\` tells which file and line sets each value, with secrets masked. \`duba config validate\` tells
every fault of all files, each with file, line, path, value and remedy, and ends with 2 if there is any; \`--json\` is for
machines. \`duba config validate FILE\` checks a file that is not in its place yet, alone; with \`--part\`, as a file of
\`conf.d\` together with the configuration, in place of the one of its name if there is one (\`--as a.json\` where it has a name for the
time being, as in \`validate\` of Ansible). Owner and mode of such a file give warnings only. Checking and showing start
nothing, open no secret and use no network. \`duba config schema\` prints the JSON schema.

## Keys of the configuration

${table(plain, plain.$defs)}

## Keys of a source

${table(source, plain.$defs)}

## Keys of a destination

${table(plain.$defs.destination, plain.$defs)}

## Hooks

${plain.$defs.hooks.description}

${table(plain.$defs.hooks, plain.$defs)}

${plain.$defs.hook.description}

${table(plain.$defs.hook, plain.$defs)}

## Divide

${plain.$defs.divide.description}

${table(plain.$defs.divide, plain.$defs)}

## Window

${plain.$defs.window.description}

${table(plain.$defs.window, plain.$defs)}

## Secrets

A value in an \`env\` is a text or a reference to where the secret is, an object with one of these keys:

${table(plain.$defs.secret, plain.$defs)}

A reference is followed only by commands that need the secret, never to show or check something, and once in a run. A
newline at the end is dropped; what is empty, larger than 64 KiB, no UTF-8 text, or holds a NUL byte is refused. A
program is started without a shell and without secrets in its environment, and has 30 seconds. If a secret of one job
cannot be had, that job fails and the others go on. A secret is never shown, logged or put on a command line.

## Patterns

${schema.$defs.patterns.description} Everything below what a pattern matches is left out with it. The patterns for all
sources come before those of a source.

## Times

${schema.$defs.time.description}

Where a time span is asked for, it is ${lower(schema.$defs.duration.description)}

## Environment of a job

A job sees the variables of \`env\`, over these of duba's own environment: \`PATH\`, \`HOME\`, \`USER\`, \`LOGNAME\`, \`LANG\`,
\`LC_*\`, \`TZ\`, \`GNUPGHOME\`, \`XDG_*\`, \`TMPDIR\` and the variables for proxies. For \`restore\` and \`ls\`, \`PASSPHRASE\` and
\`SIGN_PASSPHRASE\` are handed on too where \`env\` does not set them. The values of variables whose names sound secret
(pass, secret, token, key and the like) are masked in every log, report and error.
`
}

function table({ properties, required = [] }, definitions) {
  const rows = Object.entries(properties)
    .filter(([name]) => name !== '$schema')
    .map(([name, part]) => {
      const must = required.includes(name) ? ' **Required.**' : ''
      const standard = part.default === undefined ? '' : ` Default: \`${JSON.stringify(part.default)}\`.`
      return `| \`${name}\` | ${type(part, definitions)} | ${part.description.replaceAll('|', '\\|')}${standard}${must} |`
    })
  return ['| key | type | meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

const places = {
  Source: '[source](#keys-of-a-source)',
  Destination: '[destination](#keys-of-a-destination)',
  Hooks: '[hooks](#hooks)',
  Hook: '[hook](#hooks)',
  TimeWindow: '[window](#window)',
  Divide: '[divide](#divide)',
}

function type(part, definitions) {
  if (part.$ref !== undefined) {
    const { title } = definitions[part.$ref.replace('#/$defs/', '')]
    return title === 'Divide' ? 'true, false or [object](#divide)' : places[title]
  }
  if (part.type === 'array') {
    return part.items.$ref === undefined ? 'list of texts' : `list of ${type(part.items, definitions)}`
  }
  if (part.propertyNames !== undefined) return 'object of texts'
  const words = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false' }
  return [part.type]
    .flat()
    .map((word) => words[word])
    .join(' or ')
}

const lower = (sentence) => sentence[0].toLowerCase() + sentence.slice(1)
