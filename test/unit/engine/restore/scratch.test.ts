import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import type { Backend } from '../../../../src/backend/backend.ts'
import type { BackupSet } from '../../../../src/engine/chain/sets.ts'
import type { EngineEvent } from '../../../../src/engine/events.ts'
import type { PlannedSet } from '../../../../src/engine/restore/plan.ts'
import { checkScratch, neededVolumes, scratchOf } from '../../../../src/engine/restore/scratch.ts'

/** A set whose volumes hold the paths a, b, c and so on, one each. */
function planned(name: string, count: number): PlannedSet {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const times = { type: 'full', start: 1, end: 1 } as const
  const parsed = { ...times, kind: 'volume', partial: false, form: 'gz' } as const
  const set: BackupSet = {
    ...times,
    volumes: new Map(
      numbers.map((volume) => [volume, { name: `${name}${volume}`, parsed: { ...parsed, volume } }]),
    ),
    manifest: undefined,
    encrypted: false,
  }
  const volumes = numbers.map((number) => {
    const path = String.fromCharCode(96 + number)
    return {
      number,
      startPath: path,
      startBlock: undefined,
      endPath: path,
      endBlock: undefined,
      hashes: {},
    }
  })
  return { set, manifest: { volumes } }
}

const listing = [
  { name: 'full1', size: 10 },
  { name: 'full2', size: 300 },
  { name: 'full3', size: 200 },
  { name: 'inc1', size: 7 },
]
const sets = [planned('full', 3), planned('inc', 1)]

const backend = (local: boolean): { backend: Pick<Backend, 'localPath'> } => ({
  backend: { localPath: (name) => (local ? `/there/${name}` : undefined) },
})
const scratch = (wanted: string, local = false): number =>
  scratchOf(backend(local) as { backend: Backend }, neededVolumes(sets, wanted, listing))

test('of each set the two largest volumes that are wanted, and nothing of what is read in place', () => {
  expect(scratch('')).toBe(300 + 200 + 7)
  expect(scratch('a')).toBe(10 + 7)
  expect(scratch('c')).toBe(200)
  expect(scratch('', true)).toBe(0)
})

test('what there is and what is needed is told; too little is refused with both', () => {
  const events: EngineEvent[] = []
  const context = { tempDir: tmpdir(), emit: (event: EngineEvent) => events.push(event) }
  checkScratch(context, 507)
  expect(events).toEqual([
    {
      type: 'note',
      level: 'info',
      text: expect.stringMatching(
        /^Temp has \d+ available, the volumes of this restore will use approx 507\.$/,
      ),
    },
  ])
  expect(() => {
    checkScratch(context, 2 ** 52)
  }).toThrow(
    expect.objectContaining({ code: 'TEMP_SPACE', message: expect.stringContaining(`approx ${2 ** 52}`) }),
  )
})
