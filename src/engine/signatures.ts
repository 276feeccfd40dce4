/** Opens the signature archives that describe a state. */
import { join } from 'node:path'
import type { SignatureChain } from './chain/chains.ts'
import { signaturesAt } from './chain/choose.ts'
import type { RepositoryFile } from './chain/sets.ts'
import { type SignatureSource, StateReader } from './diff/state.ts'
import { hasCode, messageOf, UserError } from '../lib/errors.ts'
import { withEnd } from '../lib/with-end.ts'
import { fetchFile } from './fetch.ts'
import type { EngineContext } from './request.ts'
import { cachedName } from './session/archive-dir.ts'

/**
 * The state at a moment: from the archive directory, or, where a dry run left that as it was, from the remote. What
 * cannot be decrypted is thrown before anything is read. `newer` lies over it.
 */
export async function openState(
  context: EngineContext,
  chain: SignatureChain | undefined,
  time: number,
  newer: readonly SignatureSource[] = [],
): Promise<StateReader> {
  const files = chain === undefined ? [] : signaturesAt(chain, time)
  return new StateReader([...(await openSources(context, files, chain?.where ?? 'local')), ...newer])
}

/** Signature archives, open. What cannot be decrypted is thrown before anything is read, and nothing is left open then. */
export async function openSources(
  context: EngineContext,
  files: readonly RepositoryFile[],
  where: SignatureChain['where'],
): Promise<SignatureSource[]> {
  const sources: SignatureSource[] = []
  try {
    for (const file of files) {
      sources.push(where === 'local' ? await openCached(context, file) : await openRemote(context, file))
    }
  } catch (error) {
    await new StateReader(sources).close()
    throw error
  }
  return sources
}

async function openCached(context: EngineContext, file: RepositoryFile): Promise<SignatureSource> {
  const name = cachedName(file)
  const path = join(context.archiveDir, name)
  try {
    return { name, bytes: withEnd(await context.crypt.open(path, 'gz'), { explain: damaged }) }
  } catch (error) {
    throw damaged(error)
  }
}

/** What is wrong with a cached file is said of the cache, not of the repository. */
function damaged(error: unknown): unknown {
  if (!hasCode(error, 'INTEGRITY', 'ARCHIVE_INVALID')) return error
  const text = `The archive directory is damaged: ${messageOf(error)}`
  return new UserError('ARCHIVE_DIR', text, {
    cause: error,
    hint: 'Remove this file and run again: it is fetched from the destination.',
  })
}

async function openRemote(context: EngineContext, file: RepositoryFile): Promise<SignatureSource> {
  const fetched = await fetchFile(context, file.name, { sha1: false })
  try {
    const plain = await context.crypt.open(fetched.path, file.parsed.form, { checkSigner: true })
    return { name: file.name, bytes: withEnd(plain, { end: () => fetched.release() }) }
  } catch (error) {
    await fetched.release()
    throw error
  }
}
