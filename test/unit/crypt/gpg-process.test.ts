import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createCrypt } from '../../../src/crypt/create.ts'
import { Gpg, gpgFailed } from '../../../src/crypt/gpg-process.ts'
import { codeOf, cryptFixture, cryptSettings, openFile } from '../../support/crypt.ts'
import { useTempDir } from '../../support/temp.ts'

const dir = useTempDir('gpg')

/** A program in gpg's place that writes down its arguments, its environment and its passphrase. */
function fakeGpg(script: string): string {
  const path = join(dir, 'gpg')
  const record = `printf '%s\\n' "$@" > ${dir}/args; /usr/bin/env > ${dir}/env; { cat <&4 > ${dir}/pass; } 2>/dev/null || : > ${dir}/pass\n`
  writeFileSync(path, `#!/bin/sh\n${record}${script}\n`)
  chmodSync(path, 0o700)
  return path
}

const secret = 'canary-passphrase'

test('a passphrase goes through its descriptor, never through arguments or environment', async () => {
  const gpgBinary = fakeGpg('cat')
  const gpg = new Gpg(
    cryptSettings(dir, { gpgBinary, passphrase: secret, gpgOptions: ['--homedir=/x'], env: { A: 'b' } }),
  )
  const result = await gpg.run({ args: ['--decrypt'], passphrase: secret, input: Buffer.from('in') })
  expect(result.stdout.toString()).toBe('in')
  expect(readFileSync(join(dir, 'pass'), 'utf8')).toBe(secret)
  const args = readFileSync(join(dir, 'args'), 'utf8').split('\n')
  expect(args).toEqual([
    ...['--batch', '--no-tty', '--status-fd', '3', '--logger-fd', '2', '--no-secmem-warning'],
    ...['--pinentry-mode=loopback', '--passphrase-fd', '4', '--homedir=/x', '--decrypt', ''],
  ])
  const environment = readFileSync(join(dir, 'env'), 'utf8')
  expect(environment).toContain('A=b')
  expect(environment).not.toContain('NODE')
  expect(environment + args.join(' ')).not.toContain(secret)
})

test('with the agent no passphrase is handed over', async () => {
  const gpg = new Gpg(cryptSettings(dir, { gpgBinary: fakeGpg(''), passphrase: secret, useAgent: true }))
  await gpg.run({ args: ['--decrypt'], passphrase: secret })
  expect(readFileSync(join(dir, 'args'), 'utf8')).not.toContain('passphrase')
  expect(readFileSync(join(dir, 'pass'), 'utf8')).toBe('')
})

test("a failure shows gpg's log in duplicity's frame, without secrets", async () => {
  const script = `echo "gpg: bad ${secret}" >&2; echo "gpg: session key: '9:00FF'" >&2; exit 2`
  const gpg = new Gpg(cryptSettings(dir, { gpgBinary: fakeGpg(script), passphrase: secret }))
  expect(gpgFailed(await gpg.run({ args: [] })).message).toBe(
    [
      'GPGError: GPG Failed, see log below:',
      '===== Begin GnuPG log =====',
      'gpg: bad (removed)',
      "gpg: session key: '(removed)'",
      '===== End GnuPG log =====',
    ].join('\n'),
  )
})

test('a gpg that cannot be started is told', async () => {
  const gpg = new Gpg(cryptSettings(dir))
  await expect(gpg.run({ args: [] })).rejects.toThrow('/nonexistent/gpg cannot be started (ENOENT)')
})

test('a gpg that fails while sealing fails the seal, not the process', async () => {
  const good = `echo sealed`
  const settings = cryptSettings(dir, {
    gpgBinary: fakeGpg(good),
    encryption: 'symmetric',
    passphrase: secret,
    implementation: 'gpg',
  })
  const crypt = createCrypt(settings)
  await crypt.prepareWriting()
  fakeGpg('echo "gpg: no" >&2; exit 2')
  const seal = crypt.seal(() => undefined)
  const writing = async () => {
    for (let n = 0; n < 50; n++) await seal.write(Buffer.alloc(100_000))
    await seal.finish()
  }
  expect(await codeOf(writing())).toBe('GPG_FAILED')
  seal.abort()
  await crypt.close()
})

test('a sink that fails ends gpg and fails the seal', async () => {
  const settings = cryptSettings(dir, {
    gpgBinary: fakeGpg('cat'),
    encryption: 'symmetric',
    passphrase: secret,
    implementation: 'gpg',
  })
  const crypt = createCrypt(settings)
  await crypt.prepareWriting()
  const seal = crypt.seal(() => {
    throw new Error('sink is full')
  })
  const writing = async () => {
    for (let n = 0; n < 50; n++) await seal.write(Buffer.alloc(100_000))
    await seal.finish()
  }
  await expect(writing()).rejects.toThrow('sink is full')
})

test('a temporary directory that is missing is told', async () => {
  const changes = { encryption: 'symmetric', passphrase: secret, implementation: 'gpg' } as const
  const settings = { ...cryptSettings(dir, changes), tempDir: join(dir, 'none') }
  expect(await codeOf(openFile(cryptFixture('ocb-passphrase.gpg'), settings, 'gpg'))).toBe('TEMP_SPACE')
})

test.each([
  ['that does not vouch for the whole', 'echo "[GNUPG:] DECRYPTION_OKAY" >&3', 'INTEGRITY'],
  ['that found it altered', 'echo "[GNUPG:] BADMDC" >&3; exit 2', 'INTEGRITY'],
  ['that has no key', 'echo "[GNUPG:] DECRYPTION_FAILED" >&3; exit 2', 'DECRYPT_FAILED'],
  [
    'that fails otherwise',
    'echo "[GNUPG:] DECRYPTION_OKAY" >&3; echo "[GNUPG:] GOODMDC" >&3; exit 2',
    'GPG_FAILED',
  ],
  [
    'that is content',
    'cat >/dev/null; echo "[GNUPG:] DECRYPTION_OKAY" >&3; echo "[GNUPG:] GOODMDC" >&3',
    'none',
  ],
])('an open by a gpg %s', async (_, script, code) => {
  const settings = cryptSettings(dir, {
    gpgBinary: fakeGpg(script),
    encryption: 'symmetric',
    passphrase: secret,
    implementation: 'gpg',
  })
  expect(await codeOf(openFile(cryptFixture('ocb-passphrase.gpg'), settings, 'gpg'))).toBe(code)
})
