#!/usr/bin/env node
/**
 * Runs before the tests. Says exactly what the machine lacks for them and exits 1; with CI=1 it runs setup-tests.sh
 * first, which installs it. Nothing is ever skipped instead.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const here = import.meta.dirname
const trixie = process.env['DUBA_TRIXIE'] ?? join(here, '..', '.cache', 'trixie')
const oldestNode = [20, 19]

const tools = readFileSync(join(here, 'test-tools.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [program = '', name = '', ...why] = line.split(/\s+/)
    return { program, name, why: why.join(' ') }
  })

const hopeless = cannotBeInstalled()
if (hopeless.length === 0 && process.env['CI'] === '1') {
  const { status } = spawnSync('bash', [join(here, 'setup-tests.sh')], { stdio: 'inherit' })
  if (status !== 0) hopeless.push('scripts/setup-tests.sh failed, see above')
}
const missing = tools.filter(({ program }) => !onPath(program))
const lacksRoot = !existsSync(join(trixie, 'usr/bin/duplicity'))
if (hopeless.length > 0 || missing.length > 0 || lacksRoot) {
  console.error('The tests cannot run on this machine yet:')
  for (const reason of hopeless) console.error(`  - ${reason}`)
  for (const { program, why } of missing) console.error(`  - ${program} is missing: ${why}`)
  if (lacksRoot) console.error(`  - duplicity 3 is missing: a Debian 13 root is expected in ${trixie}`)
  if (missing.length > 0) {
    console.error(`\nInstall:  apt-get install ${missing.map(({ name }) => name).join(' ')}`)
  }
  if (lacksRoot) console.error(`${missing.length > 0 ? 'then' : '\nRun'}:  bash scripts/setup-tests.sh`)
  console.error('\nOr let the tests do both: CI=1 npm test')
  process.exitCode = 1
}

/** What no package can mend. */
function cannotBeInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const reasons = []
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    reasons.push(`Node ${oldestNode.join('.')} or newer is needed, this is ${process.versions.node}`)
  }
  if (process.getuid?.() !== 0) {
    reasons.push('the tests must run as root: they make device nodes, change owners and use chroot')
  }
  return reasons
}

/** Whether a program can be started by its name. Root's tools are looked for even where PATH lacks them. */
function onPath(program) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .concat('/usr/sbin', '/sbin')
    .some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
