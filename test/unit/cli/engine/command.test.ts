import { expect, test } from '@jest/globals'
import { resolveCommand } from '../../../../src/cli/engine/command.ts'

const U = 'file:///repository'

function resolve(...positionals: string[]): unknown {
  return resolveCommand(positionals, {
    expand: (path) => path.replace('~', '/home/me'),
    readTime: (text) => {
      if (text !== '3D') throw new Error(`bad time ${text}`)
      return 1000
    },
  })
}

const removal = (age: unknown, incrementsOnly = false): unknown => ({
  command: 'remove',
  url: U,
  age,
  incrementsOnly,
})

test.each([
  [['src', U], { command: 'backup', kind: 'auto', source: 'src', url: U }],
  [['backup', 'src', U], { command: 'backup', kind: 'auto', source: 'src', url: U }],
  [['bu', 'src', U], { command: 'backup', kind: 'auto', source: 'src', url: U }],
  [['full', 'src', U], { command: 'backup', kind: 'full', source: 'src', url: U }],
  [['f', 'src', U], { command: 'backup', kind: 'full', source: 'src', url: U }],
  [['fb', 'src', U], { command: 'backup', kind: 'full', source: 'src', url: U }],
  [['incr', 'src', U], { command: 'backup', kind: 'incremental', source: 'src', url: U }],
  [['ib', 'src', U], { command: 'backup', kind: 'incremental', source: 'src', url: U }],
  [['full', '~/x', U], { command: 'backup', kind: 'full', source: '/home/me/x', url: U }],
  [[U, 'dst'], { command: 'restore', url: U, target: 'dst' }],
  [['res', U, 'dst'], { command: 'restore', url: U, target: 'dst' }],
  [['rb', U, 'dst'], { command: 'restore', url: U, target: 'dst' }],
  [['v', U, 'dir'], { command: 'verify', url: U, directory: 'dir' }],
  [['vb', U, 'dir'], { command: 'verify', url: U, directory: 'dir' }],
  [['co', U], { command: 'collection-status', url: U }],
  [['st', U], { command: 'collection-status', url: U }],
  [['list', U], { command: 'list-current-files', url: U }],
  [['ls', U], { command: 'list-current-files', url: U }],
  [['check', U], { command: 'check', url: U }],
  // A directory of that name, wherever duplicity would take it for one.
  [['full', 'check', U], { command: 'backup', kind: 'full', source: 'check', url: U }],
  [[U, 'check'], { command: 'restore', url: U, target: 'check' }],
  [['./check', U], { command: 'backup', kind: 'auto', source: './check', url: U }],
  [['verify', U, 'check'], { command: 'verify', url: U, directory: 'check' }],
  [['cl', U], { command: 'cleanup', url: U }],
  [['remove-o', '3D', U], removal({ kind: 'older-than', time: 1000 })],
  [['ro', '3D', U], removal({ kind: 'older-than', time: 1000 })],
  [['ra', '2', U], removal({ kind: 'but-n-full', count: 2 })],
  [['remove-all-but-n-full', ' +3 ', U], removal({ kind: 'but-n-full', count: 3 })],
  [['ri', '2', U], removal({ kind: 'but-n-full', count: 2 }, true)],
  [['remove-all-i', '1', U], removal({ kind: 'but-n-full', count: 1 }, true)],
  [['replicate', U, `${U}/b`], { command: 'replicate', from: U, url: `${U}/b` }],
  // A relative directory with the name of a command of 3.x, in a command line of 0.8.22.
  [['backup', U], { command: 'backup', kind: 'auto', source: 'backup', url: U }],
  [['./f', U], { command: 'backup', kind: 'auto', source: './f', url: U }],
  // Everything with a scheme is a URL.
  [['a:b', 'dst'], { command: 'restore', url: 'a:b', target: 'dst' }],
])('%j', (positionals, command) => {
  expect(resolve(...positionals)).toEqual(command)
})

test.each([
  [[], 'Command line error: Expected 2 args, got 0\n'],
  [['v', U], 'Expected 2 args, got 1'],
  [['re', U, 'x'], "command 're' not unique, could be ['remove-older-than', 'remove-all-but-n-full', "],
  [['restore', 'src', U], 'restore option cannot be used when backing up'],
  [['verify', 'src', U], 'verify option cannot be used when backing up'],
  [['full', U, 'dst'], 'full option cannot be used when restoring or verifying'],
  [['inc', U, 'dst'], 'incremental option cannot be used when restoring or verifying'],
  [['bu', U, 'dst'], 'backup option cannot be used when restoring or verifying'],
  [['a', 'b'], 'One of the arguments must be an URL.'],
  [[U, U], 'Two URLs specified.'],
  [['st', 'src'], "Bad URL 'src'."],
  [['remove-older-than', '4X', U], 'bad time 4X'],
  [['remove-older-than'], 'Missing time string for remove-older-than'],
  [['ri', '0', U], 'remove-all-inc-of-but-n-full count must be > 0'],
  [['replicate', U, 'x'], 'Two URLs expected for replicate.'],
])('%j: %s', (positionals, message) => {
  expect(() => resolve(...positionals)).toThrow(message)
})
