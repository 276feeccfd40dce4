/** One question about several places of the backups, as `ls`, `find`, `versions` and `diff` ask it. */
import type { Job } from '../plan/job.ts'
import type { EngineOutcome } from '../run/engine-process.ts'
import type { Access } from './access.ts'
import { Answers } from './answers.ts'
import { firstAnswer, type Looked } from './destinations.ts'
import { notice } from './failure.ts'
import type { Shell } from './io.ts'
import { PassphraseAsker } from './passphrase.ts'
import type { ListWriter } from './stream.ts'

/** The places of a word; without one, every job by itself. Throws JOB_UNKNOWN and USAGE. */
export async function placesToLook(access: Access, word: string | undefined): Promise<readonly Looked[]> {
  if (word !== undefined) return access.find(word)
  return (await access.jobs()).map((job) => ({ jobs: [job], inside: '', before: [] }))
}

/** Asks of each place the first destination that can answer, and ends the list. Gives the exit status. */
export async function lookInto<T>(
  places: readonly Looked[],
  list: ListWriter<T>,
  { access, shell }: { readonly access: Access; readonly shell: Shell },
  ask: (job: Job, inside: string) => Promise<EngineOutcome>,
): Promise<number> {
  const answers = new Answers(shell)
  const asker = new PassphraseAsker(shell, access)
  for (const place of places) {
    const before = list.count
    const told = (): boolean => list.count > before
    const { job, outcome, passed } = await firstAnswer(
      place,
      ({ job: each, inside }) =>
        asker.attempt(each, (own) => access.privateCache.read(own, (reader) => ask(reader, inside), told)),
      told,
    )
    for (const text of passed) notice(shell, text)
    answers.add(job.name, outcome)
  }
  list.end()
  return answers.end()
}
