/** `check --read-data`: reads the volumes of the sets, all of them or a sample. */
import type { ManifestVolume } from '../../format/manifest.ts'
import type { RepositoryFile } from '../chain/sets.ts'
import { mostBehindEnd } from '../restore/volume-file.ts'
import type { Opener, Outcome } from './opener.ts'
import type { SetCheck } from './set-check.ts'
import { SetWalk } from './set-walk.ts'

/** A volume to read: with what the manifest says of it, where there is a manifest. */
export interface VolumeToRead {
  readonly check: SetCheck
  readonly file: RepositoryFile
  readonly listed: ManifestVolume | undefined
}

/** Every volume that is there and would be used, by set, in order. */
export function volumesToRead(checks: readonly SetCheck[]): VolumeToRead[] {
  return checks.flatMap((check): VolumeToRead[] => {
    const { set, manifest } = check
    const numbers =
      manifest?.volumes.map(({ number }) => number) ?? [...set.volumes.keys()].sort((a, b) => a - b)
    return numbers.flatMap((number) => {
      const file = set.volumes.get(number)
      const refused = set.manifest?.parsed.form === 'gpg' && file?.parsed.form !== 'gpg'
      if (file === undefined || refused) return []
      return [{ check, file, listed: manifest?.volumes.find((each) => each.number === number) }]
    })
  })
}

/** Reads the chosen volumes of one set. `onRead` is called after each. */
export async function readVolumes(
  check: SetCheck,
  chosen: readonly VolumeToRead[],
  opener: Opener,
  onRead: () => void,
): Promise<void> {
  const { set, manifest, findings } = check
  const walk = new SetWalk(set.type, findings)
  const numbers = new Set([...(manifest?.volumes.map(({ number }) => number) ?? []), ...set.volumes.keys()])
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const volume = chosen.find(({ file }) => file.parsed.volume === number)
    let outcome: Outcome | undefined
    if (volume !== undefined) {
      const { file, listed } = volume
      outcome = await opener.read(
        file,
        findings,
        async (plain, path) => walk.volume(listed, plain, await mostBehindEnd(path)),
        listed?.hashes.SHA1,
      )
      onRead()
    }
    if (outcome === 'read') check.read += 1
    else walk.skip()
  }
  // What an interrupted session left ends anywhere.
  if (check.place === 'unfinished') walk.skip()
  const members = walk.finish()
  if (members !== undefined && check.members !== undefined && members !== check.members)
    findings.suspicion('signatures', 'Its signature archive names other paths than its volumes hold.')
}
