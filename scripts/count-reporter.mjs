/**
 * A jest reporter that keeps count. A skipped or todo test makes the run fail: green means that everything ran. If
 * DUBA_TEST_COUNTS names a file, a line `passed failed` is added to it, for whoever adds up several runs (.ci/run).
 */
import { appendFileSync } from 'node:fs'

export default class CountReporter {
  #error

  onRunComplete(_contexts, results) {
    const idle = results.numPendingTests + results.numTodoTests
    if (idle > 0) {
      this.#error = new Error(`${idle} tests were skipped or are todo; a test that does not run is a failure`)
      console.error(`\n${this.#error.message}`)
    }
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + idle
    const file = process.env['DUBA_TEST_COUNTS']
    if (file !== undefined && file !== '') appendFileSync(file, `${results.numPassedTests} ${failed}\n`)
  }

  getLastError() {
    return this.#error
  }
}
