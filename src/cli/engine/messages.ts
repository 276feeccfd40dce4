/** Plain messages of the command line itself. */
import type { ByteString } from '../../lib/bytestring.ts'
import { levels, type Message } from '../../report/duplicity/message.ts'

/** Only for those who want to know more. */
export function info(text: ByteString): Message {
  return { level: levels.info, code: 1, text }
}

export function notice(text: ByteString): Message {
  return { level: levels.notice, code: 1, text }
}

export function warning(text: ByteString): Message {
  return { level: levels.warning, code: 1, text }
}
