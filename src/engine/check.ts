/**
 * `check`: looks at everything that one repository holds and judges each backup set. Nothing is written, and nothing
 * that is damaged keeps the rest from being looked at.
 */
import { readCollection } from './chain/collection.ts'
import { summarize } from './chain/sets.ts'
import { Findings } from './check/findings.ts'
import { checkManifest } from './check/manifest.ts'
import { Opener } from './check/opener.ts'
import { checkBases, checkPlaces, checkStrays } from './check/places.ts'
import { sample } from './check/sample.ts'
import { type SetCheck, setsToCheck } from './check/set-check.ts'
import { checkSignatures } from './check/signatures.ts'
import { checkSizes } from './check/sizes.ts'
import { readVolumes, volumesToRead } from './check/volumes.ts'
import type { CheckSummary } from './events-check.ts'
import type { CheckRequest, EngineContext } from './request.ts'
import { listArchiveDir } from './session/archive-dir.ts'
import { storedSizes } from './session/stored-sizes.ts'

/** Throws what keeps it from looking at all: a listing that fails, a temporary directory that is full. */
export async function check(request: CheckRequest, context: EngineContext): Promise<CheckSummary> {
  const listed = await context.backend.list(context.signal)
  const collection = readCollection(listed, await listArchiveDir(context.archiveDir), context.names)
  const sizes = {
    listed: new Map(listed.map(({ name, size }) => [name, size])),
    recorded: await storedSizes(context.archiveDir),
  }
  const checks = setsToCheck(collection)
  const opener = new Opener(context)
  for (const each of checks) {
    await checkManifest(each, { context, opener, sizes })
    checkSizes(each, sizes)
    await checkSignatures(each, opener)
  }
  checkPlaces(checks)
  const volumes = checks.reduce((count, { set }) => count + set.volumes.size, 0)
  if (request.readData !== undefined) await readData(checks, request.readData, opener, context)
  opener.settle()
  checkBases(checks)
  const strays = new Findings()
  const { foreign } = checkStrays(collection, strays)
  return tell(checks, strays, { foreign, volumes, closed: opener.closed }, context)
}

async function readData(
  checks: readonly SetCheck[],
  { percent, seed }: NonNullable<CheckRequest['readData']>,
  opener: Opener,
  context: EngineContext,
): Promise<void> {
  const present = volumesToRead(checks)
  const chosen = percent >= 100 ? present : sample(present, percent, seed)
  if (percent < 100) {
    const counts = { chosen: chosen.length, total: present.length }
    context.emit({ type: 'check-sample', percent, seed, ...counts })
  }
  let done = 0
  const onRead = (): void => {
    done += 1
    context.emit({ type: 'restore-volume', done, total: chosen.length })
  }
  for (const each of checks) {
    const own = chosen.filter(({ check: owner }) => owner === each)
    if (own.length > 0) await readVolumes(each, own, opener, onRead)
  }
}

function tell(
  checks: readonly SetCheck[],
  strays: Findings,
  counts: Pick<CheckSummary, 'foreign' | 'volumes' | 'closed'>,
  context: EngineContext,
): CheckSummary {
  const summary = {
    good: 0,
    suspicious: 0,
    damaged: 0,
    unfinished: 0,
    read: 0,
    strays: strays.list.length,
    ...counts,
  }
  for (const { set, place, findings, read } of checks) {
    const { verdict, list } = findings
    // What an interrupted session left is no backup, and its presence no fault.
    if (place === 'unfinished' && verdict === 'good') summary.unfinished += 1
    else summary[verdict] += 1
    summary.read += read
    const finished = place !== 'unfinished'
    context.emit({ type: 'check-set', set: summarize(set), finished, verdict, findings: list, read })
  }
  if (strays.list.length > 0) {
    context.emit({ type: 'check-repository', verdict: strays.verdict, findings: strays.list })
  }
  const good = checks.every(({ findings }) => findings.verdict === 'good') && strays.verdict === 'good'
  const result = { ...summary, allGood: good }
  context.emit({ type: 'check-done', summary: result })
  return result
}
