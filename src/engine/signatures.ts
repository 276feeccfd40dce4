/** Opens the signature archives that describe a state. */
import { join } from 'node:path'
import type { SignatureChain } from './chain/chains.ts'
import { signaturesAt } from './chain/choose.ts'
import type { RepositoryFile } from './chain/sets.ts'
import { type SignatureSource, StateReader } from './diff/state.ts'
import { hasCode, messageOf, UserError } from '../lib/errors.ts'
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
  const sources: SignatureSource[] = []
  for (const file of chain === undefined ? [] : signaturesAt(chain, time)) {
    sources.push(chain?.where === 'local' ? await openCached(context, file) : await openRemote(context, file))
  }
  return new StateReader([...sources, ...newer])
}

async function openCached(context: EngineContext, file: RepositoryFile): Promise<SignatureSource> {
  const name = cachedName(file)
  const path = join(context.archiveDir, name)
  try {
    return { name, bytes: undamaged(await context.crypt.open(path, 'gz')) }
  } catch (error) {
    throw damaged(error)
  }
}

/** The bytes of a cached file; what is wrong with them is said of the cache, not of the repository. */
async function* undamaged(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes
  } catch (error) {
    throw damaged(error)
  }
}

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
    const bytes = async function* (): AsyncGenerator<Buffer> {
      try {
        yield* plain
      } finally {
        await fetched.release()
      }
    }
    return { name: file.name, bytes: bytes() }
  } catch (error) {
    await fetched.release()
    throw error
  }
}
