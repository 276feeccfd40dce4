/** Stored bytes that do not have the hash they should have. Who asked for it knows the name of the file. */
export class HashMismatch extends Error {
  override readonly name = 'HashMismatch'
  /** SHA-1 of the stored bytes, lower-case hex. */
  readonly actual: string

  constructor(actual: string) {
    super(`has the SHA-1 ${actual}`)
    this.actual = actual
  }
}
