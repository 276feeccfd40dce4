#!/usr/bin/env node
/** The program `duba-engine`: ties the engine's command line to the process and to the parts of the engine. */
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'
import { openBackend } from './backend/open.ts'
import type { EngineParts } from './cli/engine/io.ts'
import { runEngine } from './cli/engine/main.ts'
import { processIo } from './cli/engine/process-io.ts'
import { argumentBytes, readIfThere } from './cli/kernel-text.ts'
import { createCrypt } from './crypt/create.ts'
import { startReadingThread } from './crypt/reading-thread.ts'
import { backup } from './engine/backup.ts'
import { check } from './engine/check.ts'
import { cleanup } from './engine/cleanup.ts'
import { compareStates } from './engine/compare.ts'
import { listCurrentFiles } from './engine/list.ts'
import { removeOld } from './engine/remove.ts'
import { replicate } from './engine/replicate.ts'
import { restore } from './engine/restore.ts'
import { OwnerTable, readOwnerFiles } from './engine/select/owner.ts'
import { collectionStatus } from './engine/status.ts'
import { verify } from './engine/verify.ts'
import { versions } from './engine/versions.ts'
import type { ByteString } from './lib/bytestring.ts'
import { loadSystemCalls } from './sys/missing.ts'
import { askNameService } from './sys/name-service.ts'
import { lockArchiveDir } from './sys/record-lock.ts'
import { mainThreadFirst } from './sys/thread-priority.ts'

/** The worker's file as it is compiled: beside this one's. */
const startReader = () => startReadingThread(new URL('./crypt/reading-worker.js', import.meta.url))

const parts: EngineParts = {
  verbs: {
    backup,
    restore,
    verify,
    check,
    listCurrentFiles,
    versions,
    compareStates,
    collectionStatus,
    cleanup,
    removeOld,
    replicate,
  },
  openBackend,
  createCrypt: (settings, threads) =>
    createCrypt(settings, { startReader, ...(threads !== undefined && { threads }) }),
  lockArchiveDir,
  owners: () =>
    new OwnerTable({
      ...readOwnerFiles(),
      lookup: (database, key) => askNameService(database, key, process.env),
    }),
  missingSystemCalls: () => loadSystemCalls().missing,
}

/** Runs the engine's command line in this process; gives its exit status. */
export async function runEngineHere(argv: readonly ByteString[]): Promise<number> {
  const { io, close } = processIo(process, {
    hostname: hostname(),
    now: () => Date.now() / 1000,
    monotonic: () => performance.now() / 1000,
  })
  try {
    await mainThreadFirst()
    return await runEngine(argv, io, parts)
  } finally {
    close()
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  const argv = argumentBytes(process.argv.slice(2), readIfThere('/proc/self/cmdline'))
  process.exitCode = await runEngineHere(argv)
}
