/** Checks the manifest of a set: whole, sane, and in accord with the files that are there. */
import { isUtf8 } from 'node:buffer'
import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest } from '../../format/manifest.ts'
import { parseManifestPieces } from '../../format/manifest-parser.ts'
import { comparePaths } from '../../format/path-order.ts'
import { toBytes, toText } from '../../lib/bytestring.ts'
import { hasCode, isErrno } from '../../lib/errors.ts'
import type { EngineContext } from '../request.ts'
import { lacksVolumes, largest, unlistedVolumes } from '../chain/sets.ts'
import { cachedName } from '../session/archive-dir.ts'
import type { KnownSizes } from '../session/wholeness.ts'
import type { Findings } from './findings.ts'
import type { Opener } from './opener.ts'
import type { SetCheck } from './set-check.ts'

/** Bytes below which no volume can be: an empty gzip file, the smallest encrypted message. */
const leastSize = { plain: 0, gz: 20, gpg: 60 } as const

export interface ManifestChecks {
  readonly context: EngineContext
  readonly opener: Opener
  readonly sizes: KnownSizes
}

/** Reads the manifest and compares it with the cached one and with the listing. */
export async function checkManifest(
  check: SetCheck,
  { context, opener, sizes }: ManifestChecks,
): Promise<void> {
  const { set, findings } = check
  const file = set.manifest
  if (file === undefined) return
  let remote: Manifest | undefined
  const { signal } = context
  const outcome = await opener.read(file, findings, async (plain, path) => {
    remote = await parseManifestPieces(plain, { fileList: true, stored: statSync(path).size, signal })
  })
  const cached = await cachedManifest(context, cachedName(file))
  if (outcome !== 'read' && cached !== undefined)
    findings.note('manifest', 'The manifest in the archive directory was used to look at the rest.')
  if (remote !== undefined && cached !== undefined && !agree(remote, cached)) {
    findings.suspicion('manifest', 'The manifest in the archive directory is another than this one.')
  }
  check.manifest = remote ?? cached
  if (check.manifest === undefined) return
  checkContent(check.manifest, findings)
  checkFiles(check, check.manifest, sizes)
}

async function cachedManifest({ archiveDir }: EngineContext, name: string): Promise<Manifest | undefined> {
  try {
    return await parseManifestPieces(createReadStream(join(archiveDir, name)), { fileList: true })
  } catch (error) {
    // Only the remote is judged here: a damaged copy is as good as none.
    if (isErrno(error, 'ENOENT') || hasCode(error, 'MANIFEST_UNREADABLE')) return undefined
    throw error
  }
}

function agree(one: Manifest, other: Manifest): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function checkContent({ volumes, fileList, hostname }: Manifest, findings: Findings): void {
  // duplicity ends on such a name, and no program writes it: a bit has flipped.
  if (hostname !== undefined && !isUtf8(toBytes(hostname)))
    findings.suspicion('manifest', 'The host name in the manifest is no text.')
  if (volumes.length === 0) findings.damage('manifest', 'The manifest lists no volume.')
  const missing = gaps(volumes.map(({ number }) => number))
  if (missing.length > 0)
    findings.damage('manifest', `The manifest does not list volume ${missing.join(', ')}.`)
  for (const [index, { number, hashes, startPath, endPath }] of volumes.entries()) {
    if (!/^[0-9a-f]{40}$/.test(hashes.SHA1 ?? ''))
      findings.suspicion('manifest', `The manifest has no SHA-1 for volume ${number}.`)
    const previous = volumes[index - 1]
    const ordered =
      startPath === '' ||
      (comparePaths(startPath, endPath) <= 0 &&
        (previous === undefined || comparePaths(previous.endPath, startPath) <= 0))
    if (!ordered)
      findings.suspicion('order', `The paths of volume ${number} in the manifest are out of order.`)
  }
  // `replicate` of duplicity leaves out all three; nobody else leaves out one.
  if (hostname !== undefined && fileList === undefined)
    findings.suspicion('manifest', 'The list of files at the end of the manifest is missing.')
  if (fileList !== undefined && fileList.count !== fileList.entries.length) {
    const text = `The manifest announces ${fileList.count} files and lists ${fileList.entries.length}.`
    findings.suspicion('manifest', text)
  }
}

/** Numbers from 1 to the last that are not there. */
function gaps(numbers: readonly number[]): number[] {
  const present = new Set(numbers)
  const last = largest(numbers)
  return Array.from({ length: Math.min(last, 100_000) }, (_, index) => index + 1).filter(
    (n) => !present.has(n),
  )
}

function checkFiles(check: SetCheck, manifest: Manifest, { listed: sizes, recorded }: KnownSizes): void {
  const { set, findings } = check
  const encrypted = set.manifest?.parsed.form === 'gpg'
  const listed = new Set(manifest.volumes.map(({ number }) => number))
  for (const number of listed) {
    const file = set.volumes.get(number)
    if (file === undefined) {
      findings.damage('volume-missing', `Volume ${number} is not on the destination.`)
      continue
    }
    const { form } = file.parsed
    if (encrypted && form !== 'gpg') {
      findings.damage('plaintext', `${toText(file.name)} is not encrypted and its set is: it is not used.`)
    }
    const size = sizes.get(file.name)
    if (size !== undefined && !recorded.has(file.name) && size < leastSize[form])
      findings.damage('volume-size', `${toText(file.name)} has only ${size} bytes.`)
  }
  const unlisted = unlistedVolumes(set, manifest)
  if (lacksVolumes(set, manifest)) {
    const text = `The manifest is not whole: it does not list volume ${unlisted.join(', ')}, which is there.`
    findings.damage('manifest', text)
  } else
    for (const number of unlisted) {
      const name = toText(set.volumes.get(number)?.name ?? '')
      findings.suspicion('volume-unlisted', `${name} is not in the manifest and is never read.`)
    }
}
