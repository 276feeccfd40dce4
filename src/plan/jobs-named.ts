/** Which jobs a name means. */

/** The jobs that are called so; if none is, those of the source of this name, which has several destinations. */
export function jobsNamed<Named extends { readonly name: string }>(
  jobs: readonly Named[],
  word: string,
): Named[] {
  const exact = jobs.filter(({ name }) => name === word)
  return exact.length > 0 ? exact : jobs.filter(({ name }) => name.slice(0, name.lastIndexOf('@')) === word)
}
