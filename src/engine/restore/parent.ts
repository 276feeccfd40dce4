/**
 * Opens the directory that holds a target, or a target, step by step. Links on the way are followed only where root or we made them:
 * who may write in one of the directories could otherwise send a restore of the super-user anywhere.
 */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { isErrno, UserError } from '../../lib/errors.ts'
import { type DirectoryHandle, openDirectory } from '../../sys/directory.ts'

const MOST_LINKS = 40

export interface ParentOptions {
  /** Who restores. */
  readonly uid: number
  /** Makes what is missing, 0700; else the answer is undefined. */
  readonly create: boolean
}

/**
 * The directory at a path, open; the caller closes it. Undefined where it is missing and shall not be made. Throws
 * TARGET_UNWRITABLE at a link of somebody else, and errno errors.
 */
export function openParent(path: ByteString, { uid, create }: ParentOptions): DirectoryHandle | undefined {
  const steps = stepsOf(path).reverse()
  let above: DirectoryHandle[] = [openDirectory(path.startsWith('/') ? '/' : '.')]
  let links = 0
  const leave = (handles: readonly DirectoryHandle[]): void => {
    for (const handle of handles) handle.close()
  }
  try {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const here = above.at(-1)
      if (here === undefined) return undefined
      if (step === '..') {
        if (above.length > 1) leave(above.splice(-1))
        continue
      }
      const found = here.stat(step)
      if (found === undefined) {
        if (!create) {
          leave(above)
          return undefined
        }
        makeDirectory(here, step)
      } else if (found.kind === 'sym') {
        const text = here.readLink(step)
        const owner = here.stat(step)?.uid
        links += 1
        if (links > MOST_LINKS || owner !== found.uid || (owner !== 0 && owner !== uid))
          throw foreignLink(path, step)
        steps.push(...stepsOf(text).reverse())
        if (text.startsWith('/')) {
          leave(above)
          above = [openDirectory('/')]
        }
        continue
      }
      above.push(enter(here, step))
    }
  } catch (error) {
    leave(above)
    throw error
  }
  const reached = above.pop()
  leave(above)
  return reached
}

/** Directories that let us through but do not let us look are no obstacle. */
function enter(parent: DirectoryHandle, name: ByteString): DirectoryHandle {
  try {
    return parent.openDir(name)
  } catch (error) {
    if (!isErrno(error, 'EACCES')) throw error
    return parent.passDir(name)
  }
}

/** There may be one by now. */
export function makeDirectory(parent: DirectoryHandle, name: ByteString): void {
  try {
    parent.makeDir(name, 0o700)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

function stepsOf(path: ByteString): ByteString[] {
  return path.split('/').filter((step) => step !== '' && step !== '.')
}

function foreignLink(path: ByteString, step: ByteString): UserError {
  const text = `Cannot write to ${toText(path)}: ${toText(step)} is a link that belongs to another user, and is not followed`
  return new UserError('TARGET_UNWRITABLE', text, { hint: 'Name the directory itself, without the link.' })
}
