/** Patterns by which people look for files in backups: more like a shell's than like those that select what is stored. */
import type { ByteString } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import { decodePath } from '../../lib/path-text.ts'

export interface FindPattern {
  readonly glob: string
  /** Absolute path of the source, in front of the paths of the backup. */
  readonly root: string
}

/**
 * Whether a path of a backup fits. `*` and `?` match within a name, `**` across names, `[…]` one character of a set. A pattern
 * without a slash is compared with the last name, another one with the whole absolute path. Throws PATTERN_INVALID.
 */
export function findMatcher({ glob, root }: FindPattern): (path: ByteString) => boolean {
  const expression = expressionOf(glob)
  const above = root === '/' ? '' : root
  if (!glob.includes('/')) {
    const own = above.slice(above.lastIndexOf('/') + 1)
    return (path) => expression.test(path === '' ? own : decodePath(path.slice(path.lastIndexOf('/') + 1)))
  }
  return (path) => expression.test(path === '' ? above || '/' : `${above}/${decodePath(path)}`)
}

function expressionOf(glob: string): RegExp {
  let source = ''
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at)
    if (character === '*') {
      const deep = glob.charAt(at + 1) === '*'
      if (deep) at += 1
      source += deep ? '.*' : '[^/]*'
    } else if (character === '?') source += '[^/]'
    else if (character === '[') {
      const end = glob.indexOf(']', at + 2)
      if (end < 0) {
        throw new UserError('PATTERN_INVALID', `The pattern ${glob} has a "[" without "]"`, {
          hint: 'Write [[] for the character itself.',
        })
      }
      const set = glob.slice(at + 1, end).replace(/[\\\][&|~(){}]/g, '\\$&')
      source += `[${set.startsWith('!') ? `^${set.slice(1)}` : set}]`
      at = end
    } else source += character.replace(/[\\^$.+(){}|/\]-]/g, '\\$&')
  }
  try {
    return new RegExp(`^${source}$`, 's')
  } catch (error) {
    throw new UserError('PATTERN_INVALID', `The pattern ${glob} is malformed`, { cause: error })
  }
}
