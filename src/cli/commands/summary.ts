/** How commands that run over jobs end: the summary, and the exit status that it gives. */
import { exitOfRun, type RunSummary, summaryJson } from '../../report/summary.ts'
import { summaryTable } from '../../report/summary-table.ts'
import type { RunContext } from '../../run/context.ts'
import { type Shell, writeJson, writeLines } from '../io.ts'

/** Prints a summary; gives the exit status. */
export async function printSummary(
  summary: RunSummary,
  { json }: { readonly json: boolean },
  context: RunContext,
  shell: Shell,
): Promise<number> {
  if (json) writeJson(shell.stdout, summaryJson(summary), context.redact)
  else writeLines(shell.stdout, summaryTable(summary).map(context.redact))
  await context.log.close()
  return exitOfRun(summary)
}
