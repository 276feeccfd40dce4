/** Owners that a restore changes: `user:alice=bob,group:100=staff`. */
import { type ByteString, toText } from '../../lib/bytestring.ts'
import { UserError } from '../../lib/errors.ts'
import type { TarEntry } from '../../format/tar/header.ts'
import type { OwnerRule } from '../request.ts'
import type { OwnerTable } from '../select/owner.ts'

/** Reads rules, separated by commas or line ends. Throws USAGE for what is none or names nobody on this machine. */
export function parseOwnerMap(text: ByteString, owners: OwnerTable): OwnerRule[] {
  const rules = text
    .split(/[,\n]/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '' && !rule.startsWith('#'))
  return rules.map((rule) => parseRule(rule, owners))
}

function parseRule(rule: ByteString, owners: OwnerTable): OwnerRule {
  const match = /^(user|group):([^=]+)=(.+)$/.exec(rule)
  if (match === null) {
    throw new UserError('USAGE', `"${toText(rule)}" is no rule for owners`, {
      hint: 'Write user:OLD=NEW or group:OLD=NEW, with names or numbers, several separated by commas.',
    })
  }
  const [, of, from = '', name = ''] = match
  const number = /^\d{1,10}$/.test(name) ? Number(name) : undefined
  const to = number ?? (of === 'user' ? owners.userId(name) : owners.groupId(name))
  if (to === undefined) {
    throw new UserError('USAGE', `There is no ${of ?? ''} ${toText(name)} on this machine`, {
      hint: 'Name one that is there, or give a number.',
    })
  }
  return { of: of === 'user' ? 'user' : 'group', from, to }
}

/** The id that the rules give the owner in a header. */
export function mappedId(
  which: 'user' | 'group',
  stored: Pick<TarEntry, 'uid' | 'gid' | 'uname' | 'gname'>,
  rules: readonly OwnerRule[],
): number | undefined {
  return which === 'user'
    ? mappedOwner(which, stored.uname, stored.uid, rules)
    : mappedOwner(which, stored.gname, stored.gid, rules)
}

/** The id that the rules give a stored owner; a rule for its name goes before one for its number. */
export function mappedOwner(
  which: 'user' | 'group',
  name: ByteString,
  number: number | undefined,
  rules: readonly OwnerRule[],
): number | undefined {
  const mine = rules.filter(({ of }) => of === which)
  const byName = mine.find(({ from }) => name !== '' && from === name)
  return (byName ?? mine.find(({ from }) => from === String(number)))?.to
}
