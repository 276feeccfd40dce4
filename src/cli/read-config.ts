/** Reading a configuration whose file system may not answer. */
import { dirname, join } from 'node:path'
import { type Examined, examineConfig, type LoadedConfig, loadConfig } from '../config/load.ts'
import { UserError } from '../lib/errors.ts'
import { answering } from '../run/answering.ts'

/** As `loadConfig`, but it comes to an end: throws CONFIG_UNREADABLE too where nothing answers. */
export async function readConfig(file: string, user: { readonly uid: number }): Promise<LoadedConfig> {
  await refuseSilence(file)
  return loadConfig(file, user)
}

/** As `examineConfig`, but it comes to an end: throws CONFIG_UNREADABLE too where nothing answers. */
export async function examineInTime(file: string, user: { readonly uid: number }): Promise<Examined> {
  await refuseSilence(file)
  return examineConfig(file, user)
}

async function refuseSilence(file: string): Promise<void> {
  const silence = await configSilence(file)
  if (silence === undefined) return
  throw new UserError('CONFIG_UNREADABLE', `The configuration ${file} cannot be read: ${silence}`, {
    hint: 'Name another one with --config.',
  })
}

/** What to say of a configuration that does not answer; undefined: it does. */
export async function configSilence(file: string): Promise<string | undefined> {
  const directory = dirname(file)
  return (await answering.silence(directory)) ?? answering.silence(join(directory, 'conf.d'))
}
