/** The summary of a run as a mail: headers and text for `sendmail -t`, to which one adds whom it goes to. */
import { formatMoment } from '../format/time.ts'
import { ageText, durationText, printable } from './printable.ts'
import { exitOfRun, type JobResult, type RunFault, type RunSummary, verdictsOf } from './summary.ts'
import { noteLines, resultTable, verdictCounts } from './summary-table.ts'
import { verdicts, worstVerdict } from './verdict.ts'

export interface MailOptions {
  readonly host: string
  /** Seconds since the epoch of the end of the last good backup of a job before this run. */
  readonly lastSuccess: (job: string) => number | undefined
}

/** Lines of the mail. The subject tells it all; reasons come first, the table after them, and errors once more at the end. */
export function summaryMail(summary: RunSummary, { host, lastSuccess }: MailOptions): string[] {
  const { jobs, start, end, runId, faults = [] } = summary
  const bad = worstFirst(jobs).filter(({ verdict }) => verdict !== 'ok')
  const errors = bad.filter(({ verdict }) => verdict === 'failed' || verdict === 'stalled')
  return [
    `Subject: ${encodedHeader(subject(summary, host))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    'Auto-Submitted: auto-generated',
    '',
    `Verdict: ${verdictWord(summary)} (exit status ${exitOfRun(summary)})`,
    '',
    `${verdictCounts(summary)}.`,
    `Host ${host}, from ${formatMoment(start)} to ${formatMoment(end)} (${durationText(end - start)}).`,
    `Run ${runId}.`,
    ...(summary.signal === undefined ? [] : [`Interrupted by ${summary.signal}.`]),
    ...(summary.dryRun ? ['This was a dry run: nothing was stored.'] : []),
    ...section('What went wrong', [
      ...faults.map(faultLine),
      ...bad.flatMap((result) => reasonLines(result, lastSuccess(result.job), end)),
    ]),
    ...section('All jobs', resultTable(jobs)),
    ...section('Notes', noteLines(summary)),
    ...section(
      'Errors again',
      errors.map(({ job, reason }) => `${printable(job)}: ${printable(reason?.text ?? '')}`),
    ),
  ]
}

/** The line that is read in a list of mails: verdict, host, counts, and the worst reason. */
function subject(summary: RunSummary, host: string): string {
  const ended = [...summary.jobs, ...(summary.faults ?? []).map((fault) => ({ job: 'the run', ...fault }))]
  const worst = worstFirst(ended).find(({ verdict }) => verdict !== 'ok')
  const why = worst?.reason === undefined ? '' : ` - ${worst.job}: ${worst.reason.text}`
  const line = `[duba] ${verdictWord(summary)} on ${host}: ${verdictCounts(summary)}${why}`
  return printable(line.length > 200 ? `${line.slice(0, 199)}…` : line)
}

function verdictWord(summary: RunSummary): string {
  if (summary.signal !== undefined) return 'INTERRUPTED'
  const found = verdictsOf(summary)
  // Some jobs that were skipped make no bad run; the counts name them.
  return worstVerdict(
    found.some((verdict) => verdict === 'ok') ? found.filter((verdict) => verdict !== 'skipped') : found,
  ).toUpperCase()
}

function worstFirst<T extends Pick<JobResult, 'verdict'>>(jobs: readonly T[]): T[] {
  return [...jobs].sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict))
}

function faultLine({ verdict, reason }: RunFault): string {
  return `${verdict.toUpperCase()}  the run: ${printable(reason.text)}`
}

function reasonLines(
  { job, verdict, reason, log }: JobResult,
  good: number | undefined,
  now: number,
): string[] {
  const age = good === undefined ? 'none on record' : `${formatMoment(good)}, ${ageText(now - good)} ago`
  return [
    `${verdict.toUpperCase()}  ${printable(job)}: ${printable(reason?.text ?? '')}`,
    ...(verdict === 'failed' || verdict === 'stalled' ? [`    last good backup: ${age}`] : []),
    ...(log === undefined ? [] : [`    log: ${printable(log)}`]),
  ]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, '-'.repeat(title.length), ...lines]

/** A header's text; what is not ASCII as encoded words of at most 75 characters (RFC 2047 §2). */
function encodedHeader(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 45) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...words, piece].map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ')
}
