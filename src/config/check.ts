/** What the schema cannot say: keys that need one another or contradict one another. */
import { remappableCodes } from '../lib/reason-codes.ts'
import type { Destination, DubaConfig, Hooks, Source } from './config.generated.ts'
import { checkEncryption } from './check-encryption.ts'
import type { Fault, TellFault } from './fault.ts'
import type { JsonPath } from './json-text.ts'
import { nearest } from './near.ts'
import type { Locate } from './place.ts'
import { splitEnvironment } from './secret-refs.ts'
import { type ConfiguredEnv, hasBrokenPassword } from './secrets.ts'

/**
 * Faults in the meaning of a configuration whose values have the types of the schema. `whole`: whether it is all there;
 * else nothing is said to be missing.
 */
export function checkMeaning(config: DubaConfig, locate: Locate, whole: boolean): Fault[] {
  const faults: Fault[] = []
  const fault: TellFault = (path, message, remedy) => {
    faults.push({ ...locate(path), value: undefined, message, remedy })
  }
  checkEncryption(config, fault, whole)
  checkLayer(config, [], fault)
  checkUrl(config.backup_dest, ['backup_dest'], fault)
  checkVerdicts(config.verdicts, fault)
  config.backup_sources.forEach((source, index) => {
    const path: JsonPath = ['backup_sources', index]
    checkLayer(source, path, fault)
    checkSource(config, source, path, fault, whole)
    for (const [number, destination] of (source.dests ?? []).entries()) {
      checkLayer(destination, [...path, 'dests', number], fault)
    }
  })
  return faults
}

function checkVerdicts(verdicts: DubaConfig['verdicts'], fault: TellFault): void {
  const known = remappableCodes()
  for (const code of Object.keys(verdicts ?? {})) {
    if (known.includes(code)) continue
    const meant = nearest(code, known)
    const remedy = meant === undefined ? 'docs/errors.md tells the known ones.' : `Did you mean "${meant}"?`
    fault(['verdicts', code], 'is no reason code', remedy)
  }
}

function checkSource(
  config: DubaConfig,
  source: Source,
  at: JsonPath,
  fault: TellFault,
  whole: boolean,
): void {
  const { path, dest, dests } = source
  if (whole && dest === undefined && dests === undefined && config.backup_dest === undefined) {
    fault(at, 'has no destination', 'Give the source a "dest", or the configuration a "backup_dest".')
  }
  if (dest !== undefined && dests !== undefined) {
    fault([...at, 'dest'], 'stands beside "dests"', 'Make it one of the "dests", or remove it.')
  }
  if (path.split('/').some((step) => step === '..')) {
    fault([...at, 'path'], 'holds ".."', 'Write the path without it.')
  }
  checkUrl(dest, [...at, 'dest'], fault)
  for (const [number, each] of (dests ?? []).entries())
    checkUrl(each.dest, [...at, 'dests', number, 'dest'], fault)
  const names = (dests ?? []).map(({ name }) => name)
  for (const [number, name] of names.entries()) {
    if (names.indexOf(name) === number) continue
    fault([...at, 'dests', number, 'name'], `is "${name}" as another of the "dests"`, 'Choose another name.')
  }
}

function checkUrl(url: string | undefined, at: JsonPath, fault: TellFault): void {
  if (url === undefined || !hasBrokenPassword(url)) return
  fault(
    at,
    'seems to hold a password with a "/" in it',
    'Write %2F for "/", %23 for "#" and %3F for "?" in it.',
  )
}

const keyLists = ['encrypt_keys', 'hidden_encrypt_keys'] as const
type KeyList = (typeof keyLists)[number]

/** What configuration, sources and destinations have in common. */
function checkLayer(
  layer: Pick<DubaConfig & Destination, 'window' | 'hooks' | 'env' | KeyList>,
  at: JsonPath,
  fault: TellFault,
): void {
  const { window, hooks, env } = layer
  checkCommands(env, [...at, 'env'], fault)
  if (window !== undefined && window.from === window.to) {
    fault([...at, 'window'], 'begins when it ends', 'Remove it, or give it another end.')
  }
  if (hooks !== undefined) checkHooks(hooks, [...at, 'hooks'], fault)
  for (const key of keyLists) {
    for (const [index, name] of (layer[key] ?? []).entries()) {
      if (!name.includes('/')) continue
      const remedy = `Name the file in "key_files", and the fingerprint of its key in "${key}".`
      fault([...at, key, index], 'is a file, where a key is to be named', remedy)
    }
  }
}

function checkHooks(hooks: Hooks, at: JsonPath, fault: TellFault): void {
  for (const when of ['before', 'after', 'on_error'] as const) {
    for (const [index, { command, shell, env }] of (hooks[when] ?? []).entries()) {
      checkCommands(env, [...at, when, index, 'env'], fault)
      if ((command === undefined) !== (shell === undefined)) continue
      const which =
        command === undefined ? 'has neither "command" nor "shell"' : 'has both "command" and "shell"'
      fault([...at, when, index], which, 'Give it exactly one of the two.')
    }
  }
}

/** Programs that print secrets are not looked for: the search path is not part of the configuration. */
function checkCommands(env: ConfiguredEnv | undefined, at: JsonPath, fault: TellFault): void {
  for (const [name, { $command }] of Object.entries(splitEnvironment(env).references)) {
    if ($command === undefined || $command[0]?.startsWith('/') === true) continue
    fault([...at, name, '$command', 0], 'is no absolute path', 'Write where the program is.')
  }
}
