/** librsync signatures and deltas, also those that a stranger made. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DeltaBuilder } from '../../src/rsync/delta.ts'
import { loadKernels } from '../../src/rsync/kernels.ts'
import { type DeltaCommand, DeltaParser } from '../../src/rsync/patch.ts'
import { parseSignatureHeader } from '../../src/rsync/signature-header.ts'
import { SignatureIndex } from '../../src/rsync/signature-index.ts'
import { signatureOf } from '../../src/rsync/signature.ts'
import { fuzz, runs } from './fuzz.ts'
import { randomFrom } from './mutate.ts'

const kernels = loadKernels()
const NEW_FILE = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index) % 251))

fuzz({
  parser: 'signature',
  read: (input) => {
    parseSignatureHeader(input)
    const index = new SignatureIndex(input)
    const builder = new DeltaBuilder(kernels, index)
    try {
      const parser = new DeltaParser(Number.MAX_SAFE_INTEGER)
      for (const piece of [...builder.update(NEW_FILE), ...builder.end()]) parser.push(piece)
      parser.end()
    } finally {
      builder.close()
    }
  },
  words: [Buffer.from('rs\x016'), Buffer.from('rs\x017'), Buffer.from('rs\x01F'), Buffer.from('rs\x01G')],
})

fuzz({
  parser: 'delta',
  read: (input, random) => {
    const parser = new DeltaParser(random(3) === 0 ? 70_000 : 400)
    let literal = 0
    for (let at = 0; at < input.length;) {
      const size = 1 + random(random(2) === 0 ? 3 : 5000)
      for (const command of parser.push(input.subarray(at, at + size))) {
        if ('literal' in command) literal += command.literal.length
        else expect(command.copy.offset + command.copy.length).toBeLessThanOrEqual(70_000)
      }
      at += size
    }
    expect(literal).toBeLessThanOrEqual(input.length)
    parser.end()
  },
  words: [Buffer.from('rs\x026'), Buffer.from([0x44]), Buffer.from([0x54]), Buffer.from([0x45, 0, 1])],
})

test('a delta makes the new file out of the old one', () => {
  const content = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 40 }))
  const block = fc.integer({ min: 1, max: 700 })
  fc.assert(
    fc.property(
      content,
      fc.array(fc.tuple(fc.nat(9000), fc.nat(300)), { maxLength: 5 }),
      block,
      (made, cuts, size) => {
        const [start, length, variety] = made
        const random = randomFrom(start)
        const old = Buffer.from(Array.from({ length }, () => random(variety)))
        // Pieces of the old file in another order, with other bytes between them.
        const parts = cuts.flatMap(([at, count]) => [
          old.subarray(at, at + 4 * count),
          Buffer.alloc(count % 7, at),
        ])
        const fresh = Buffer.concat(parts)
        const builder = new DeltaBuilder(
          kernels,
          new SignatureIndex(Buffer.from(signatureOf(kernels, old, size))),
        )
        const delta = Buffer.concat([...builder.update(fresh), ...builder.end()])
        const parser = new DeltaParser(old.length)
        const commands = parser.push(delta)
        parser.end()
        expect(Buffer.concat(commands.map((each) => applied(each, old))).equals(fresh)).toBe(true)
      },
    ),
    runs(60),
  )
})

function applied(command: DeltaCommand, old: Buffer): Uint8Array {
  if ('literal' in command) return command.literal
  return old.subarray(command.copy.offset, command.copy.offset + command.copy.length)
}
