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

A reference is followed only by commands that need the secret, never to show or check something.

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
