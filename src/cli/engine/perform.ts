/** Does what a command line asks for, in duplicity's order of work. Command line facts §0. */
import { readOwnerFiles } from '../../engine/select/owner.ts'
import { type ByteString, fromText } from '../../lib/bytestring.ts'
import { checkKeys } from './check-keys.ts'
import { archivePath, makeArchiveDir, makeTempDir, tempRoot } from './directories.ts'
import { expandPath } from './expand.ts'
import { info, warning } from './messages.ts'
import type { Performance } from './performance.ts'
import { checkLocalPath, openBackend, selectionRules, takeLock } from './prepare.ts'
import { volumeSize } from './requests.ts'
import { checkOpenFiles, checkTempSpace } from './resources.ts'
import { runVerb } from './run-verb.ts'

/** Does it; gives the exit status. Throws what went wrong, when everything that was taken is given back. */
export async function perform(performance: Performance): Promise<number> {
  const { line, io, say } = performance
  const { values, command } = line
  if (command.command === 'keys') return checkKeys(performance)
  const homes = () => ({ passwd: readOwnerFiles().passwd, uid: io.uid })
  const expand = (path: ByteString): ByteString => expandPath(path, io.env, homes)
  const archiveDir = archivePath(values, command.url, { env: io.env, expand })
  makeArchiveDir(archiveDir)
  say(info(`Using archive dir: ${fromText(archiveDir)}`))

  const backend = openBackend(performance, command.url)
  try {
    checkLocalPath(command, values.has('force') || values.has('conflict'), io.uid)
    const rules = selectionRules(performance, command)
    const release = takeLock(performance, archiveDir)
    try {
      const root = tempRoot(values, io)
      if (command.command === 'backup' || command.command === 'restore') checkMachine(performance, root)
      const tempDir = makeTempDir(root)
      try {
        say(info(`Using temporary directory ${fromText(tempDir.path)}`))
        return await runVerb(performance, command, { rules, archiveDir, tempDir: tempDir.path, backend })
      } finally {
        tempDir.remove()
      }
    } finally {
      release()
    }
  } finally {
    await backend.close()
  }
}

/** A restore knows how much temporary space it needs when it has seen the destination. */
function checkMachine({ line, io, parts, say }: Performance, root: string): void {
  if (line.command.command === 'backup') checkTempSpace(root, volumeSize(line.values), say)
  checkOpenFiles(io.openFileLimit())
  for (const text of parts.missingSystemCalls()) say(warning(fromText(text)))
}
