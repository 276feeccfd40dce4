/**
 * Names of users and groups: archives carry both name and number, and the name decides when both are known.
 *
 * Sources: passwd(5), group(5); archive format §7 ("uid/gid of the signature entry").
 */
import { readFileSync } from 'node:fs'
import { fromBytes, type ByteString } from '../../lib/bytestring.ts'
import { isErrno } from '../../lib/errors.ts'

export type OwnerDatabase = 'passwd' | 'group'

export interface OwnerSources {
  /** Contents of /etc/passwd and /etc/group. */
  readonly passwd: ByteString
  readonly group: ByteString
  /**
   * Asks other databases (LDAP and the like) for a name or a decimal number that the files lack. Gives a line in
   * the format of the file, as `getent` prints it, or undefined. Asked once for each key.
   */
  readonly lookup?: (database: OwnerDatabase, key: ByteString) => ByteString | undefined
}

/** Looks up owners, both ways, and remembers every answer, also that there is none. */
export class OwnerTable {
  readonly #passwd: Names
  readonly #group: Names

  constructor(sources: OwnerSources) {
    const { lookup } = sources
    this.#passwd = new Names(sources.passwd, lookup && ((key) => lookup('passwd', key)))
    this.#group = new Names(sources.group, lookup && ((key) => lookup('group', key)))
  }

  /** Name of a user, '' if unknown. */
  userName(uid: number): ByteString {
    return this.#passwd.name(uid)
  }

  /** Name of a group, '' if unknown. */
  groupName(gid: number): ByteString {
    return this.#group.name(gid)
  }

  /** Number of a user; undefined if the name is empty or unknown. */
  userId(name: ByteString): number | undefined {
    return this.#passwd.id(name)
  }

  /** Number of a group; undefined if the name is empty or unknown. */
  groupId(name: ByteString): number | undefined {
    return this.#group.id(name)
  }
}

/** The two files of this host; one that does not exist is empty. Other errors of the system are thrown. */
export function readOwnerFiles(directory = '/etc'): { passwd: ByteString; group: ByteString } {
  return { passwd: readIfThere(`${directory}/passwd`), group: readIfThere(`${directory}/group`) }
}

function readIfThere(path: string): ByteString {
  try {
    return fromBytes(readFileSync(path))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return ''
    throw error
  }
}

interface Owner {
  readonly name: ByteString
  readonly id: number
}

/** One database. Of several lines with the same name or number the first counts, as for getpwnam(3). */
class Names {
  readonly #byId = new Map<number, ByteString>()
  readonly #byName = new Map<ByteString, number | undefined>()
  readonly #lookup: ((key: ByteString) => ByteString | undefined) | undefined

  constructor(file: ByteString, lookup: ((key: ByteString) => ByteString | undefined) | undefined) {
    this.#lookup = lookup
    for (const line of file.split('\n')) {
      const owner = parseLine(line)
      if (owner === undefined) continue
      if (!this.#byId.has(owner.id)) this.#byId.set(owner.id, owner.name)
      if (!this.#byName.has(owner.name)) this.#byName.set(owner.name, owner.id)
    }
  }

  name(id: number): ByteString {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const found = this.#ask(String(id))
    const name = found?.id === id ? found.name : ''
    this.#byId.set(id, name)
    return name
  }

  id(name: ByteString): number | undefined {
    if (name === '' || this.#byName.has(name)) return this.#byName.get(name)
    const found = this.#ask(name)
    const id = found?.name === name ? found.id : undefined
    this.#byName.set(name, id)
    return id
  }

  #ask(key: ByteString): Owner | undefined {
    const line = this.#lookup?.(key)
    return line === undefined ? undefined : parseLine(line.trimEnd())
  }
}

/** Name and number of a line of either file; undefined for comments, NIS marks and damaged lines. */
function parseLine(line: ByteString): Owner | undefined {
  const [name = '', , number = ''] = line.split(':', 3)
  if (name === '' || /^[#+-]/.test(name) || !/^\d{1,10}$/.test(number)) return undefined
  return { name, id: Number(number) }
}
