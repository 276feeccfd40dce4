/** Finds the word that was probably meant. */

/**
 * The candidate that is nearest to a word, if it is near enough to be a slip of the keyboard; else the only one that has it
 * as one of its words; else undefined.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const plain = normalize(word)
  const limit = Math.max(1, Math.floor(plain.length / 3))
  let best: { candidate: string; distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance(plain, normalize(candidate))
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { candidate, distance }
  }
  return (
    best?.candidate ??
    onlyOne(candidates.filter((candidate) => normalize(candidate).split('_').includes(plain)))
  )
}

const onlyOne = (found: readonly string[]): string | undefined => (found.length === 1 ? found[0] : undefined)

const normalize = (word: string): string => word.toLowerCase().replaceAll('-', '_').replace(/\/$/, '')

/** Characters to insert, remove, replace or swap with their neighbour to make one word of the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace, swap))
    }
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
