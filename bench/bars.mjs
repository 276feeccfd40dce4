/** What the bench must show, as ratios to duplicity in the same run: times, stored bytes, the signature kernel. */

/** A step's time: at most so many times the reference's. */
const timeBars = {
  full: 0.35,
  'nothing changed': 0.6,
  'small change': 0.7,
  'restore all': 0.7,
  'restore one file': 0.4,
  verify: 0.7,
  list: 0.5,
}
const storedBar = 1.05
const kernelBar = 1.2

/**
 * Every bar with what was measured.
 * @returns {{ bar: string, limit: string, value: number, pass: boolean }[]}
 */
export function judge(summary, stored, kernels) {
  const rows = Object.entries(timeBars).map(([step, limit]) => {
    const { ours, duplicity } = summary[step]
    return atMost(step, ours.seconds / duplicity.seconds, limit)
  })
  rows.push(atMost('stored, full', stored.full.ours / stored.full.duplicity, storedBar))
  const kernel = kernels.simd.signature / kernels.rdiff.signature
  rows.push({
    bar: 'signature kernel',
    limit: `≥ ${kernelBar} × rdiff`,
    value: kernel,
    pass: kernel >= kernelBar,
  })
  return rows
}

/** The rows for people. */
export function barTable(rows) {
  return rows
    .map(
      ({ bar, limit, value, pass }) =>
        `${pass ? 'pass' : 'FAIL'}  ${bar.padEnd(18)} ${value.toFixed(2)} (${limit})`,
    )
    .join('\n')
}

function atMost(bar, value, limit) {
  return { bar, limit: `≤ ${limit} × duplicity`, value, pass: value <= limit }
}
