/**
 * Characters and sets of characters as source of JavaScript regular expressions with flag `u` or `v`.
 */

/** A character that stands for itself, also inside a set. */
export function escapeLiteral(character: string): string {
  if (/^[a-zA-Z0-9]$/.test(character)) return character
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** A range of two characters; undefined if the first comes after the second. */
export function escapeRange(from: string, to: string): string | undefined {
  if ((from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0)) return undefined
  return `${escapeLiteral(from)}-${escapeLiteral(to)}`
}

/**
 * The set that opens at `[` in a glob, and the place after its `]`. Undefined: no `]` closes it, so the bracket is
 * an ordinary character. `!` or `^` in front negates (the set then takes `/` too); `]` in front is a member; there
 * is no escaping. Command line facts §3.4.
 */
export function bracketSet(
  characters: readonly string[],
  open: number,
): { source: string; end: number } | 'bad range' | undefined {
  const negated = characters[open + 1] === '!' || characters[open + 1] === '^'
  const first = negated ? open + 2 : open + 1
  const close = characters.indexOf(']', first + 1)
  if (close === -1) return undefined
  const members = characters.slice(first, close)
  let source = ''
  for (let at = 0; at < members.length;) {
    const from = members[at] ?? ''
    const to = members[at + 1] === '-' ? members[at + 2] : undefined
    const piece = to === undefined ? escapeLiteral(from) : escapeRange(from, to)
    if (piece === undefined) return 'bad range'
    source += piece
    at += to === undefined ? 1 : 3
  }
  return { source: `[${negated ? '^' : ''}${source}]`, end: close + 1 }
}
