/**
 * The seed of random tests, printed by each of them: what DUBA_TEST_SEED says, a new one for every run under
 * DUBA_TEST_FULL, and otherwise always the same one, so that `npm test` says the same of the same code twice.
 */
export const seed = Number(
  process.env['DUBA_TEST_SEED'] ??
    (process.env['DUBA_TEST_FULL'] === '1' ? Math.floor(Math.random() * 1_000_000) : 31),
)
