/** The summary of a run for people. */
import { columns, durationText, printable, sizeText } from './printable.ts'
import type { JobResult, Note, RunSummary } from './summary.ts'
import { type Verdict, verdicts } from './verdict.ts'

const shownNotes = 5

/** Lines of the table, one job a line, then what else is worth knowing, then every reason, and the totals. */
export function summaryTable(summary: RunSummary): string[] {
  const { jobs, start, end, runId, dryRun, signal } = summary
  const ended = signal === undefined ? '' : `, interrupted by ${signal}`
  const dry = dryRun ? ' (dry run: nothing was stored)' : ''
  const total = `${verdictCounts(summary)}${ended} in ${durationText(end - start)}${dry}; run ${runId}`
  return [...resultTable(jobs), ...noteLines(summary), ...reasons(summary), total]
}

const header = ['JOB', 'VERDICT', 'KIND', 'NEW', 'CHANGED', 'DELETED', 'UPLOADED', 'TIME', 'REASON']
const numbers = new Set(['NEW', 'CHANGED', 'DELETED', 'UPLOADED', 'TIME'])

/** One job a line, under a header; reasons by their codes. Without the columns that say nothing of any job, such as the
 * counts of files where nothing was backed up. Nothing without jobs. */
export function resultTable(jobs: readonly JobResult[]): string[] {
  if (jobs.length === 0) return []
  const rows = jobs.map(row)
  const shown = [...header.keys()].filter((at) => rows.some((cells) => cells[at] !== '-' && cells[at] !== ''))
  const pick = (cells: readonly string[]): string[] => shown.map((at) => cells[at] ?? '')
  const right = shown.flatMap((at, place) => (numbers.has(header[at] ?? '') ? [place] : []))
  return columns([header, ...rows].map(pick), right)
}

function row(result: JobResult): string[] {
  const { files, start, end, bytesUploaded } = result
  const count = (value: number | undefined): string => (value === undefined ? '-' : String(value))
  return [
    printable(result.job),
    result.verdict,
    result.kind ?? '-',
    count(files?.new),
    count(files?.changed),
    count(files?.deleted),
    bytesUploaded === undefined ? '-' : sizeText(bytesUploaded),
    start === undefined || end === undefined ? '-' : durationText(end - start),
    printable(result.reason?.code ?? ''),
  ]
}

/** The notes of all jobs and of the run. */
export function noteLines({ jobs, notices }: RunSummary): string[] {
  return [
    ...jobs.flatMap((result) => notesOf(printable(result.job), result.notes)),
    ...notices.map(({ text }) => `note: ${printable(text)}`),
  ]
}

function notesOf(job: string, notes: readonly Note[]): string[] {
  const lines = notes.slice(0, shownNotes).map(({ text }) => `note: ${job}: ${printable(text)}`)
  const more = notes.length - shownNotes
  return more > 0 ? [...lines, `note: ${job}: ${more} more; the log has them`] : lines
}

/** Why jobs are not ok: the worst last, where the eye is when a long run has ended. */
function reasons({ jobs, faults = [] }: RunSummary): string[] {
  const worstLast = [...verdicts].reverse().filter((verdict) => verdict !== 'ok')
  const ended = [...jobs, ...faults.map((fault) => ({ job: 'the run', ...fault }))]
  return worstLast.flatMap((verdict) =>
    ended.flatMap((result) =>
      result.verdict === verdict && result.reason !== undefined
        ? [`${verdict}: ${printable(result.job)}: ${printable(result.reason.text)}`]
        : [],
    ),
  )
}

/** Such as `3 jobs: 1 failed, 2 ok`. */
export function verdictCounts({ jobs }: RunSummary): string {
  const counts = verdicts
    .map((verdict): [Verdict, number] => [verdict, jobs.filter((job) => job.verdict === verdict).length])
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  const what = `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}`
  return counts.length === 0 ? `${what}: the configuration has none to do` : `${what}: ${counts.join(', ')}`
}
