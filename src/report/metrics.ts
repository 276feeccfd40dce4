/**
 * The status document as metrics, in text that is valid OpenMetrics 1.0 and valid Prometheus text format 0.0.4 alike, as the
 * textfile collector of node_exporter reads it: gauges only, times in seconds since the epoch, the ending `# EOF` being a
 * comment there. The label is `duba_job` because Prometheus gives every series a `job` of its own.
 */
import {
  type Operation,
  type StatusDocument,
  type StatusJob,
  type StatusOperation,
  type StatusRun,
} from './status-document.ts'
import { printable } from './printable.ts'
import { verdicts } from './verdict.ts'

type Labels = Readonly<Record<string, string>>

interface Sample {
  readonly labels: Labels
  readonly value: number
}

interface Family {
  readonly name: string
  /** One sentence without line ends and double quotes, which the two formats escape differently. */
  readonly help: string
  readonly samples: (document: StatusDocument) => Iterable<Sample>
}

/** Every metric, in the order in which it is written. The documentation lists them from here. */
export const metricFamilies: readonly Family[] = [
  {
    name: 'duba_info',
    help: 'Always 1; the labels say which version of duba wrote this on which host.',
    samples: ({ host, duba_version: version }) => [{ labels: { host, version }, value: 1 }],
  },
  {
    name: 'duba_status_updated_timestamp_seconds',
    help: 'When the status document was written.',
    samples: ({ updated }) => [{ labels: {}, value: seconds(updated) }],
  },
  {
    name: 'duba_job_expected',
    help: '1 for a job that the configuration asks for, 0 for one that is only remembered.',
    samples: ({ expected, jobs }) => {
      // What has vanished is waited for no longer.
      const asked = new Set(expected?.jobs.flatMap(({ job, vanished }) => (vanished ? [] : [job])))
      const names = new Set([...asked, ...Object.keys(jobs)])
      return [...names].map((job) => ({ labels: { duba_job: job }, value: asked.has(job) ? 1 : 0 }))
    },
  },
  {
    name: 'duba_job_last_run_timestamp_seconds',
    help: 'End of the last run of an operation.',
    samples: ofRuns(({ end }) => seconds(end)),
  },
  {
    name: 'duba_job_last_success_timestamp_seconds',
    help: 'End of the last run of an operation with verdict ok or warning; 0 if there was none yet.',
    samples: ofOperations(({ last_success: end }) => (end === null ? 0 : seconds(end))),
  },
  {
    name: 'duba_job_verdict',
    help: '1 for the verdict of the last run of an operation, 0 for the other verdicts.',
    samples: function* (document) {
      for (const { labels, operation } of operationsOf(document)) {
        for (const verdict of verdicts) {
          yield { labels: { ...labels, verdict }, value: operation.last.verdict === verdict ? 1 : 0 }
        }
      }
    },
  },
  {
    name: 'duba_job_last_run_duration_seconds',
    help: 'Duration of the last run of an operation.',
    samples: ofRuns(({ start, end }) => (start === null ? undefined : seconds(end) - seconds(start))),
  },
  {
    name: 'duba_job_notes',
    help: 'What was worth a note in the last run of an operation and did not change its verdict.',
    samples: ofRuns(({ notes_count: count }) => count),
  },
  {
    name: 'duba_job_uploaded_bytes',
    help: 'Stored bytes that the last run of an operation sent to the destination.',
    samples: ofRuns(({ bytes_uploaded: bytes }) => bytes),
  },
  {
    name: 'duba_job_source_bytes',
    help: 'Bytes of the files in the source, as the last backup that looked at all of it counted them.',
    samples: ofSources('source_bytes'),
  },
  {
    name: 'duba_job_source_files',
    help: 'Entries of the source, as the last backup that looked at all of it counted them.',
    samples: ofSources('source_files'),
  },
  {
    name: 'duba_job_files',
    help: 'Entries of the source by what the last run of an operation found them to be.',
    samples: function* (document) {
      for (const { labels, operation } of operationsOf(document)) {
        for (const [change, value] of Object.entries(operation.last.files ?? {})) {
          yield { labels: { ...labels, change }, value }
        }
      }
    },
  },
  {
    name: 'duba_job_chain_full_timestamp_seconds',
    help: 'Time of the full backup that the newest chain begins with.',
    samples: ofChains(({ full_at: time }) => seconds(time)),
  },
  {
    name: 'duba_job_chain_sets',
    help: 'Backup sets in the newest chain: the full one and the incrementals.',
    samples: ofChains(({ sets }) => sets),
  },
  {
    name: 'duba_job_chain_bytes',
    help: 'Stored bytes of the newest chain.',
    samples: ofChains(({ bytes }) => bytes),
  },
]

/** The whole text. */
export function metricsText(document: StatusDocument): string {
  const lines = metricFamilies.flatMap(({ name, help, samples }) => {
    const found = [...samples(document)]
    if (found.length === 0) return []
    return [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...found.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`),
    ]
  })
  return [...lines, '# EOF', ''].join('\n')
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Both formats escape these three; other control characters are shown as `printable` shows them, escaped once more. */
function escaped(value: string): string {
  return printable(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

interface Found {
  readonly labels: { readonly duba_job: string; readonly operation: Operation }
  readonly operation: StatusOperation
}

function* operationsOf({ jobs }: StatusDocument): Generator<Found> {
  for (const [job, { operations }] of Object.entries(jobs)) {
    for (const [name, operation] of Object.entries(operations)) {
      yield { labels: { duba_job: job, operation: name as Operation }, operation }
    }
  }
}

function ofOperations(value: (operation: StatusOperation) => number | null | undefined): Family['samples'] {
  return function* (document) {
    for (const { labels, operation } of operationsOf(document)) {
      const found = value(operation)
      if (found !== null && found !== undefined) yield { labels, value: found }
    }
  }
}

function ofRuns(value: (run: StatusRun) => number | null | undefined): Family['samples'] {
  return ofOperations(({ last }) => value(last))
}

function* ofJobs(
  { jobs }: StatusDocument,
  value: (job: StatusJob) => number | null | undefined,
): Generator<Sample> {
  for (const [job, status] of Object.entries(jobs)) {
    const found = value(status)
    if (found !== null && found !== undefined) yield { labels: { duba_job: job }, value: found }
  }
}

function ofSources(field: 'source_files' | 'source_bytes'): Family['samples'] {
  return (document) =>
    ofJobs(
      document,
      ({ operations }) => operations.backup?.runs.findLast((run) => run[field] !== null)?.[field],
    )
}

function ofChains(value: (chain: NonNullable<StatusJob['chain']>) => number | null): Family['samples'] {
  return (document) => ofJobs(document, ({ chain }) => (chain === undefined ? undefined : value(chain)))
}

const seconds = (time: string): number => Date.parse(time) / 1000
