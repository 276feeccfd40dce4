/** Takes secrets out of text, by their values: whatever way they got into it. */

/** Makes text safe to be shown or written. */
export type Redact = (text: string) => string

/** What stands in place of a secret. */
export const mask = '***'

/** Values shorter than this are replaced only where they stand as a word: "a" is not taken out of every sentence. */
const wordLength = 4

/**
 * A function that masks these values, also percent-encoded, in base64, as they stand in JSON, and line by line. Longer
 * values go first, so that a secret which holds another one disappears whole.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.flatMap(formsOf).filter((form) => form !== ''))
  if (forms.size === 0) return (text) => text
  const patterns = [...forms].sort((a, b) => b.length - a.length).map(patternOf)
  const pattern = new RegExp(patterns.join('|'), 'gu')
  return (text) => text.replace(pattern, mask)
}

function formsOf(secret: string): string[] {
  const base64 = secret.length < wordLength ? [] : [Buffer.from(secret).toString('base64').replace(/=+$/, '')]
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= wordLength)
  return [secret, secret.trim(), encode(secret), JSON.stringify(secret).slice(1, -1), ...base64, ...lines]
}

function encode(secret: string): string {
  return /[\ud800-\udfff]/u.test(secret) ? secret : encodeURIComponent(secret)
}

function patternOf(form: string): string {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return form.length < wordLength ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal
}

/** Masking whose secrets may become more while it is used. */
export interface Masking {
  readonly redact: Redact
  /** Masks these values too, from now on. */
  add(secrets: readonly string[]): void
}

/** Masking that begins with these secrets. */
export function createMasking(first: readonly string[]): Masking {
  const known = new Set(first)
  let redact = createRedact([...known])
  return {
    redact: (text) => redact(text),
    add(secrets) {
      if (secrets.every((secret) => known.has(secret))) return
      for (const secret of secrets) known.add(secret)
      redact = createRedact([...known])
    },
  }
}
