/** Whether a value that was read is a status document, checked by hand: monitoring starts this every minute. */
import { operations, type StatusDocument, statusVersion } from './status-document.ts'
import { verdicts } from './verdict.ts'

/** What is wrong with a value that should be a status document; undefined if nothing is. */
export function faultOfStatus(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is no object'
  if (value['version'] !== statusVersion) return `it is not of version ${statusVersion}`
  if (!isText(value['host']) || !isTime(value['updated']) || !isText(value['duba_version']))
    return 'its head is damaged'
  if (value['expected'] !== null && !isExpected(value['expected']))
    return 'its list of expected jobs is damaged'
  if (!isObject(value['jobs'])) return 'it has no jobs'
  const damaged = Object.entries(value['jobs']).find(([, job]) => !isJob(job))
  return damaged === undefined ? undefined : `what it says of the job ${damaged[0]} is damaged`
}

/** As `faultOfStatus`, for types. */
export function isStatus(value: unknown): value is StatusDocument {
  return faultOfStatus(value) === undefined
}

function isExpected(value: unknown): boolean {
  if (!isObject(value) || !isTime(value['updated']) || !Array.isArray(value['jobs'])) return false
  return value['jobs'].every(
    (job: unknown) =>
      isObject(job) &&
      isText(job['job']) &&
      isText(job['source']) &&
      isText(job['configured']) &&
      isCount(job['max_age']) &&
      (job['vanished'] === undefined || job['vanished'] === true),
  )
}

function isJob(value: unknown): boolean {
  if (!isObject(value) || !isText(value['source']) || !isText(value['destination'])) return false
  const { chain } = value
  if (chain !== undefined && !isChain(chain)) return false
  return (
    isObject(value['operations']) &&
    Object.entries(value['operations']).every(
      ([name, operation]) => (operations as readonly string[]).includes(name) && isOperation(operation),
    )
  )
}

const isChain = (value: unknown): boolean =>
  isObject(value) && isTime(value['full_at']) && typeof value['sets'] === 'number' && isCount(value['bytes'])

function isOperation(value: unknown): boolean {
  return (
    isObject(value) &&
    isRun(value['last']) &&
    (value['last_success'] === null || isTime(value['last_success'])) &&
    Array.isArray(value['runs']) &&
    value['runs'].every(isRun) &&
    (value['last_good'] === undefined || isSourceSize(value['last_good'])) &&
    (value['retention_blocked'] === undefined ||
      value['retention_blocked'] === null ||
      isText(value['retention_blocked']))
  )
}

function isRun(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['run_id']) &&
    (operations as readonly unknown[]).includes(value['operation']) &&
    (verdicts as readonly unknown[]).includes(value['verdict']) &&
    (value['reason'] === null || isReason(value['reason'])) &&
    (value['start'] === null || isTime(value['start'])) &&
    isTime(value['end']) &&
    (value['kind'] === null || value['kind'] === 'full' || value['kind'] === 'incremental') &&
    (value['files'] === null || isFiles(value['files'])) &&
    ['bytes_uploaded', 'source_files', 'source_bytes'].every((name) => isCount(value[name])) &&
    typeof value['notes_count'] === 'number'
  )
}

const isSourceSize = (value: unknown): boolean =>
  isObject(value) &&
  isTime(value['end']) &&
  ['source_files', 'source_bytes'].every((name) => typeof value[name] === 'number') &&
  (value['apart'] === undefined || (Array.isArray(value['apart']) && value['apart'].every(isText)))

const isReason = (value: unknown): boolean =>
  isObject(value) && isText(value['code']) && isText(value['text'])

const isFiles = (value: unknown): boolean =>
  isObject(value) && ['new', 'changed', 'deleted'].every((name) => typeof value[name] === 'number')

const isCount = (value: unknown): boolean => value === null || typeof value === 'number'

const isText = (value: unknown): boolean => typeof value === 'string'

const isTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
