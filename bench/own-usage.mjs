/** Loaded before a program (`node --import`): at its end writes what the process itself used to $DUBA_BENCH_USAGE. */
import { writeFileSync } from 'node:fs'

const file = process.env['DUBA_BENCH_USAGE']
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }
  if (file !== undefined) writeFileSync(file, JSON.stringify(usage))
})
