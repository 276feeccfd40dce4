import { expect, test } from '@jest/globals'
import { parseConfig } from '../../../src/config/load.ts'
import { idlePatterns } from '../../../src/plan/idle-patterns.ts'

test('names patterns that can match nothing, of the top those that match nowhere', () => {
  const config = {
    backup_dest: 'file:///d',
    encryption: 'none',
    backup_excludes: ['tmp/x', '/elsewhere/x', '**.o', '*.o', 'ignorecase:/ETC/x'],
    backup_includes: ['keep'],
    backup_sources: [
      { path: '/etc', excludes: ['/etc/x', '/srv/x', 'x', '**/x'], includes: ['/etc'] },
      { path: '/home', divide: true, excludes: ['/homes'] },
    ],
  }
  const found = idlePatterns(parseConfig(JSON.stringify(config), 'main'))
  expect(found.map(({ path, value, message }) => [path.join('.'), value, message])).toEqual([
    ['backup_excludes.0', '"tmp/x"', 'can match nothing'],
    ['backup_excludes.3', '"*.o"', 'can match nothing'],
    ['backup_includes.0', '"keep"', 'can match nothing'],
    ['backup_sources.0.excludes.1', '"/srv/x"', 'can match nothing in /etc, and its job fails'],
    ['backup_sources.0.excludes.2', '"x"', 'can match nothing in /etc, and its job fails'],
    ['backup_sources.1.excludes.0', '"/homes"', 'can match nothing in /home'],
  ])
})
