/** docs/errors.md: every error code with its exit statuses, and every reason of a verdict. */

export function errorReference({ errorCodes, reasonCodes, dubaExit, dubaStatus, engineExit }) {
  const statuses = Object.entries(dubaStatus).map(([status, text]) => `| ${status} | ${text} |`)
  const codes = Object.entries(errorCodes).map(
    ([code, text]) => `| \`${code}\` | ${text} | ${dubaExit[code]} | ${engineExit[code]} |`,
  )
  const reasons = Object.entries(reasonCodes).map(([code, text]) => `| \`${code}\` | ${text} |`)
  return `# Errors and exit statuses

<!-- Generated from src/lib/errors.ts, src/lib/reason-codes.ts and src/report/exit-code.ts by \`npm run generate\`. Do not edit. -->

## Exit statuses of duba

The status of a run is that of its worst verdict.

| status | meaning |
| --- | --- |
${statuses.join('\n')}

## Error codes

A code, once released, keeps its meaning. \`duba engine\` ends with duplicity's number for it. In verdicts, codes stand in
small letters with dashes: \`BACKEND_DENIED\` is the reason \`backend-denied\`.

| code | meaning | duba | duba engine |
| --- | --- | --- | --- |
${codes.join('\n')}

## Reasons and notes

What stands beside a verdict, apart from codes of errors. \`verdicts\` in the configuration names codes of both kinds.

| code | meaning |
| --- | --- |
${reasons.join('\n')}
`
}
