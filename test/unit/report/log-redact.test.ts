import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRedact } from '../../../src/report/log-redact.ts'

test('masks values wherever they stand', () => {
  const redact = createRedact(['hunter2', 'hunter2-long', 'a/b c'])
  expect(redact('x=hunter2-long;y=hunter2!')).toBe('x=***;y=***!')
  expect(redact('a/b c, a%2Fb%20c, YS9iIGM')).toBe('***, ***, ***')
})

test('short values are masked as words only', () => {
  const redact = createRedact(['a'])
  expect(redact('a backup of "a" and data')).toBe('*** backup of "***" and data')
})

test('without secrets nothing changes', () => {
  expect(createRedact([])('text')).toBe('text')
  expect(createRedact(['', ' '])('a  text')).toBe('a  text')
})

test('no value of any shape survives', () => {
  const secret = fc.string({ minLength: 4, unit: 'binary' }).filter((value) => value.trim().length >= 4)
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), fc.string(), (secrets, text) => {
      const redact = createRedact(secrets)
      const said = redact(`${text} ${secrets.join(text)} ${JSON.stringify(secrets)}`)
      for (const value of secrets.filter((one) => !'***'.includes(one) && !text.includes(one))) {
        expect(said.replaceAll('***', '').includes(value)).toBe(false)
      }
    }),
  )
})
