/** Opens the signature archive of a set whose volumes are lost: the cached copy, else the one of the remote. */
import { join } from 'node:path'
import { UserError } from '../../lib/errors.ts'
import { withEnd } from '../../lib/with-end.ts'
import { fetchFile } from '../fetch.ts'
import type { EngineContext } from '../request.ts'
import type { SalvageSet } from './plan.ts'

/** Its plain bytes; undefined where no copy can be opened. */
export async function openSignatures(
  context: EngineContext,
  { set, signatures }: SalvageSet,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  for (const { where, file } of signatures) {
    const { form } = file.parsed
    if (where === 'remote' && set.manifest?.parsed.form === 'gpg' && form !== 'gpg') continue
    try {
      if (where === 'local') return await context.crypt.open(join(context.archiveDir, file.name), form)
      return await openRemote(context, file.name, form)
    } catch (error) {
      // The other copy may be better; that there is none is told with the loss.
      if (!(error instanceof UserError)) throw error
    }
  }
  return undefined
}

async function openRemote(
  context: EngineContext,
  name: string,
  form: SalvageSet['signatures'][number]['file']['parsed']['form'],
): Promise<AsyncIterable<Uint8Array>> {
  const fetched = await fetchFile(context, name, { sha1: false })
  try {
    const plain = await context.crypt.open(fetched.path, form, { checkSigner: true })
    return withEnd(plain, { end: () => fetched.release() })
  } catch (error) {
    await fetched.release()
    throw error
  }
}
