/** What the steps of a run share. */
import type { Emit } from '../../engine/events.ts'
import type { Message } from '../../report/duplicity/message.ts'
import type { CommandLine } from './command-line.ts'
import type { EngineIo, EngineParts } from './io.ts'

export interface Performance {
  readonly line: CommandLine
  readonly io: EngineIo
  readonly parts: EngineParts
  readonly emit: Emit
  readonly say: (message: Message) => void
  /** Whether a person may be asked for passphrases. */
  readonly mayAsk: boolean
}
