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

The file holds passwords and decides what runs as root: keep it at mode 0600.

## Keys of the configuration

${table(plain)}

## Keys of a source

${table(source)}

## Patterns

${schema.$defs.patterns.description} Everything below what a pattern matches is left out with it. The patterns for all
sources come before those of a source.

## Times

${schema.$defs.time.description}

## Environment of a job

A job sees the variables of \`env\`, over these of duba's own environment: \`PATH\`, \`HOME\`, \`USER\`, \`LOGNAME\`, \`LANG\`,
\`LC_*\`, \`TZ\`, \`GNUPGHOME\`, \`XDG_*\`, \`TMPDIR\` and the variables for proxies. For \`restore\` and \`ls\`, \`PASSPHRASE\` and
\`SIGN_PASSPHRASE\` are handed on too where \`env\` does not set them. The values of variables whose names sound secret
(pass, secret, token, key and the like) are masked in every log, report and error.
`
}

function table({ properties, required = [] }) {
  const rows = Object.entries(properties)
    .filter(([name]) => name !== '$schema')
    .map(([name, part]) => {
      const must = required.includes(name) ? ' **Required.**' : ''
      const standard = part.default === undefined ? '' : ` Default: \`${JSON.stringify(part.default)}\`.`
      return `| \`${name}\` | ${type(part)} | ${part.description.replaceAll('|', '\\|')}${standard}${must} |`
    })
  return ['| key | type | meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

function type(part) {
  if (part.items?.$ref !== undefined) return 'list of [sources](#keys-of-a-source)'
  if (part.type === 'array') return 'list of texts'
  const words = {
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
    object: 'object of texts',
  }
  return words[part.type]
}
