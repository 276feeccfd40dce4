/**
 * What the engine says, for people who run `duba`: they know keys of the configuration, not options of the engine's command
 * line.
 */

const keys: Readonly<Record<string, string>> = {
  '--archive-dir': '"cache_dir"',
  '--tempdir': '"tempdir"',
  '--volsize': '"volsize"',
  '--encrypt-key': '"encrypt_keys"',
  '--hidden-encrypt-key': '"hidden_encrypt_keys"',
  '--sign-key': '"sign_key"',
  '--key-file': '"key_files"',
  '--no-encryption': '"encryption": "none"',
  '--gpg-binary': '"env": {"PATH": …}',
  '--num-retries': '"retries"',
  '--backend-retry-delay': '"retry_delay"',
  '--full-if-older-than': '"full_if_older_than"',
  '--allow-source-mismatch': '"duba backup --take-over"',
}

/** A text in which options of the engine that stand for keys of the configuration are replaced by these. */
export function forOperators(text: string): string {
  const plain = text.replace(' or --name', '')
  return plain.replace(/(?<![\w-])--[a-z]+(?:-[a-z]+)*/g, (option) =>
    Object.hasOwn(keys, option) ? (keys[option] ?? option) : option,
  )
}
