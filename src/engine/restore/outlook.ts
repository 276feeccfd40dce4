/** What a restore would come to, told before a volume is fetched. */
import { hasCode, UserError } from '../../lib/errors.ts'
import { chainAt, signaturesAt } from '../chain/choose.ts'
import type { Collection } from '../chain/collection.ts'
import { type RepositoryFile, summarize } from '../chain/sets.ts'
import { undescribed, usableSignatures } from '../described.ts'
import type { RestoreOutlook, SecretFacts, SignerFacts } from '../events-restore.ts'
import { fetchFile } from '../fetch.ts'
import type { Conflict, EngineContext, RestoreRequest } from '../request.ts'
import { openState } from '../signatures.ts'
import type { PlannedSet } from './plan.ts'
import { neededVolumes, scratchOf } from './scratch.ts'
import { survey } from './survey.ts'

/** Tells conflicts as events. Fetches the manifests of the sets, to see who can open them and who signed them. */
export async function outlookOf(
  context: EngineContext,
  collection: Collection,
  planned: readonly PlannedSet[],
  request: RestoreRequest & { readonly conflict: Conflict },
): Promise<RestoreOutlook> {
  const { secrets, signer } = await examineSets(context, planned)
  const needed = neededVolumes(planned, request.path, collection.listing)
  const sets = planned.map(({ set }, index) => {
    const sizes = needed[index]?.sizes ?? []
    const missing = needed[index]?.missing ?? []
    return { ...summarize(set), volumes: sizes.length, bytes: sum(sizes), missing }
  })
  const chain = chainAt(usableSignatures(context, collection), request.time)
  const lost = undescribed(
    planned.map(({ set }) => set),
    chain === undefined ? [] : signaturesAt(chain, request.time),
  )
  const state = await openState(context, chain, request.time)
  const { path: wanted, target, conflict } = request
  const { uid, emit, signal } = context
  const found = await survey(state, { target, wanted, conflict, uid, emit, signal })
  return {
    sets,
    volumes: sum(sets.map(({ volumes }) => volumes)),
    bytes: sum(sets.map(({ bytes }) => bytes)),
    scratch: scratchOf(context, needed),
    tempDir: context.tempDir,
    secrets,
    signer,
    undescribed: lost.map(({ end }) => end),
    ...found,
  }
}

async function examineSets(
  context: EngineContext,
  planned: readonly PlannedSet[],
): Promise<{ secrets: SecretFacts; signer: SignerFacts }> {
  const keys = new Set<string>()
  const signers = new Set<string>()
  const found = { encrypted: false, passphrase: false, unsigned: false, unknown: false, verified: true }
  let problem: UserError | undefined
  for (const { set } of planned) {
    const file = set.manifest
    if (file?.parsed.form !== 'gpg') {
      found.unsigned = true
      found.verified = false
      continue
    }
    const { facts, verified } = await examineFile(context, file)
    found.encrypted = true
    found.passphrase ||= facts.passphrase
    found.verified &&= verified
    for (const key of facts.recipients) keys.add(key)
    problem ??= facts.problem
    if (facts.signers === undefined) found.unknown = true
    else if (facts.signers.length === 0) found.unsigned = true
    for (const key of facts.signers ?? []) signers.add(key)
    // Nothing at hand opens it: the others are alike.
    if (problem !== undefined) break
  }
  const state = found.verified
    ? 'verified'
    : found.unsigned
      ? 'unsigned'
      : found.unknown || problem !== undefined
        ? 'unknown'
        : 'claimed'
  const told = problem && {
    code: problem.code,
    message: problem.message,
    ...(problem.dubaHint !== undefined && { hint: problem.dubaHint }),
  }
  return {
    secrets: {
      encrypted: found.encrypted,
      keys: [...keys],
      passphrase: found.passphrase,
      ...(told && { problem: told }),
    },
    signer: { state, keys: [...signers] },
  }
}

async function examineFile(context: EngineContext, file: RepositoryFile) {
  const fetched = await fetchFile(context, file.name, { sha1: false })
  try {
    const facts = await context.crypt.examine(fetched.path)
    if (facts.problem !== undefined || !context.crypt.checksSigner) return { facts, verified: false }
    try {
      const plain = await context.crypt.open(fetched.path, 'gpg', { checkSigner: true })
      await plain[Symbol.asyncIterator]().return?.()
      return { facts, verified: true }
    } catch (error) {
      if (!hasCode(error, 'WRONG_SIGNER')) throw error
      return { facts: { ...facts, problem: error }, verified: false }
    }
  } finally {
    await fetched.release()
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
