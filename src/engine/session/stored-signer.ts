/** Who signed an interrupted session that says so itself nowhere: duplicity's. */
import { hasCode } from '../../lib/errors.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import type { RestartObstacle } from '../events.ts'
import { fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'

/**
 * Reads one stored volume to the end: undefined if the key that signs now has signed it too, else what stands against
 * going on behind it. Without the secret key to it nobody can tell, and a set of two signers would be refused by whoever
 * expects one. Throws what fetching throws.
 */
export async function signerObstacle(
  context: EngineContext,
  volume: RepositoryFile,
): Promise<Extract<RestartObstacle, 'settings-changed' | 'signer-unknown'> | undefined> {
  const fetched = await fetchFile(context, volume.name, { sha1: false })
  try {
    const plain = await context.crypt.open(fetched.path, volume.parsed.form, { checkSigner: true })
    await plain[Symbol.asyncIterator]().return?.()
    return undefined
  } catch (error) {
    if (hasCode(error, 'WRONG_SIGNER')) return 'settings-changed'
    if (hasCode(error, 'KEY_MISSING', 'DECRYPT_FAILED', 'SECRET_MISSING', 'GPG_FAILED', 'INTEGRITY'))
      return 'signer-unknown'
    throw error
  } finally {
    await fetched.release()
  }
}
