/**
 * Whether a source held what it is expected to hold: told after its backup, from what that has counted anyway. The set
 * is stored then, and harms nothing: older ones stay, because a backup that fails here blocks the retention.
 */
import type { Expectation } from '../config/settings.ts'
import type { SourceSize } from '../report/status-document.ts'
import { sizeText } from '../report/printable.ts'
import type { Reason } from '../report/verdict.ts'

/** Sources that were smaller than this before may shrink as they like: half of next to nothing says nothing. */
const fewEntries = 4
const fewBytes = 64 * 1024

interface Size {
  readonly files: number
  readonly bytes: number
}

/** What is wrong with the size of a source; `before`: its last good backup. */
export function sizeTrouble(
  now: Size,
  before: SourceSize | undefined,
  { minFiles = 0, minBytes = 0, maxShrinkPercent }: Expectation,
): Reason | undefined {
  if (now.files < minFiles) {
    return tooSmall(`the source has ${now.files} entries, and at least ${minFiles} are expected`)
  }
  if (now.bytes < minBytes) {
    return tooSmall(`the source has ${sizeText(now.bytes)}, and at least ${sizeText(minBytes)} are expected`)
  }
  if (before === undefined || maxShrinkPercent >= 100) return undefined
  const least = 1 - maxShrinkPercent / 100
  const { source_files: files, source_bytes: bytes } = before
  if (files >= fewEntries && now.files < files * least) {
    return shrunk(`from ${files} entries to ${now.files}`)
  }
  if (bytes >= fewBytes && now.bytes < bytes * least) {
    return shrunk(`from ${sizeText(bytes)} to ${sizeText(now.bytes)}`)
  }
  return undefined
}

const tooSmall = (text: string): Reason => ({ code: 'source-shrunk', text })

function shrunk(how: string): Reason {
  const text = `the source has shrunk ${how} since its last good backup. It was stored as it is, and nothing old is deleted. If that is right, run "duba backup --accept-shrink" for the job once`
  return { code: 'source-shrunk', text }
}
