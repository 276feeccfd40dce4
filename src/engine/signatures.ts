/** Opens the signature archives that describe a state, from the archive directory. */
import { join } from 'node:path'
import type { SignatureChain } from './chain/chains.ts'
import { signaturesAt } from './chain/choose.ts'
import { type SignatureSource, StateReader } from './diff/state.ts'
import type { EngineContext } from './request.ts'
import { cachedName } from './session/archive-dir.ts'

/** The state at a moment. The archive directory must be in step with the remote. */
export async function openState(
  context: EngineContext,
  chain: SignatureChain,
  time: number,
): Promise<StateReader> {
  const sources: SignatureSource[] = []
  for (const file of signaturesAt(chain, time)) {
    const name = cachedName(file)
    sources.push({ name, bytes: await context.crypt.open(join(context.archiveDir, name), 'gz') })
  }
  return new StateReader(sources)
}
