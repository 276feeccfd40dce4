import { expect, test } from '@jest/globals'
import type { DubaConfig } from '../../../src/config/config.generated.ts'
import { maxAgeOf } from '../../../src/config/max-age.ts'

test('the destination counts before the source, the source before all', () => {
  const dests = [
    { name: 'local', dest: 'file:///l', max_age: '2h' },
    { name: 'far', dest: 'file:///f' },
  ]
  const source = { path: '/etc', max_age: '1D', dests }
  const config: DubaConfig = { backup_sources: [source], max_age: 60 }
  expect(maxAgeOf(config, source, '/etc@local')).toBe(7200)
  expect(maxAgeOf(config, source, '/etc@far')).toBe(86_400)
  expect(maxAgeOf(config, { path: '/home' }, '/home/local')).toBe(60)
  expect(maxAgeOf({ backup_sources: [] }, undefined, '/x')).toBeNull()
})
