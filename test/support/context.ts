/** An engine context for unit tests: memory backend, no encryption, a fixed clock. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Backend } from '../../src/backend/backend.ts'
import { createCrypt } from '../../src/crypt/create.ts'
import type { CryptSettings } from '../../src/crypt/crypt.ts'
import type { EngineEvent } from '../../src/engine/events.ts'
import type { BackupRequest, EngineContext } from '../../src/engine/request.ts'
import { OwnerTable } from '../../src/engine/select/owner.ts'
import { defaultNames } from '../../src/format/filename.ts'

export interface TestContext extends EngineContext {
  readonly events: EngineEvent[]
}

export function plainSettings(tempDir: string): CryptSettings {
  return {
    encryption: 'none',
    compression: true,
    level: 4,
    recipients: [],
    hiddenRecipients: [],
    signKey: undefined,
    keyFiles: [],
    passphrase: undefined,
    signPassphrase: undefined,
    implementation: 'auto',
    gpgBinary: 'gpg',
    gpgOptions: [],
    useAgent: false,
    env: {},
    tempDir,
  }
}

/** A backup of everything below a source, as the command line asks for it where nothing else is said; small volumes. */
export function backupRequest(source: string, over: Partial<BackupRequest> = {}): BackupRequest {
  return {
    source,
    kind: 'auto',
    rules: [],
    copyLinks: false,
    fullIfOlderThan: undefined,
    currentTime: undefined,
    volumeSize: 1 << 20,
    maxBlockSize: 2048,
    allowSourceMismatch: false,
    recordFileList: true,
    numericOwner: false,
    dryRun: false,
    onRecipientsChanged: 'fail',
    metadataSync: 'partial',
    ...over,
  }
}

export function testContext({
  backend,
  dir,
  now = 1700000000,
}: {
  backend: Backend
  dir: string
  now?: number
}): TestContext {
  const archiveDir = join(dir, 'archive')
  const tempDir = join(dir, 'tmp')
  mkdirSync(archiveDir, { recursive: true, mode: 0o700 })
  mkdirSync(tempDir, { recursive: true, mode: 0o700 })
  const events: EngineEvent[] = []
  return {
    backend,
    crypt: createCrypt(plainSettings(tempDir)),
    emit: (event) => {
      events.push(event)
    },
    events,
    signal: new AbortController().signal,
    now: () => now,
    host: { hostname: 'test-host', fqdn: 'test-host.example' },
    archiveDir,
    tempDir,
    names: defaultNames,
    owners: new OwnerTable({ passwd: 'root:x:0:0::/:\n', group: 'root:x:0:\n' }),
    uid: 0,
  }
}
