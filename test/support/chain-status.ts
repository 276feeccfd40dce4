/** What `collection-status` says, reduced to what a test asks. */
import type { ByteString } from '../../src/lib/bytestring.ts'

/** Throws unless the report names one complete chain of `sets` sets and nothing else: no orphan, no warning. */
export function assertOneChain(report: ByteString, sets: number): void {
  const wanted = [
    'Found 0 secondary backup chain',
    'Found primary backup chain with matching signature chain:',
    `Number of contained backup sets: ${sets}\n`,
    'No orphaned or incomplete backup sets found.',
  ]
  const missing = wanted.filter((line) => !report.includes(line))
  const complaints = report.split('\n').filter((line) => /warning|error|extraneous|unable|lost/i.test(line))
  if (missing.length === 0 && complaints.length === 0) return
  const lines = [
    ...missing.map((line) => `lacks: ${line.trim()}`),
    ...complaints.map((line) => `says: ${line}`),
  ]
  throw new Error(['collection-status is not that of one sound chain', ...lines, '', report].join('\n  '))
}
