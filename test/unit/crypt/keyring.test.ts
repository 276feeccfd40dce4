import { expect, test } from '@jest/globals'
import { parseColons } from '../../../src/crypt/keyring.ts'

const listing = `tru::1:1795475058:0:3:1:5
pub:u:3072:1:6A6A3183195B2DB9:1700000000:::u:::scESC::::::23::0:
fpr:::::::::EE5F921C4F34A01EB466F34D6A6A3183195B2DB9:
uid:u::::1700000000::0123::Golden Test A <golden-A@example.invalid>::::::::::0:
sub:u:3072:1:DAADDEB93CFDC8BE:1700000000::::::e::::::23:
fpr:::::::::0000000000000000000000000000000000000000:
pub:e:255:22:BEF0A5C700000000:1700000000:1800000000::-:::scSC:::::ed25519:::0:
fpr:::::::::1111111111111111111111111111111111111111:
`

test('keys, parts and validity are read from a colon listing', () => {
  expect(parseColons(listing)).toEqual([
    {
      fingerprint: 'EE5F921C4F34A01EB466F34D6A6A3183195B2DB9',
      validity: 'u',
      capabilities: 'scESC',
      expires: undefined,
      parts: [
        { fingerprint: 'EE5F921C4F34A01EB466F34D6A6A3183195B2DB9', capabilities: 'scESC' },
        { fingerprint: '0000000000000000000000000000000000000000', capabilities: 'e' },
      ],
      userIds: ['Golden Test A <golden-A@example.invalid>'],
    },
    {
      fingerprint: '1111111111111111111111111111111111111111',
      validity: 'e',
      capabilities: 'scSC',
      expires: 1800000000,
      parts: [{ fingerprint: '1111111111111111111111111111111111111111', capabilities: 'scSC' }],
      userIds: [],
    },
  ])
  expect(parseColons('')).toEqual([])
})
