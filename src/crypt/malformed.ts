/** Stored data that is not what was written: turned into INTEGRITY, with the file's name, by `create.ts`. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}
