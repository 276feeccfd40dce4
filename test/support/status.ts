/** Status documents and results for tests, and the schema to hold documents against. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../schemas/status.schema.json' with { type: 'json' }
import type { StatusDocument, StatusRun } from '../../src/report/status-document.ts'
import type { FinishedRun } from '../../src/report/status-record.ts'
import type { StatusSettings } from '../../src/run/status-file.ts'

const matches = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema)

/** What the schema has against a document. */
export function schemaFaults(document: unknown): string[] {
  return matches(document)
    ? []
    : (matches.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

export const settings: StatusSettings = {
  host: 'host-1',
  version: '1.2.3',
  history: 3,
  group: undefined,
  metricsFile: undefined,
}

/** A finished backup of a job; it ended at `end`, after a minute. */
export function finished(job: string, end: number, more: Partial<FinishedRun> = {}): FinishedRun {
  return {
    operation: 'backup',
    job,
    source: job,
    destination: `file:///b${job}`,
    verdict: 'ok',
    reason: undefined,
    start: end - 60,
    end,
    files: { new: 1, changed: 2, deleted: 3 },
    ...more,
  }
}

/** A run as the document has it. */
export function statusRun(end: string, more: Partial<StatusRun> = {}): StatusRun {
  return {
    run_id: 'r',
    operation: 'backup',
    verdict: 'ok',
    reason: null,
    start: end,
    end,
    kind: 'incremental',
    files: { new: 1, changed: 2, deleted: 3 },
    bytes_uploaded: 1000,
    source_files: 10,
    source_bytes: 5000,
    notes_count: 0,
    ...more,
  }
}

/** A document of these jobs: each with its last run of a backup and the time of the last success. */
export function statusDocument(
  jobs: StatusDocument['jobs'],
  expected: StatusDocument['expected'] = null,
): StatusDocument {
  return {
    version: 1,
    host: 'host-1',
    updated: '2026-01-02T00:00:00Z',
    duba_version: '1.2.3',
    expected,
    jobs,
  }
}
