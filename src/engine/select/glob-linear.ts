/**
 * Matches a glob in time proportional to path and pattern, whatever they are. Regular expressions with several stars
 * take time that grows with a power of the path's length, and whoever may name files chooses that length.
 *
 * All places of the pattern that the text read so far can have led to are followed at once, in the order in which a
 * backtracking matcher with greedy stars would try them (Pike's construction): so the first end found is its end too.
 */

/** One element of a glob: the source of a regular expression for one character, and whether it is repeated. */
export interface GlobToken {
  readonly source: string
  readonly star: boolean
}

/** Says whether the match may end before a place; `characters` are those of the whole text. */
export type Ending = (characters: readonly string[], place: number) => boolean

/**
 * The place where a match that begins with the text ends: of several, the one that greedy stars find first. Undefined:
 * there is none.
 */
export type FindEnd = (text: string, ending: Ending) => number | undefined

/** Makes the matcher. `flags` as for a regular expression of the tokens. */
export function linearGlob(tokens: readonly GlobToken[], flags: string): FindEnd {
  const steps = tokens.map(({ source, star }) => ({ one: new RegExp(`^(?:${source})$`, flags), star }))
  /** Adds a place, and those that are reached from it for nothing, unless it is there already. */
  const add = (threads: Set<number>, place: number): void => {
    let at = place
    for (; steps[at]?.star === true; at++) threads.add(at)
    threads.add(at)
  }
  return (text, ending) => {
    const characters = Array.from(text)
    let threads = new Set<number>()
    add(threads, 0)
    let end: number | undefined
    for (let place = 0; place <= characters.length && threads.size > 0; place++) {
      const character = characters[place]
      const next = new Set<number>()
      for (const thread of threads) {
        const step = steps[thread]
        if (step === undefined) {
          if (!ending(characters, place)) continue
          end = place
          // Whatever comes later in the order is not asked any more; what came before may still find its end.
          break
        }
        if (character !== undefined && step.one.test(character)) add(next, step.star ? thread : thread + 1)
      }
      threads = next
    }
    return end
  }
}
