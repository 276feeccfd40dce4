/** A tree with everything that duplicity does not store: needs root, and setfattr, setfacl and setcap. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setAttribute } from '../../src/sys/xattr.ts'
import { noise } from './tree.ts'

/** Makes it at `root`, which must not exist. */
export function buildRichTree(root: string): void {
  const at = (...parts: string[]): string => join(root, ...parts)
  const run = (program: string, ...args: string[]): void => {
    execFileSync(program, args, { cwd: root })
  }
  const touch = (path: string, time: string): void => {
    run('touch', '-h', '-d', `@${time}`, path)
  }
  mkdirSync(root)
  mkdirSync(at('d'))
  writeFileSync(at('first'), 'one file\n')
  linkSync(at('first'), at('d', 'second'))
  linkSync(at('first'), at('third'))
  writeFileSync(at('large'), noise('large', 300_000))
  linkSync(at('large'), at('d', 'large-too'))
  writeFileSync(at('same-content'), 'one file\n')
  run('truncate', '-s', '5M', 'holes')
  run('dd', 'if=first', 'of=holes', 'bs=1', 'seek=3000000', 'conv=notrunc', 'status=none')
  run('truncate', '-s', '40000', 'small-hole')

  writeFileSync(at('attributes'), 'x')
  setAttribute(at('attributes'), 'user.binary', '\0\xff\n=\xfe')
  setAttribute(at('attributes'), 'user.empty', '')
  setAttribute(at('attributes'), 'user.a=b%\n', '12 hdrcharset=BINARY\n')
  setAttribute(at('attributes'), 'trusted.t', 'only root sees this')
  setAttribute(at('large'), 'user.on-large', 'v'.repeat(900))
  setAttribute(at('d'), 'user.on-directory', '1')
  writeFileSync(at('caf\xe9'), 'a name in UTF-8')
  setAttribute(Buffer.from(at('caf\xe9')).toString('latin1'), 'user.x', '\xff')

  writeFileSync(at('list'), 'x')
  run('setfacl', '-m', 'u:daemon:rw,u:4242:r,g:staff:rwx', 'list')
  run('setfacl', '-d', '-m', 'u:daemon:rwx,g:4243:r', 'd')
  writeFileSync(at('context'), 'x')
  setAttribute(at('context'), 'security.selinux', 'system_u:object_r:etc_t:s0\0')
  copyFileSync('/bin/true', at('capable'))
  chownSync(at('capable'), 4242, 4242)
  chmodSync(at('capable'), 0o750)
  run('setcap', 'cap_net_raw+ep', 'capable')

  symlinkSync('first', at('link'))
  setAttribute(at('link'), 'trusted.l', 'of the link')
  run('mkfifo', 'pipe')
  run('mknod', 'device', 'c', '1', '3')
  touch('link', '1500000000.000000001')
  touch('pipe', '1500000001.5')
  touch('device', '1500000002.25')
  touch('attributes', '-1.5')
  touch('first', '1600000000.123456789')
  touch('list', '1600000000.999')
  touch('d', '1600000001.000000007')
  touch('.', '1600000002.7')
}
