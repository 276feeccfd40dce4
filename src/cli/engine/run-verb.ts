/** Hands a command over to the engine's verb. */
import type { Backend } from '../../backend/backend.ts'
import type { EngineContext } from '../../engine/request.ts'
import type { SelectionRule } from '../../engine/select/rules.ts'
import { hasCode } from '../../lib/errors.ts'
import type { Command, RepositoryCommand } from './command.ts'
import { openBackend, refuseSamePlace } from './prepare.ts'
import { SALVAGED } from '../../report/exit-code.ts'
import { type Asking, findPassphrases, type Passphrases, promptFor, type Which } from './passphrases.ts'
import type { Performance } from './performance.ts'
import {
  backupRequest,
  checkRequest,
  cleanupRequest,
  compareRequest,
  cryptSettings,
  keysOf,
  listRequest,
  nameStyle,
  removeRequest,
  replicateRequest,
  restoreRequest,
  threadsOf,
  verifyRequest,
  versionsRequest,
} from './requests.ts'

export interface Place {
  readonly rules: readonly SelectionRule[]
  readonly archiveDir: string
  readonly tempDir: string
  readonly backend: Backend
}

/**
 * Runs the verb; once more for each passphrase that turns out to be needed and that somebody can give. Gives the exit
 * status.
 */
export async function runVerb(
  performance: Performance,
  command: RepositoryCommand,
  place: Place,
): Promise<number> {
  const { line, io, say, mayAsk } = performance
  const { values } = line
  const asking: Asking = {
    command: command.command,
    keys: keysOf(values),
    useAgent: values.has('use-agent'),
    env: io.env,
    say,
    ask: mayAsk && io.terminal() ? io.ask : undefined,
  }
  let passphrases = await findPassphrases(asking)
  for (;;) {
    try {
      return await runOnce(performance, command, place, passphrases)
    } catch (error) {
      const which = missingSecret(error, passphrases, asking)
      const answer = which === undefined || !mayAsk ? undefined : await io.ask(promptFor(which))
      if (which === undefined || answer === undefined) throw error
      passphrases = { ...passphrases, [which]: answer }
    }
  }
}

/** Which passphrase a failed verb lacks, if it lacks one that is not known at all. */
function missingSecret(error: unknown, given: Passphrases, { keys, command }: Asking): Which | undefined {
  if (!hasCode(error, 'SECRET_MISSING')) return undefined
  const signs = command === 'backup' && keys.signKey !== undefined
  if (signs && given.signPassphrase === undefined) return 'signPassphrase'
  return given.passphrase === undefined ? 'passphrase' : undefined
}

async function runOnce(
  performance: Performance,
  command: RepositoryCommand,
  { rules, archiveDir, tempDir, backend }: Place,
  passphrases: Passphrases,
): Promise<number> {
  const { line, io, parts, emit } = performance
  const { verbs } = parts
  const settings = cryptSettings(line.values, { passphrases, env: io.env, tempDir })
  const crypt = parts.createCrypt(settings, threadsOf(line.values))
  const context: EngineContext = {
    backend,
    crypt,
    emit,
    signal: io.signal,
    now: io.now,
    host: io.host,
    archiveDir,
    tempDir,
    names: nameStyle(line.values),
    owners: parts.owners(),
    uid: io.uid,
  }
  try {
    switch (command.command) {
      case 'backup':
        await verbs.backup(backupRequest(line, command, rules), context)
        return 0
      case 'restore': {
        const { salvaged, troubles } = await verbs.restore(
          restoreRequest(line, command, context.owners),
          context,
        )
        if (salvaged) return SALVAGED
        // duplicity ends with 0 here; whoever restores must not take a part for the whole.
        return troubles > 0 ? 1 : 0
      }
      case 'verify':
        return (await verbs.verify(verifyRequest(line, command, rules), context)).differences > 0 ? 1 : 0
      case 'list-current-files':
        await verbs.listCurrentFiles(listRequest(line), context)
        return 0
      case 'versions':
        await verbs.versions(versionsRequest(line), context)
        return 0
      case 'compare':
        await verbs.compareStates(compareRequest(line), context)
        return 0
      case 'check':
        return (await verbs.check(checkRequest(line), context)).allGood ? 0 : 1
      case 'collection-status':
        await verbs.collectionStatus(context)
        return 0
      case 'cleanup':
        await verbs.cleanup(cleanupRequest(line), context)
        return 0
      case 'remove':
        await verbs.removeOld(removeRequest(line, command), context)
        return 0
      case 'replicate':
        await fromPlace(performance, command, backend, (source) =>
          verbs.replicate(replicateRequest(line), source, context),
        )
        return 0
    }
  } finally {
    await crypt.close()
  }
}

/** Does a work with the source of a replication, which must be another place than the destination. */
async function fromPlace(
  performance: Performance,
  { from }: Command & { command: 'replicate' },
  destination: Backend,
  work: (source: Backend) => Promise<unknown>,
): Promise<void> {
  const source = openBackend(performance, from)
  try {
    refuseSamePlace(source, destination)
    await work(source)
  } finally {
    await source.close()
  }
}
