/** man/duba.1 and man/duba-engine.1, from the same data as the help texts. */
import { bold, escaped, head, italic, item, literal, prose, section, subsection } from './roff.mjs'

/** The page of `duba`. */
export function dubaManual({ commands, dubaStatus, version }) {
  const [example] = commands
  if (example === undefined) throw new Error('there are no commands')
  return page(
    head({ name: 'duba', version, title: 'User Commands' }),
    section('NAME', 'duba \\- encrypted backups of directories, in the archive format of duplicity'),
    section('SYNOPSIS', `${bold('duba')} [${italic('command')}] [${italic('options')}]`),
    section(
      'DESCRIPTION',
      prose(
        `duba backs up the directories that its configuration names, each to a destination of its own, side by side. Without a command it makes the backup. What it stores, duplicity reads, and it goes on with what duplicity has stored.`,
      ),
      '.PP',
      prose(
        'Every job ends with a verdict: failed, stalled, warning, skipped or ok. Old backups of a job are deleted only after a good one.',
      ),
    ),
    section('COMMANDS', ...commands.map(commandPart)),
    section(
      'OPTIONS OF EVERY COMMAND',
      item(
        `${bold('--config')} ${italic('FILE')}`,
        'Configuration file, in place of `/etc/duba/duba.json`. The directory `conf.d` beside it belongs to it.',
      ),
      item(`${bold('-h')}, ${bold('--help')}`, 'Show help, also of one command.'),
      item(`${bold('-V')}, ${bold('--version')}`, 'Show the version.'),
    ),
    section(
      'EXIT STATUS',
      ...Object.entries(dubaStatus).map(([status, meaning]) => item(status, meaning)),
      '.PP',
      prose('`duba check` ends as plugins do: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.'),
    ),
    section(
      'FILES',
      item('/etc/duba/duba.json', 'The configuration. It decides what runs as root: keep it at mode 0600.'),
      item('/etc/duba/conf.d/*.json', 'Further files, which count in the order of their names.'),
      item('/var/lib/duba/status.json', 'What duba did last, for `duba status` and `duba check`.'),
      item('/var/log/duplicity/', 'A log file of each job, unless `logdir` says otherwise.'),
      item('~/.cache/duplicity/', 'Copies of manifests and signatures, unless `cache_dir` says otherwise.'),
    ),
    section(
      'ENVIRONMENT',
      item('GNUPGHOME', 'The GnuPG home directory with the keys.'),
      item(
        'PASSPHRASE',
        'For reading backups: the passphrase of the secret key, where the configuration gives none.',
      ),
    ),
    section(
      'EXAMPLES',
      literal([
        'duba config validate',
        'duba plan',
        'duba backup /etc',
        'duba versions /etc/ssh/sshd_config',
        'duba restore /etc/ssh/sshd_config --to /tmp/r --time 3D',
        'duba exec /etc -- collection-status',
      ]),
    ),
    section('SEE ALSO', `${bold('duba-engine')}(1), ${bold('duplicity')}(1), ${bold('gpg')}(1)`),
  )
}

/** The page of the engine. */
export function engineManual({ optionGroups, synopsis, usageText, engineExit, version }) {
  // The words of the help text, under the engine's own name.
  const lines = usageText
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim().replace(/^duplicity/, 'duba-engine'))
  const rows = Object.entries(optionGroups).map(([title, group]) => [
    title,
    group.filter(({ hidden }) => hidden !== true),
  ])
  const statuses = [...new Set(Object.values(engineExit))].sort((a, b) => a - b)
  const codes = (status) =>
    Object.keys(engineExit)
      .filter((code) => engineExit[code] === status)
      .join(', ')
  return page(
    head({ name: 'duba-engine', version, title: 'User Commands' }),
    section('NAME', 'duba-engine \\- the command line of duplicity, on the engine of duba'),
    section('SYNOPSIS', literal(lines)),
    section(
      'DESCRIPTION',
      prose(
        'Takes the command line of duplicity 0.8.22, and the spellings of 3.x as well, and reads and writes the same archives. `duba engine` is the same, and so is duba under the name `duplicity`. Options may stand anywhere and may be cut short to what only one begins with.',
      ),
    ),
    section(
      'OPTIONS',
      ...rows
        .filter(([, group]) => group.length > 0)
        .map(([title, group]) =>
          subsection(title, ...group.map((row) => item(bold(synopsis(row)), row.help))),
        ),
    ),
    section(
      'EXIT STATUS',
      item('0', 'Done.'),
      item('1', '`verify` found differences, `check` found damage.'),
      ...statuses.filter((status) => status > 1).map((status) => item(String(status), `${codes(status)}.`)),
    ),
    section('SEE ALSO', `${bold('duba')}(1), ${bold('duplicity')}(1), ${bold('gpg')}(1)`),
  )
}

const page = (...parts) => `${parts.join('\n')}\n`

function commandPart({ command, describe, positionals, options }) {
  const [words = ''] = [command].flat()
  const typed = words
    .split(' ')
    .map((word, index) => (index === 0 ? word : word.toUpperCase()))
    .join(' ')
  return subsection(
    `duba ${typed}`,
    prose(`${describe}.`),
    ...Object.entries(positionals).map(([name, { describe: meaning, choices }]) =>
      item(italic(choices?.join('|') ?? name.toUpperCase()), meaning ?? ''),
    ),
    ...Object.entries(options).map(([name, option]) => optionItem(name, option)),
  )
}

/** What an option's value stands for, where it is not simply a value. */
const values = {
  ...{ to: 'DIR', tempdir: 'DIR', 'gpg-home': 'DIR', metrics: 'FILE', key: 'FILE', 'status-file': 'FILE' },
  ...{ time: 'TIME', url: 'URL', host: 'NAME', dest: 'NAME', 'sign-key': 'KEY', 'owner-map': 'MAP' },
}

function optionItem(name, { type, choices, alias, describe = '' }) {
  // A switch that is on unless it is switched off says so itself.
  const [, before = '', off] = /^(.*?)--no-[a-z-]+: (.*)$/.exec(describe) ?? []
  if (off !== undefined) {
    const condition = before.replace(/,? *$/, '').replace(/^With$/, '')
    const meaning = condition === '' ? off.charAt(0).toUpperCase() + off.slice(1) : `${condition}: ${off}`
    return item(bold(`--no-${name}`), meaning)
  }
  const names = [...[alias ?? []].flat(), name].map((each) =>
    bold(`${each.length === 1 ? '-' : '--'}${each}`),
  )
  const value = choices === undefined ? italic(values[name] ?? 'VALUE') : escaped(choices.join('|'))
  return item(type === 'boolean' ? names.join(', ') : `${names.join(', ')} ${value}`, describe)
}
