/** The help, made from the table of options. */
import type { OptionRow } from './option-row.ts'
import { optionGroups } from './options.ts'

/** How the command is called. */
export const usageText = `Usage:
  duplicity [full|incremental|backup] [options] source_dir target_url
  duplicity [restore] [options] source_url target_dir
  duplicity verify [options] source_url local_dir
  duplicity collection-status [options] target_url
  duplicity list-current-files [options] target_url
  duplicity check [--read-data[=N%]] [options] target_url
  duplicity cleanup [options] [--force] target_url
  duplicity remove-older-than time [options] [--force] target_url
  duplicity remove-all-but-n-full count [options] [--force] target_url
  duplicity remove-all-inc-of-but-n-full count [options] [--force] target_url
  duplicity replicate [options] source_url target_url

`

const WIDTH = 100
const INDENT = 30

/** Usage and every option that is not hidden. */
export function helpText(): string {
  const groups = Object.entries(optionGroups).map(([title, rows]) => {
    const lines = (rows as readonly OptionRow[]).filter(({ hidden }) => hidden !== true).map(helpOf)
    return lines.length === 0 ? '' : `${title}:\n${lines.join('')}\n`
  })
  return `${usageText}${groups.join('')}`
}

/** How an option is written, with its value: `-t time, --restore-time=time, --time=time`. */
export function synopsis(row: OptionRow): string {
  const value = metavar(row)
  const long = [row.name, ...(row.spellings ?? []), ...(row.newer ?? [])]
  const short = row.short === undefined ? [] : [value === '' ? `-${row.short}` : `-${row.short} ${value}`]
  const separator = row.kind === 'pair' ? ' ' : row.kind === 'percent' ? '' : '='
  return [...short, ...long.map((name) => `--${name}${value === '' ? '' : separator + value}`)].join(', ')
}

function metavar({ kind, metavar: given, choices }: OptionRow): string {
  if (given !== undefined) return given
  switch (kind) {
    case 'flag':
      return ''
    case 'percent':
      return '[=N%]'
    case 'int':
      return 'number'
    case 'file':
      return 'file'
    case 'time':
      return 'time'
    case 'choice':
      return (choices ?? []).join('|')
    case 'verbosity':
      return 'level'
    case 'words':
      return 'options'
    case 'pair':
    case 'key':
    case 'separator':
    case 'text':
      return 'text'
  }
}

function helpOf(row: OptionRow): string {
  const head = `  ${synopsis(row)}`
  const lines = wrap(row.help, WIDTH - INDENT)
  const body = lines.map((line) => ' '.repeat(INDENT) + line)
  if (head.length < INDENT - 1) body[0] = head.padEnd(INDENT) + (lines[0] ?? '')
  else body.unshift(head)
  return `${body.join('\n')}\n`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
