/** Options for destinations that this version does not have: accepted, without effect on `file://`. Facts §2.4. */
import { type OptionExtra, type OptionKind, option, type OptionRow } from './option-row.ts'

export const backendOptions = [
  option('gio', 'flag', 'works', 'Puts gio+ before every URL.', { deprecated: 'names' }),
  ...forBackend('ftp', 'flag', ['ftp-passive', 'ftp-regular']),
  ...forBackend('ssh', 'flag', ['ssh-askpass']),
  ...forBackend('ssh', 'words', ['ssh-options']),
  ...forBackend('ssh', 'text', ['scp-command', 'sftp-command']),
  ...forBackend('rsync', 'words', ['rsync-options']),
  ...forBackend('TLS', 'text', ['ssl-cacert-file', 'ssl-cacert-path']),
  ...forBackend('TLS', 'flag', ['ssl-no-check-certificate']),
  ...forBackend('WebDAV', 'text', ['webdav-headers'], { since: '3' }),
  ...forBackend('S3', 'flag', [
    's3-european-buckets',
    's3-use-new-style',
    's3-unencrypted-connection',
    's3-use-rrs',
    's3-use-ia',
    's3-use-onezone-ia',
    's3-use-glacier',
    's3-use-glacier-ir',
    's3-use-deep-archive',
    's3-use-multiprocessing',
    's3-use-server-side-encryption',
    's3-use-server-side-kms-encryption',
  ]),
  ...forBackend('S3', 'int', [
    's3-multipart-chunk-size',
    's3-multipart-max-procs',
    's3-multipart-max-timeout',
  ]),
  ...forBackend('S3', 'text', ['s3-kms-key-id', 's3-kms-grant', 's3-region-name', 's3-endpoint-url']),
  ...forBackend('Swift', 'text', ['swift-storage-policy']),
  ...forBackend('Swift', 'int', ['mp-segment-size']),
  ...forBackend('Azure', 'int', [
    'azure-max-single-put-size',
    'azure-max-block-size',
    'azure-max-connections',
  ]),
  ...forBackend('Azure', 'text', ['azure-blob-tier']),
  ...forBackend('Cloud Files', 'text', ['cf-backend']),
  ...forBackend('B2', 'flag', ['b2-hide-files']),
  ...forBackend('IMAP', 'flag', ['imap-full-address']),
  ...forBackend('IMAP', 'text', ['imap-mailbox']),
  ...forBackend('MediaFire', 'flag', ['mf-purge']),
  ...forBackend('IDrive', 'file', ['idr-fakeroot']),
  ...forBackend('Par2', 'int', ['par2-redundancy', 'par2-volumes']),
  ...forBackend('Par2', 'words', ['par2-options']),
] as const

function forBackend<Name extends string>(
  backend: string,
  kind: OptionKind,
  names: readonly Name[],
  extra: OptionExtra = {},
): OptionRow<Name>[] {
  return names.map((name) => option(name, kind, 'elsewhere', `For ${backend}.`, extra))
}
