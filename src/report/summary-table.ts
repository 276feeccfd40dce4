/** The summary of a run for people. */
import { columns, durationText, printable, sizeText } from './printable.ts'
import type { JobResult, Note, RunSummary } from './summary.ts'
import { type Verdict, verdicts } from './verdict.ts'

const shownNotes = 5

/** Lines of the table, one job a line, then what else is worth knowing. */
export function summaryTable(summary: RunSummary): string[] {
  const header = ['JOB', 'VERDICT', 'KIND', 'NEW', 'CHANGED', 'DELETED', 'UPLOADED', 'TIME', 'REASON']
  const table = columns([header, ...summary.jobs.map(row)], [3, 4, 5, 6, 7])
  const notes = summary.jobs.flatMap((result) => notesOf(printable(result.job), result.notes))
  const notices = summary.notices.map(({ text }) => `note: ${printable(text)}`)
  return [...(summary.jobs.length === 0 ? [] : table), ...notes, ...notices, total(summary)]
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
    result.reason === undefined ? '' : printable(result.reason.text),
  ]
}

function notesOf(job: string, notes: readonly Note[]): string[] {
  const lines = notes.slice(0, shownNotes).map(({ text }) => `note: ${job}: ${printable(text)}`)
  const more = notes.length - shownNotes
  return more > 0 ? [...lines, `note: ${job}: ${more} more; the log has them`] : lines
}

function total({ jobs, start, end, runId, dryRun, signal }: RunSummary): string {
  const counts = verdicts
    .map((verdict): [Verdict, number] => [verdict, jobs.filter((job) => job.verdict === verdict).length])
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  const what = `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}`
  const ended = signal === undefined ? '' : `, interrupted by ${signal}`
  const dry = dryRun ? ' (dry run: nothing was stored)' : ''
  const verdict = counts.length === 0 ? '' : `: ${counts.join(', ')}`
  return `${what}${verdict}${ended} in ${durationText(end - start)}${dry}; run ${runId}`
}
