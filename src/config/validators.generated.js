// Made by scripts/generate-config.mjs from schemas/duba.schema.json.
import ucs2length from 'ajv/dist/runtime/ucs2length.js'
import equal from 'ajv/dist/runtime/equal.js'
"use strict";
export const matchesSchema = validate52;
const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://duba.invalid/schemas/duba.schema.json","title":"DubaConfig","description":"What duba backs up, where to and how. One job is made for each source, for each of its destinations, and for each first-level entry of a source that is divided.","type":"object","additionalProperties":false,"required":["backup_sources"],"properties":{"$schema":{"description":"Where this schema is, for editors. It has no other effect.","type":"string"},"version":{"description":"`2` marks the new style: a source must exist, unless its `must_exist` says otherwise. Without it, the tolerances of the original duba apply: a missing source that was never backed up is only skipped.","type":"integer","const":2},"backup_sources":{"description":"The directories to back up, each with its own options.","type":"array","items":{"$ref":"#/$defs/source"}},"backup_excludes":{"description":"Patterns that are left out of every source, before the patterns of the source itself. A pattern that cannot match inside a source is not handed to its job.","$ref":"#/$defs/patterns"},"backup_includes":{"description":"Patterns that are stored of every source although a later pattern leaves them out. They come before `backup_excludes`; one that cannot match inside a source is not handed to its job.","$ref":"#/$defs/patterns"},"exclude_files":{"description":"Files with patterns to leave out, one in a line, for every source. They come after `backup_excludes`. Lines that begin with `#` and empty lines do not count; `+ ` and `- ` at the start of a line include and exclude.","$ref":"#/$defs/files"},"include_files":{"description":"Files with patterns to store, one in a line, for every source. They come after `backup_includes`.","$ref":"#/$defs/files"},"backup_dest":{"description":"The destination. The absolute path of a source is put behind it: with `swift://host.example.com`, `/etc` is stored at `swift://host.example.com/etc`. `{host}` in it stands for the `host`, so that hosts can share a configuration. May be left out if every source has a `dest`.","$ref":"#/$defs/url"},"backend":{"description":"Kept for configurations of the original duba (`swift` or `sftp`). The URL of the destination decides; this has no effect.","type":"string"},"cache_dir":{"description":"Directory for the caches of all jobs: each has a directory of its own in it, named by the MD5 of the destination URL, as duplicity does. Default: `duplicity` in `$XDG_CACHE_HOME` or `~/.cache`.","$ref":"#/$defs/absolutePath"},"gpg_encrypt_local_key":{"description":"Fingerprint or key id of the key of this host. Backups are encrypted to it and to `gpg_encrypt_master_key`; either key alone restores them.","$ref":"#/$defs/optionalKey"},"gpg_encrypt_master_key":{"description":"Fingerprint or key id of the master key, whose secret part is not on this host.","$ref":"#/$defs/optionalKey"},"encrypt_keys":{"description":"More keys to encrypt to, as fingerprints, key ids or user ids.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup.","$ref":"#/$defs/keys"},"sign_key":{"description":"Key that signs every file of a backup, as 8, 16 or 40 hexadecimal digits. On restoring, the signature is checked.","$ref":"#/$defs/signKey"},"key_files":{"description":"Files with armored OpenPGP keys. They are searched before the GnuPG keyring, so that a host can do without gpg.","$ref":"#/$defs/files"},"encryption":{"description":"How backups are encrypted: to `keys`, `symmetric` with `env.PASSPHRASE`, or `none`. Default: `keys` if any key is given, else `symmetric` if a passphrase is. To store backups unencrypted, `none` must be written.","$ref":"#/$defs/encryption"},"crypto":{"description":"`auto`: bulk encryption in the program itself, gpg where it is needed. `gpg`: the gpg program does everything.","$ref":"#/$defs/crypto","default":"auto"},"retention_time":{"description":"Backups older than this are deleted after a good run, whole chains at a time: what a younger backup needs stays.","$ref":"#/$defs/time"},"keep_full":{"description":"This many newest full backups stay, with their incrementals; older chains are deleted after a good run.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"Only this many newest full backups keep their incrementals; those of older ones are deleted after a good run.","$ref":"#/$defs/count"},"keep_chains":{"description":"At least this many complete chains stay, whatever `retention_time` and `keep_full` say.","$ref":"#/$defs/count","default":1},"prune":{"description":"Whether `duba backup` deletes old backups here. `false` where a host must not: then `duba prune` does it on a trusted machine.","type":"boolean","default":true},"orphan_grace":{"description":"How long the backups of an entry of a divided source stay, counted from their last backup, after the entry has vanished; only then the retention may delete them.","$ref":"#/$defs/duration","default":"30D"},"max_unreadable":{"description":"Retention is blocked for a job that had to leave out more entries than this because of errors.","type":"integer","minimum":0,"default":100},"max_unreadable_percent":{"description":"The same as a share of all entries, in percent; the smaller of the two limits counts.","$ref":"#/$defs/percent","default":1},"full_if_older_than":{"description":"A full backup is made when the last full one is older than this. Without it, every backup after the first is incremental.","$ref":"#/$defs/time"},"volsize":{"description":"Size of a volume in MiB.","$ref":"#/$defs/volsize","default":200},"compression_level":{"description":"How hard volumes are compressed, from 1 (fast) to 9 (small). Default: the engine's, 6 as duplicity's.","$ref":"#/$defs/compressionLevel"},"one_filesystem":{"description":"Do not enter other file systems that are mounted below a source.","type":"boolean","default":true},"must_exist":{"description":"Whether a source that does not exist is a failure. Default: `true` with `\"version\": 2`, else `false`.","type":"boolean"},"min_files":{"description":"A source with fewer entries than this fails, and its retention is blocked. Default: no such limit.","type":"integer","minimum":0},"min_bytes":{"description":"A source with fewer bytes in its files than this fails, and its retention is blocked. Default: no such limit.","type":"integer","minimum":0},"max_shrink_percent":{"description":"A source that lost more than this share of its entries or bytes since its last good run fails, and its retention is blocked. 100 switches it off.","$ref":"#/$defs/percent","default":50},"timeout":{"description":"Deadline of a job's own work: one that takes longer is ended. Its hooks do not count, they have a `timeout` each. 0 is none. Default: none.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"A job of which nothing was heard for this long is ended and called stalled. 0: never. Default: one hour.","$ref":"#/$defs/duration"},"retries":{"description":"How often, in all, an operation on the destination is tried that fails.","$ref":"#/$defs/retries","default":5},"retry_delay":{"description":"How long is waited before it is tried again. Longer than `stall_timeout` makes no sense.","$ref":"#/$defs/duration","default":"1m"},"max_age":{"description":"How old the last good backup may be before `duba check` warns; at twice this age it is critical. Default: 26 hours.","$ref":"#/$defs/duration"},"window":{"description":"Backups begin only within these hours of the day. Default: at any time.","$ref":"#/$defs/window"},"priority":{"description":"Jobs with a higher priority begin first; those with the same in the order of the configuration.","type":"integer","minimum":-1000,"maximum":1000,"default":0},"hooks":{"description":"Programs that are started once for each run: before its first job, after its last one, and when anything failed.","$ref":"#/$defs/hooks"},"loglevel":{"description":"How much is logged: `error`, `warning`, `notice`, `info` or `debug`, or duplicity's letters and digits for them.","type":"string","enum":["error","warning","notice","info","debug","e","w","n","i","d","0","1","2","3","4","5","6","7","8","9"],"default":"notice"},"logdir":{"description":"Directory for the log files, one for each job. Created if missing. Default: `/var/log/duplicity` for root, `log` in the state directory for others.","$ref":"#/$defs/absolutePath"},"log_format":{"description":"What is written to log files: lines of `text`, or one `json` object in a line.","type":"string","enum":["text","json"],"default":"text"},"console_format":{"description":"What is written to the terminal: `text` for people, `journal` with priorities for systemd, `json` objects. `auto` chooses between `text` and `journal`.","type":"string","enum":["auto","text","journal","json"],"default":"auto"},"state_dir":{"description":"Directory where duba keeps the last verdict of each job and the lock of a run. Default: `/var/lib/duba` for root, `duba` in `$XDG_STATE_HOME` or `~/.local/state` for others.","$ref":"#/$defs/absolutePath"},"status_group":{"description":"Name of the group that may read `status.json` in the state directory. Default: the group of the user who runs duba.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"},"metrics_file":{"description":"File that every run rewrites with metrics in the OpenMetrics text format. Default: none.","$ref":"#/$defs/absolutePath"},"history":{"description":"How many runs of each job and operation are kept in `status.json`.","type":"integer","minimum":1,"maximum":10000,"default":30},"host":{"description":"Name of this host in markers and metrics. Default: the host name.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"verdicts":{"description":"Other verdicts for reasons, such as `{\"missing\": \"failed\"}`: from reason code to `ok`, `skipped`, `warning` or `failed`.","$ref":"#/$defs/verdicts"},"conf_d_may":{"description":"What files of `conf.d` may change that other files set: destinations and caches (`dest`), keys and encryption (`keys`), hooks (`hooks`), what is deleted (`retention`), what is left out, by patterns that bring it back (`includes`), what is checked and how it is judged (`verdicts`). Without it they may add sources and excludes, set of these things what is not set elsewhere, and replace other values, such as `volsize` or `parallel`.","type":"array","items":{"type":"string","enum":["dest","keys","hooks","retention","includes","verdicts"]},"uniqueItems":true},"tempdir":{"description":"Existing directory for temporary files. Default: `$TMPDIR` or `/tmp`.","$ref":"#/$defs/absolutePath"},"parallel":{"description":"How many jobs run at the same time. Default: the number of processor cores, at most 6, plus 1.","type":"integer","minimum":1,"maximum":256},"threads":{"description":"How many threads compress, over all jobs of a run; `duba verify` beside a backup is a run of its own. Default: the number of processor cores.","type":"integer","minimum":1,"maximum":1024},"memory":{"description":"MiB of memory for all jobs that run at a time in one run (`duba verify` beside a backup is another one); fewer run at a time if it does not suffice. Default: set by the program from the memory of the machine.","type":"integer","minimum":64,"maximum":1048576},"nice":{"description":"CPU priority of the jobs, from 0 (as other programs) to 19 (lowest). Above 0 their disk access has idle priority too.","type":"integer","minimum":0,"maximum":19,"default":19},"env":{"description":"Environment variables for all jobs: the credentials of the destination, and `PASSPHRASE` and `SIGN_PASSPHRASE`. A value is a text or a [reference to a secret](#secrets). Of duba's own environment, only variables such as PATH and HOME are handed on.","$ref":"#/$defs/env"}},"$defs":{"source":{"title":"Source","description":"A directory to back up.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"The directory, as an absolute path.","$ref":"#/$defs/absolutePath"},"name":{"description":"A name for the job, for the command line, the log file and reports. Default: the path. Needed only where one path stands in two sources.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"state":{"description":"`absent` switches a source off. What was stored of it stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"divide":{"description":"Make one job for each first-level entry instead of one for the whole directory. With an object, only for large ones: see [divide](#divide).","$ref":"#/$defs/divide","default":false},"includes":{"description":"Patterns that are stored of this source although a later pattern leaves them out. They come before `excludes`.","$ref":"#/$defs/patterns"},"excludes":{"description":"Patterns that are left out of this source.","$ref":"#/$defs/patterns"},"exclude_files":{"description":"Files with patterns to leave out of this source, in addition to those for all. See the `exclude_files` for all.","$ref":"#/$defs/files"},"include_files":{"description":"Files with patterns to store of this source, in addition to those for all.","$ref":"#/$defs/files"},"dest":{"description":"Destination of this source alone, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"dests":{"description":"Several destinations of this source, in place of `dest`: one job for each, named `<name of the source>@<name of the destination>`.","type":"array","minItems":1,"items":{"$ref":"#/$defs/destination"}},"cache_dir":{"description":"Directory for the cache of this source alone, in place of the `cache_dir` for all. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys for all: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys for all.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` for all.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` for all.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` for all.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` for all.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` for all.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` for all.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` for all.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` for all.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` for all.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` for all.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` for all.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` for all.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` for all.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` for all.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` for all.","$ref":"#/$defs/compressionLevel"},"one_filesystem":{"description":"In place of the `one_filesystem` for all.","type":"boolean"},"must_exist":{"description":"In place of the `must_exist` for all.","type":"boolean"},"min_files":{"description":"In place of the `min_files` for all.","type":"integer","minimum":0},"min_bytes":{"description":"In place of the `min_bytes` for all.","type":"integer","minimum":0},"max_shrink_percent":{"description":"In place of the `max_shrink_percent` for all.","$ref":"#/$defs/percent"},"timeout":{"description":"In place of the `timeout` for all.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` for all.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` for all.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` for all.","$ref":"#/$defs/duration"},"max_age":{"description":"In place of the `max_age` for all.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` for all.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` for all.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for each job of this source: before it, after it, and when it failed.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` for all.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this source's jobs, over the ones for all.","$ref":"#/$defs/env"}}},"destination":{"title":"Destination","description":"One of several destinations of a source.","type":"object","additionalProperties":false,"required":["name","dest"],"properties":{"name":{"description":"A name for the destination, such as `local` or `offsite`: it is put behind the name of the source.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"dest":{"description":"Where it is, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"max_age":{"description":"In place of the `max_age` of the source.","$ref":"#/$defs/duration"},"state":{"description":"`absent` switches this destination of the source off. What is stored there stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"cache_dir":{"description":"Directory for the cache of this destination alone, in place of the `cache_dir` of the source. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys of the source: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys of the source.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` of the source.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` of the source.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` of the source.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` of the source.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` of the source.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` of the source.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` of the source.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` of the source.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` of the source.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` of the source.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` of the source.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` of the source.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` of the source.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` of the source.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` of the source.","$ref":"#/$defs/compressionLevel"},"timeout":{"description":"In place of the `timeout` of the source.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` of the source.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` of the source.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` of the source.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` of the source.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` of the source.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for the job of this destination, in place of the `hooks` of the source.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` of the source.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this destination's jobs, over the ones of the source.","$ref":"#/$defs/env"}}},"hooks":{"title":"Hooks","description":"Programs to start around a run or a job.","type":"object","additionalProperties":false,"properties":{"before":{"description":"Before it begins. If one fails, it does not begin, unless the hook is optional; status 75 means: skip it, softly.","type":"array","items":{"$ref":"#/$defs/hook"}},"after":{"description":"After it has ended, whatever happened.","type":"array","items":{"$ref":"#/$defs/hook"}},"on_error":{"description":"After it has failed, for whatever reason: a lock that is held and a plan that cannot be made count too. Also for `duba prune`, `verify` and `cleanup`; the others only for backups.","type":"array","items":{"$ref":"#/$defs/hook"}}}},"hook":{"title":"Hook","description":"A program to start. Exactly one of `command` and `shell` says which.","type":"object","additionalProperties":false,"properties":{"command":{"description":"The program, by its absolute path, and its arguments, started without a shell.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}},"shell":{"description":"A command line for `/bin/sh -c`.","type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"timeout":{"description":"It is ended after this time, and has failed then. 0: never.","$ref":"#/$defs/duration","default":"5m"},"optional":{"description":"Whether its failure is only a warning.","type":"boolean","default":false},"env":{"description":"Environment variables for it. It gets no secret but these.","$ref":"#/$defs/env"}}},"window":{"title":"TimeWindow","description":"Hours of the day, in local time. `to` before `from` means: over midnight.","type":"object","additionalProperties":false,"required":["from","to"],"properties":{"from":{"description":"When it begins.","$ref":"#/$defs/clock"},"to":{"description":"When it ends.","$ref":"#/$defs/clock"}}},"secret":{"title":"SecretText","description":"A text, or a reference to where it is: `{\"$file\": path}`, `{\"$env\": name}`, `{\"$credential\": name}` or `{\"$command\": [program, arguments]}`.","type":["string","object"],"pattern":"^[^\\u0000]*$","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"$file":{"description":"File that holds it.","$ref":"#/$defs/absolutePath"},"$env":{"description":"Variable of duba's own environment that holds it.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"$credential":{"description":"Name of a systemd credential, a file in `$CREDENTIALS_DIRECTORY`.","type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"},"$command":{"description":"Program, as an absolute path, and arguments that print it.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}}}},"divide":{"title":"Divide","description":"`true`, `false`, or which entries get jobs of their own. The others are one job, that of the source itself. An entry that has backups of its own stays a job of its own.","type":["boolean","object"],"additionalProperties":false,"properties":{"min_size":{"description":"Entries with fewer bytes than this are put together.","type":"integer","minimum":0},"max_jobs":{"description":"At most this many entries, the largest ones, get jobs of their own.","type":"integer","minimum":1,"maximum":10000}}},"absolutePath":{"description":"An absolute path.","type":"string","pattern":"^/[^\\u0000]*$"},"url":{"description":"A URL, such as `file:///srv/backup` or `sftp://user@host/path`.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"},"patterns":{"description":"Patterns in duplicity's notation: `*` stands for anything but a slash, `**` for anything. A pattern is an absolute path or begins with `*`.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"}},"files":{"description":"Files.","type":"array","items":{"$ref":"#/$defs/absolutePath"},"uniqueItems":true},"optionalKey":{"description":"A key; an empty string counts as none.","type":"string","pattern":"^[^\\u0000]*$"},"keys":{"description":"A list of keys.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"uniqueItems":true},"signKey":{"description":"8, 16 or 40 hexadecimal digits.","type":"string","pattern":"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"},"encryption":{"description":"`keys`, `symmetric` or `none`.","type":"string","enum":["keys","symmetric","none"]},"crypto":{"description":"`auto` or `gpg`.","type":"string","enum":["auto","gpg"]},"time":{"description":"An age, such as `30D`, `2W` or `1M12h` (s, m, h, D, W, M, Y for seconds to years), or a date such as `2026-01-31`.","type":"string","pattern":"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"},"duration":{"description":"A time span, such as `30D`, `12h` or `5m` (s, m, h, D, W, M, Y for seconds to years), or a number of seconds.","type":["string","integer"],"pattern":"^([0-9]+[smhDWMY])+$","minimum":0,"maximum":31536000000},"clock":{"description":"A time of day as HH:MM, from 00:00 to 23:59.","type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"},"count":{"description":"A number.","type":"integer","minimum":1,"maximum":100000},"retries":{"description":"Attempts, at least 1.","type":"integer","minimum":1,"maximum":1000},"percent":{"description":"Percent.","type":"number","minimum":0,"maximum":100},"volsize":{"description":"MiB.","type":"integer","minimum":1,"maximum":1048576},"compressionLevel":{"description":"1 to 9.","type":"integer","minimum":1,"maximum":9},"verdicts":{"description":"Verdicts by reason codes.","type":"object","propertyNames":{"pattern":"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},"additionalProperties":{"type":"string","enum":["ok","skipped","warning","failed"]}},"env":{"description":"Environment variables.","type":"object","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/secret"}}}};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {"title":"Source","description":"A directory to back up.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"The directory, as an absolute path.","$ref":"#/$defs/absolutePath"},"name":{"description":"A name for the job, for the command line, the log file and reports. Default: the path. Needed only where one path stands in two sources.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"state":{"description":"`absent` switches a source off. What was stored of it stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"divide":{"description":"Make one job for each first-level entry instead of one for the whole directory. With an object, only for large ones: see [divide](#divide).","$ref":"#/$defs/divide","default":false},"includes":{"description":"Patterns that are stored of this source although a later pattern leaves them out. They come before `excludes`.","$ref":"#/$defs/patterns"},"excludes":{"description":"Patterns that are left out of this source.","$ref":"#/$defs/patterns"},"exclude_files":{"description":"Files with patterns to leave out of this source, in addition to those for all. See the `exclude_files` for all.","$ref":"#/$defs/files"},"include_files":{"description":"Files with patterns to store of this source, in addition to those for all.","$ref":"#/$defs/files"},"dest":{"description":"Destination of this source alone, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"dests":{"description":"Several destinations of this source, in place of `dest`: one job for each, named `<name of the source>@<name of the destination>`.","type":"array","minItems":1,"items":{"$ref":"#/$defs/destination"}},"cache_dir":{"description":"Directory for the cache of this source alone, in place of the `cache_dir` for all. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys for all: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys for all.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` for all.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` for all.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` for all.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` for all.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` for all.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` for all.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` for all.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` for all.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` for all.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` for all.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` for all.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` for all.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` for all.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` for all.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` for all.","$ref":"#/$defs/compressionLevel"},"one_filesystem":{"description":"In place of the `one_filesystem` for all.","type":"boolean"},"must_exist":{"description":"In place of the `must_exist` for all.","type":"boolean"},"min_files":{"description":"In place of the `min_files` for all.","type":"integer","minimum":0},"min_bytes":{"description":"In place of the `min_bytes` for all.","type":"integer","minimum":0},"max_shrink_percent":{"description":"In place of the `max_shrink_percent` for all.","$ref":"#/$defs/percent"},"timeout":{"description":"In place of the `timeout` for all.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` for all.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` for all.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` for all.","$ref":"#/$defs/duration"},"max_age":{"description":"In place of the `max_age` for all.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` for all.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` for all.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for each job of this source: before it, after it, and when it failed.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` for all.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this source's jobs, over the ones for all.","$ref":"#/$defs/env"}}};
const schema21 = {"description":"An absolute path.","type":"string","pattern":"^/[^\\u0000]*$"};
const pattern3 = new RegExp("^/[^\\u0000]*$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000]*$"},message:"must match pattern \""+"^/[^\\u0000]*$"+"\"",schema:"^/[^\\u0000]*$",parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"title":"Divide","description":"`true`, `false`, or which entries get jobs of their own. The others are one job, that of the source itself. An entry that has backups of its own stays a job of its own.","type":["boolean","object"],"additionalProperties":false,"properties":{"min_size":{"description":"Entries with fewer bytes than this are put together.","type":"integer","minimum":0},"max_jobs":{"description":"At most this many entries, the largest ones, get jobs of their own.","type":"integer","minimum":1,"maximum":10000}}};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "boolean") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema22.type},message:"must be boolean,object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "min_size") || (key0 === "max_jobs"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.min_size !== undefined){
let data0 = data.min_size;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/min_size",schemaPath:"#/properties/min_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema22.properties.min_size.type,parentSchema:schema22.properties.min_size,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/min_size",schemaPath:"#/properties/min_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema22.properties.min_size,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.max_jobs !== undefined){
let data1 = data.max_jobs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema22.properties.max_jobs.type,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 10000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema23 = {"description":"Patterns in duplicity's notation: `*` stands for anything but a slash, `**` for anything. A pattern is an absolute path or begins with `*`.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"}};
const func3 = ucs2length.default;
const pattern5 = new RegExp("^[^\\u0000]*$", "u");

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) < 1){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.items.type,parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema24 = {"description":"Files.","type":"array","items":{"$ref":"#/$defs/absolutePath"},"uniqueItems":true};
const func0 = equal.default;

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate54(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data[i1], data[j0])){
const err0 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema25 = {"description":"A URL, such as `file:///srv/backup` or `sftp://user@host/path`.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"};
const pattern6 = new RegExp("^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$", "u");

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern6.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$",parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema26 = {"title":"Destination","description":"One of several destinations of a source.","type":"object","additionalProperties":false,"required":["name","dest"],"properties":{"name":{"description":"A name for the destination, such as `local` or `offsite`: it is put behind the name of the source.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"dest":{"description":"Where it is, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"max_age":{"description":"In place of the `max_age` of the source.","$ref":"#/$defs/duration"},"state":{"description":"`absent` switches this destination of the source off. What is stored there stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"cache_dir":{"description":"Directory for the cache of this destination alone, in place of the `cache_dir` of the source. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys of the source: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys of the source.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` of the source.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` of the source.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` of the source.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` of the source.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` of the source.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` of the source.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` of the source.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` of the source.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` of the source.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` of the source.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` of the source.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` of the source.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` of the source.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` of the source.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` of the source.","$ref":"#/$defs/compressionLevel"},"timeout":{"description":"In place of the `timeout` of the source.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` of the source.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` of the source.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` of the source.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` of the source.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` of the source.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for the job of this destination, in place of the `hooks` of the source.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` of the source.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this destination's jobs, over the ones of the source.","$ref":"#/$defs/env"}}};
const pattern4 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*$", "u");
const schema27 = {"description":"A time span, such as `30D`, `12h` or `5m` (s, m, h, D, W, M, Y for seconds to years), or a number of seconds.","type":["string","integer"],"pattern":"^([0-9]+[smhDWMY])+$","minimum":0,"maximum":31536000000};
const pattern8 = new RegExp("^([0-9]+[smhDWMY])+$", "u");

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data))))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema27.type},message:"must be string,integer",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 31536000000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000",schema:31536000000,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err3 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([0-9]+[smhDWMY])+$"},message:"must match pattern \""+"^([0-9]+[smhDWMY])+$"+"\"",schema:"^([0-9]+[smhDWMY])+$",parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema28 = {"description":"A list of keys.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"uniqueItems":true};

function validate72(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate72.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) < 1){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.items.type,parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err3 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate72.errors = vErrors;
return errors === 0;
}
validate72.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema29 = {"description":"8, 16 or 40 hexadecimal digits.","type":"string","pattern":"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"};
const pattern10 = new RegExp("^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$", "u");

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate75.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern10.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"},message:"must match pattern \""+"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"+"\"",schema:"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$",parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate75.errors = vErrors;
return errors === 0;
}
validate75.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema30 = {"description":"`keys`, `symmetric` or `none`.","type":"string","enum":["keys","symmetric","none"]};

function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate78.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(((data === "keys") || (data === "symmetric")) || (data === "none"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema30.enum},message:"must be equal to one of the allowed values",schema:schema30.enum,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}
validate78.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema31 = {"description":"`auto` or `gpg`.","type":"string","enum":["auto","gpg"]};

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate80.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((data === "auto") || (data === "gpg"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema31.enum},message:"must be equal to one of the allowed values",schema:schema31.enum,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema32 = {"description":"An age, such as `30D`, `2W` or `1M12h` (s, m, h, D, W, M, Y for seconds to years), or a date such as `2026-01-31`.","type":"string","pattern":"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"};
const pattern11 = new RegExp("^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$", "u");

function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate82.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern11.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"},message:"must match pattern \""+"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"+"\"",schema:"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$",parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate82.errors = vErrors;
return errors === 0;
}
validate82.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema33 = {"description":"A number.","type":"integer","minimum":1,"maximum":100000};

function validate84(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate84.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate84.errors = vErrors;
return errors === 0;
}
validate84.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema34 = {"description":"Percent.","type":"number","minimum":0,"maximum":100};

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate89.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100 || isNaN(data)){
const err0 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data < 0 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}
validate89.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema35 = {"description":"MiB.","type":"integer","minimum":1,"maximum":1048576};

function validate92(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate92.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1048576 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate92.errors = vErrors;
return errors === 0;
}
validate92.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema36 = {"description":"1 to 9.","type":"integer","minimum":1,"maximum":9};

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate94.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 9 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9",schema:9,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate94.errors = vErrors;
return errors === 0;
}
validate94.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema37 = {"description":"Attempts, at least 1.","type":"integer","minimum":1,"maximum":1000};

function validate98(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate98.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate98.errors = vErrors;
return errors === 0;
}
validate98.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema38 = {"title":"TimeWindow","description":"Hours of the day, in local time. `to` before `from` means: over midnight.","type":"object","additionalProperties":false,"required":["from","to"],"properties":{"from":{"description":"When it begins.","$ref":"#/$defs/clock"},"to":{"description":"When it ends.","$ref":"#/$defs/clock"}}};
const schema39 = {"description":"A time of day as HH:MM, from 00:00 to 23:59.","type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"};
const pattern12 = new RegExp("^([01][0-9]|2[0-3]):[0-5][0-9]$", "u");

function validate102(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate102.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern12.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^([01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^([01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate102.errors = vErrors;
return errors === 0;
}
validate102.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate101(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate101.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.to === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "from") || (key0 === "to"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
if(!(validate102(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate102(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate101.errors = vErrors;
return errors === 0;
}
validate101.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema40 = {"title":"Hooks","description":"Programs to start around a run or a job.","type":"object","additionalProperties":false,"properties":{"before":{"description":"Before it begins. If one fails, it does not begin, unless the hook is optional; status 75 means: skip it, softly.","type":"array","items":{"$ref":"#/$defs/hook"}},"after":{"description":"After it has ended, whatever happened.","type":"array","items":{"$ref":"#/$defs/hook"}},"on_error":{"description":"After it has failed, for whatever reason: a lock that is held and a plan that cannot be made count too. Also for `duba prune`, `verify` and `cleanup`; the others only for backups.","type":"array","items":{"$ref":"#/$defs/hook"}}}};
const schema41 = {"title":"Hook","description":"A program to start. Exactly one of `command` and `shell` says which.","type":"object","additionalProperties":false,"properties":{"command":{"description":"The program, by its absolute path, and its arguments, started without a shell.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}},"shell":{"description":"A command line for `/bin/sh -c`.","type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"timeout":{"description":"It is ended after this time, and has failed then. 0: never.","$ref":"#/$defs/duration","default":"5m"},"optional":{"description":"Whether its failure is only a warning.","type":"boolean","default":false},"env":{"description":"Environment variables for it. It gets no secret but these.","$ref":"#/$defs/env"}}};
const schema42 = {"description":"Environment variables.","type":"object","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/secret"}};
const pattern15 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const schema43 = {"title":"SecretText","description":"A text, or a reference to where it is: `{\"$file\": path}`, `{\"$env\": name}`, `{\"$credential\": name}` or `{\"$command\": [program, arguments]}`.","type":["string","object"],"pattern":"^[^\\u0000]*$","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"$file":{"description":"File that holds it.","$ref":"#/$defs/absolutePath"},"$env":{"description":"Variable of duba's own environment that holds it.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"$credential":{"description":"Name of a systemd credential, a file in `$CREDENTIALS_DIRECTORY`.","type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"},"$command":{"description":"Program, as an absolute path, and arguments that print it.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}}}};
const pattern18 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_.@-]*$", "u");

function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema43.type},message:"must be string,object",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(!pattern5.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err2 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(Object.keys(data).length < 1){
const err3 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "$file") || (key0 === "$env")) || (key0 === "$credential")) || (key0 === "$command"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$file !== undefined){
if(!(validate54(data.$file, {instancePath:instancePath+"/$file",parentData:data,parentDataProperty:"$file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.$env !== undefined){
let data1 = data.$env;
if(typeof data1 === "string"){
if(!pattern15.test(data1)){
const err5 = {instancePath:instancePath+"/$env",schemaPath:"#/properties/%24env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema43.properties.$env,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/$env",schemaPath:"#/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$env.type,parentSchema:schema43.properties.$env,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.$credential !== undefined){
let data2 = data.$credential;
if(typeof data2 === "string"){
if(!pattern18.test(data2)){
const err7 = {instancePath:instancePath+"/$credential",schemaPath:"#/properties/%24credential/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$",parentSchema:schema43.properties.$credential,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/$credential",schemaPath:"#/properties/%24credential/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$credential.type,parentSchema:schema43.properties.$credential,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.$command !== undefined){
let data3 = data.$command;
if(Array.isArray(data3)){
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/$command",schemaPath:"#/properties/%24command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.$command,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(!pattern5.test(data4)){
const err10 = {instancePath:instancePath+"/$command/" + i0,schemaPath:"#/properties/%24command/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema43.properties.$command.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/$command/" + i0,schemaPath:"#/properties/%24command/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$command.items.type,parentSchema:schema43.properties.$command.items,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/$command",schemaPath:"#/properties/%24command/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.$command.type,parentSchema:schema43.properties.$command,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
validate110.errors = vErrors;
return errors === 0;
}
validate110.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate109(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate109.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern15.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema42.propertyNames,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
if(!(validate110(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate109.errors = vErrors;
return errors === 0;
}
validate109.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate107.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "command") || (key0 === "shell")) || (key0 === "timeout")) || (key0 === "optional")) || (key0 === "env"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.command !== undefined){
let data0 = data.command;
if(Array.isArray(data0)){
if(data0.length < 1){
const err1 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema41.properties.command,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err2 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/properties/command/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema41.properties.command.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.command.items.type,parentSchema:schema41.properties.command.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema41.properties.command.type,parentSchema:schema41.properties.command,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.shell !== undefined){
let data2 = data.shell;
if(typeof data2 === "string"){
if(func3(data2) < 1){
const err5 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!pattern5.test(data2)){
const err6 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.shell.type,parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate69(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.optional !== undefined){
let data4 = data.optional;
if(typeof data4 !== "boolean"){
const err8 = {instancePath:instancePath+"/optional",schemaPath:"#/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema41.properties.optional.type,parentSchema:schema41.properties.optional,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.env !== undefined){
if(!(validate109(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate107.errors = vErrors;
return errors === 0;
}
validate107.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate106.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "before") || (key0 === "after")) || (key0 === "on_error"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.before !== undefined){
let data0 = data.before;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate107(data0[i0], {instancePath:instancePath+"/before/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath:instancePath+"/before",schemaPath:"#/properties/before/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.before.type,parentSchema:schema40.properties.before,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.after !== undefined){
let data2 = data.after;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate107(data2[i1], {instancePath:instancePath+"/after/" + i1,parentData:data2,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.after.type,parentSchema:schema40.properties.after,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.on_error !== undefined){
let data4 = data.on_error;
if(Array.isArray(data4)){
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
if(!(validate107(data4[i2], {instancePath:instancePath+"/on_error/" + i2,parentData:data4,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/on_error",schemaPath:"#/properties/on_error/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.on_error.type,parentSchema:schema40.properties.on_error,data:data4};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate106.errors = vErrors;
return errors === 0;
}
validate106.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.dest === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "dest"},message:"must have required property '"+"dest"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema26.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.name.type,parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.dest !== undefined){
if(!(validate65(data.dest, {instancePath:instancePath+"/dest",parentData:data,parentDataProperty:"dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate69(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.state !== undefined){
let data3 = data.state;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.state.type,parentSchema:schema26.properties.state,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!((data3 === "present") || (data3 === "absent"))){
const err6 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/enum",keyword:"enum",params:{allowedValues: schema26.properties.state.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.state.enum,parentSchema:schema26.properties.state,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate54(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate72(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate72(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate75(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate61(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate78(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate80(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate82(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate84(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate84(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate84(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data15 = data.prune;
if(typeof data15 !== "boolean"){
const err7 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.prune.type,parentSchema:schema26.properties.prune,data:data15};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate69(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data17 = data.max_unreadable;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err8 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.max_unreadable.type,parentSchema:schema26.properties.max_unreadable,data:data17};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
const err9 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.max_unreadable,data:data17};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate89(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate82(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate92(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate94(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate69(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate69(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate98(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate69(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate101(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data27 = data.priority;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err10 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.priority.type,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000 || isNaN(data27)){
const err11 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data27 < -1000 || isNaN(data27)){
const err12 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate106(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
if(data.tempdir !== undefined){
if(!(validate54(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate109(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema20.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate54(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema20.properties.name,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.name.type,parentSchema:schema20.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.state !== undefined){
let data2 = data.state;
if(typeof data2 !== "string"){
const err4 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.state.type,parentSchema:schema20.properties.state,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!((data2 === "present") || (data2 === "absent"))){
const err5 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/enum",keyword:"enum",params:{allowedValues: schema20.properties.state.enum},message:"must be equal to one of the allowed values",schema:schema20.properties.state.enum,parentSchema:schema20.properties.state,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.divide !== undefined){
if(!(validate56(data.divide, {instancePath:instancePath+"/divide",parentData:data,parentDataProperty:"divide",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.includes !== undefined){
if(!(validate58(data.includes, {instancePath:instancePath+"/includes",parentData:data,parentDataProperty:"includes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.excludes !== undefined){
if(!(validate58(data.excludes, {instancePath:instancePath+"/excludes",parentData:data,parentDataProperty:"excludes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.exclude_files !== undefined){
if(!(validate61(data.exclude_files, {instancePath:instancePath+"/exclude_files",parentData:data,parentDataProperty:"exclude_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.include_files !== undefined){
if(!(validate61(data.include_files, {instancePath:instancePath+"/include_files",parentData:data,parentDataProperty:"include_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.dest !== undefined){
if(!(validate65(data.dest, {instancePath:instancePath+"/dest",parentData:data,parentDataProperty:"dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.dests !== undefined){
let data9 = data.dests;
if(Array.isArray(data9)){
if(data9.length < 1){
const err6 = {instancePath:instancePath+"/dests",schemaPath:"#/properties/dests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema20.properties.dests,data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
if(!(validate67(data9[i0], {instancePath:instancePath+"/dests/" + i0,parentData:data9,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/dests",schemaPath:"#/properties/dests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema20.properties.dests.type,parentSchema:schema20.properties.dests,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate54(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate72(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate72(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate75(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate61(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate78(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate80(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate82(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate84(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate84(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate84(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data22 = data.prune;
if(typeof data22 !== "boolean"){
const err8 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.prune.type,parentSchema:schema20.properties.prune,data:data22};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate69(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data24 = data.max_unreadable;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err9 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.max_unreadable.type,parentSchema:schema20.properties.max_unreadable,data:data24};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
const err10 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.max_unreadable,data:data24};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate89(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate82(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate92(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate94(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.one_filesystem !== undefined){
let data29 = data.one_filesystem;
if(typeof data29 !== "boolean"){
const err11 = {instancePath:instancePath+"/one_filesystem",schemaPath:"#/properties/one_filesystem/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.one_filesystem.type,parentSchema:schema20.properties.one_filesystem,data:data29};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.must_exist !== undefined){
let data30 = data.must_exist;
if(typeof data30 !== "boolean"){
const err12 = {instancePath:instancePath+"/must_exist",schemaPath:"#/properties/must_exist/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.must_exist.type,parentSchema:schema20.properties.must_exist,data:data30};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.min_files !== undefined){
let data31 = data.min_files;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err13 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.min_files.type,parentSchema:schema20.properties.min_files,data:data31};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
const err14 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.min_files,data:data31};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.min_bytes !== undefined){
let data32 = data.min_bytes;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err15 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.min_bytes.type,parentSchema:schema20.properties.min_bytes,data:data32};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err16 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.min_bytes,data:data32};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.max_shrink_percent !== undefined){
if(!(validate89(data.max_shrink_percent, {instancePath:instancePath+"/max_shrink_percent",parentData:data,parentDataProperty:"max_shrink_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate69(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate69(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate98(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate69(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate69(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate101(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data40 = data.priority;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err17 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.priority.type,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 1000 || isNaN(data40)){
const err18 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data40 < -1000 || isNaN(data40)){
const err19 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate106(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
if(data.tempdir !== undefined){
if(!(validate54(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate109(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema44 = {"description":"A key; an empty string counts as none.","type":"string","pattern":"^[^\\u0000]*$"};

function validate154(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate154.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern5.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate154.errors = vErrors;
return errors === 0;
}
validate154.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema45 = {"description":"Verdicts by reason codes.","type":"object","propertyNames":{"pattern":"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},"additionalProperties":{"type":"string","enum":["ok","skipped","warning","failed"]}};
const pattern23 = new RegExp("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "u");

function validate183(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate183.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern23.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},message:"must match pattern \""+"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"+"\"",schema:"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",parentSchema:schema45.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema45.propertyNames,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.additionalProperties.type,parentSchema:schema45.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((data0 === "ok") || (data0 === "skipped")) || (data0 === "warning")) || (data0 === "failed"))){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema45.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema45.additionalProperties.enum,parentSchema:schema45.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate183.errors = vErrors;
return errors === 0;
}
validate183.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern21 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*\\$?$", "u");

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://duba.invalid/schemas/duba.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.backup_sources === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "backup_sources"},message:"must have required property '"+"backup_sources"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.$schema.type,parentSchema:schema19.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.version.type,parentSchema:schema19.properties.version,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(2 !== data1){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 2},message:"must be equal to constant",schema:2,parentSchema:schema19.properties.version,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.backup_sources !== undefined){
let data2 = data.backup_sources;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data2[i0], {instancePath:instancePath+"/backup_sources/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/backup_sources",schemaPath:"#/properties/backup_sources/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.backup_sources.type,parentSchema:schema19.properties.backup_sources,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.backup_excludes !== undefined){
if(!(validate58(data.backup_excludes, {instancePath:instancePath+"/backup_excludes",parentData:data,parentDataProperty:"backup_excludes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.backup_includes !== undefined){
if(!(validate58(data.backup_includes, {instancePath:instancePath+"/backup_includes",parentData:data,parentDataProperty:"backup_includes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.exclude_files !== undefined){
if(!(validate61(data.exclude_files, {instancePath:instancePath+"/exclude_files",parentData:data,parentDataProperty:"exclude_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.include_files !== undefined){
if(!(validate61(data.include_files, {instancePath:instancePath+"/include_files",parentData:data,parentDataProperty:"include_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.backup_dest !== undefined){
if(!(validate65(data.backup_dest, {instancePath:instancePath+"/backup_dest",parentData:data,parentDataProperty:"backup_dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.backend !== undefined){
let data9 = data.backend;
if(typeof data9 !== "string"){
const err6 = {instancePath:instancePath+"/backend",schemaPath:"#/properties/backend/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.backend.type,parentSchema:schema19.properties.backend,data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate54(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.gpg_encrypt_local_key !== undefined){
if(!(validate154(data.gpg_encrypt_local_key, {instancePath:instancePath+"/gpg_encrypt_local_key",parentData:data,parentDataProperty:"gpg_encrypt_local_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
errors = vErrors.length;
}
}
if(data.gpg_encrypt_master_key !== undefined){
if(!(validate154(data.gpg_encrypt_master_key, {instancePath:instancePath+"/gpg_encrypt_master_key",parentData:data,parentDataProperty:"gpg_encrypt_master_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate72(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate72(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate75(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate61(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate78(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate80(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate82(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate84(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate84(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate84(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data23 = data.prune;
if(typeof data23 !== "boolean"){
const err7 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema19.properties.prune.type,parentSchema:schema19.properties.prune,data:data23};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate69(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data25 = data.max_unreadable;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err8 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.max_unreadable.type,parentSchema:schema19.properties.max_unreadable,data:data25};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 < 0 || isNaN(data25)){
const err9 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema19.properties.max_unreadable,data:data25};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate89(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate82(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate92(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate94(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.one_filesystem !== undefined){
let data30 = data.one_filesystem;
if(typeof data30 !== "boolean"){
const err10 = {instancePath:instancePath+"/one_filesystem",schemaPath:"#/properties/one_filesystem/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema19.properties.one_filesystem.type,parentSchema:schema19.properties.one_filesystem,data:data30};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.must_exist !== undefined){
let data31 = data.must_exist;
if(typeof data31 !== "boolean"){
const err11 = {instancePath:instancePath+"/must_exist",schemaPath:"#/properties/must_exist/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema19.properties.must_exist.type,parentSchema:schema19.properties.must_exist,data:data31};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.min_files !== undefined){
let data32 = data.min_files;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err12 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.min_files.type,parentSchema:schema19.properties.min_files,data:data32};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err13 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema19.properties.min_files,data:data32};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.min_bytes !== undefined){
let data33 = data.min_bytes;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err14 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.min_bytes.type,parentSchema:schema19.properties.min_bytes,data:data33};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 < 0 || isNaN(data33)){
const err15 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema19.properties.min_bytes,data:data33};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.max_shrink_percent !== undefined){
if(!(validate89(data.max_shrink_percent, {instancePath:instancePath+"/max_shrink_percent",parentData:data,parentDataProperty:"max_shrink_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate69(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate69(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate98(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate69(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate69(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate101(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data41 = data.priority;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err16 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.priority.type,parentSchema:schema19.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 1000 || isNaN(data41)){
const err17 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema19.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data41 < -1000 || isNaN(data41)){
const err18 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema19.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate106(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
if(data.loglevel !== undefined){
let data43 = data.loglevel;
if(typeof data43 !== "string"){
const err19 = {instancePath:instancePath+"/loglevel",schemaPath:"#/properties/loglevel/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.loglevel.type,parentSchema:schema19.properties.loglevel,data:data43};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!((((((((((((((((((((data43 === "error") || (data43 === "warning")) || (data43 === "notice")) || (data43 === "info")) || (data43 === "debug")) || (data43 === "e")) || (data43 === "w")) || (data43 === "n")) || (data43 === "i")) || (data43 === "d")) || (data43 === "0")) || (data43 === "1")) || (data43 === "2")) || (data43 === "3")) || (data43 === "4")) || (data43 === "5")) || (data43 === "6")) || (data43 === "7")) || (data43 === "8")) || (data43 === "9"))){
const err20 = {instancePath:instancePath+"/loglevel",schemaPath:"#/properties/loglevel/enum",keyword:"enum",params:{allowedValues: schema19.properties.loglevel.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.loglevel.enum,parentSchema:schema19.properties.loglevel,data:data43};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.logdir !== undefined){
if(!(validate54(data.logdir, {instancePath:instancePath+"/logdir",parentData:data,parentDataProperty:"logdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.log_format !== undefined){
let data45 = data.log_format;
if(typeof data45 !== "string"){
const err21 = {instancePath:instancePath+"/log_format",schemaPath:"#/properties/log_format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.log_format.type,parentSchema:schema19.properties.log_format,data:data45};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!((data45 === "text") || (data45 === "json"))){
const err22 = {instancePath:instancePath+"/log_format",schemaPath:"#/properties/log_format/enum",keyword:"enum",params:{allowedValues: schema19.properties.log_format.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.log_format.enum,parentSchema:schema19.properties.log_format,data:data45};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.console_format !== undefined){
let data46 = data.console_format;
if(typeof data46 !== "string"){
const err23 = {instancePath:instancePath+"/console_format",schemaPath:"#/properties/console_format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.console_format.type,parentSchema:schema19.properties.console_format,data:data46};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!((((data46 === "auto") || (data46 === "text")) || (data46 === "journal")) || (data46 === "json"))){
const err24 = {instancePath:instancePath+"/console_format",schemaPath:"#/properties/console_format/enum",keyword:"enum",params:{allowedValues: schema19.properties.console_format.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.console_format.enum,parentSchema:schema19.properties.console_format,data:data46};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.state_dir !== undefined){
if(!(validate54(data.state_dir, {instancePath:instancePath+"/state_dir",parentData:data,parentDataProperty:"state_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.status_group !== undefined){
let data48 = data.status_group;
if(typeof data48 === "string"){
if(!pattern21.test(data48)){
const err25 = {instancePath:instancePath+"/status_group",schemaPath:"#/properties/status_group/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$",parentSchema:schema19.properties.status_group,data:data48};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/status_group",schemaPath:"#/properties/status_group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.status_group.type,parentSchema:schema19.properties.status_group,data:data48};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.metrics_file !== undefined){
if(!(validate54(data.metrics_file, {instancePath:instancePath+"/metrics_file",parentData:data,parentDataProperty:"metrics_file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.history !== undefined){
let data50 = data.history;
if(!(((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50))) && (isFinite(data50)))){
const err27 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.history.type,parentSchema:schema19.properties.history,data:data50};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 > 10000 || isNaN(data50)){
const err28 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema19.properties.history,data:data50};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data50 < 1 || isNaN(data50)){
const err29 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema19.properties.history,data:data50};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data.host !== undefined){
let data51 = data.host;
if(typeof data51 === "string"){
if(!pattern4.test(data51)){
const err30 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema19.properties.host,data:data51};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.host.type,parentSchema:schema19.properties.host,data:data51};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.verdicts !== undefined){
if(!(validate183(data.verdicts, {instancePath:instancePath+"/verdicts",parentData:data,parentDataProperty:"verdicts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate183.errors : vErrors.concat(validate183.errors);
errors = vErrors.length;
}
}
if(data.conf_d_may !== undefined){
let data53 = data.conf_d_may;
if(Array.isArray(data53)){
const len1 = data53.length;
for(let i1=0; i1<len1; i1++){
let data54 = data53[i1];
if(typeof data54 !== "string"){
const err32 = {instancePath:instancePath+"/conf_d_may/" + i1,schemaPath:"#/properties/conf_d_may/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.conf_d_may.items.type,parentSchema:schema19.properties.conf_d_may.items,data:data54};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(!((((((data54 === "dest") || (data54 === "keys")) || (data54 === "hooks")) || (data54 === "retention")) || (data54 === "includes")) || (data54 === "verdicts"))){
const err33 = {instancePath:instancePath+"/conf_d_may/" + i1,schemaPath:"#/properties/conf_d_may/items/enum",keyword:"enum",params:{allowedValues: schema19.properties.conf_d_may.items.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.conf_d_may.items.enum,parentSchema:schema19.properties.conf_d_may.items,data:data54};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
let i2 = data53.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data53[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err34 = {instancePath:instancePath+"/conf_d_may",schemaPath:"#/properties/conf_d_may/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema19.properties.conf_d_may,data:data53};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
const err35 = {instancePath:instancePath+"/conf_d_may",schemaPath:"#/properties/conf_d_may/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.conf_d_may.type,parentSchema:schema19.properties.conf_d_may,data:data53};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.tempdir !== undefined){
if(!(validate54(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.parallel !== undefined){
let data56 = data.parallel;
if(!(((typeof data56 == "number") && (!(data56 % 1) && !isNaN(data56))) && (isFinite(data56)))){
const err36 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.parallel.type,parentSchema:schema19.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if((typeof data56 == "number") && (isFinite(data56))){
if(data56 > 256 || isNaN(data56)){
const err37 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256",schema:256,parentSchema:schema19.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data56 < 1 || isNaN(data56)){
const err38 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema19.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
if(data.threads !== undefined){
let data57 = data.threads;
if(!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57)))){
const err39 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.threads.type,parentSchema:schema19.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if((typeof data57 == "number") && (isFinite(data57))){
if(data57 > 1024 || isNaN(data57)){
const err40 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema19.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data57 < 1 || isNaN(data57)){
const err41 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema19.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
if(data.memory !== undefined){
let data58 = data.memory;
if(!(((typeof data58 == "number") && (!(data58 % 1) && !isNaN(data58))) && (isFinite(data58)))){
const err42 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.memory.type,parentSchema:schema19.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 > 1048576 || isNaN(data58)){
const err43 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema19.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data58 < 64 || isNaN(data58)){
const err44 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/minimum",keyword:"minimum",params:{comparison: ">=", limit: 64},message:"must be >= 64",schema:64,parentSchema:schema19.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
if(data.nice !== undefined){
let data59 = data.nice;
if(!(((typeof data59 == "number") && (!(data59 % 1) && !isNaN(data59))) && (isFinite(data59)))){
const err45 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.nice.type,parentSchema:schema19.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data59 == "number") && (isFinite(data59))){
if(data59 > 19 || isNaN(data59)){
const err46 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/maximum",keyword:"maximum",params:{comparison: "<=", limit: 19},message:"must be <= 19",schema:19,parentSchema:schema19.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data59 < 0 || isNaN(data59)){
const err47 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema19.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data.env !== undefined){
if(!(validate109(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
const err48 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const matchesPartially = validate187;
const schema46 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://duba.invalid/schemas/duba.schema.json.part","title":"DubaConfig","description":"What duba backs up, where to and how. One job is made for each source, for each of its destinations, and for each first-level entry of a source that is divided.","type":"object","additionalProperties":false,"required":[],"properties":{"$schema":{"description":"Where this schema is, for editors. It has no other effect.","type":"string"},"version":{"description":"`2` marks the new style: a source must exist, unless its `must_exist` says otherwise. Without it, the tolerances of the original duba apply: a missing source that was never backed up is only skipped.","type":"integer","const":2},"backup_sources":{"description":"The directories to back up, each with its own options.","type":"array","items":{"$ref":"#/$defs/source"}},"backup_excludes":{"description":"Patterns that are left out of every source, before the patterns of the source itself. A pattern that cannot match inside a source is not handed to its job.","$ref":"#/$defs/patterns"},"backup_includes":{"description":"Patterns that are stored of every source although a later pattern leaves them out. They come before `backup_excludes`; one that cannot match inside a source is not handed to its job.","$ref":"#/$defs/patterns"},"exclude_files":{"description":"Files with patterns to leave out, one in a line, for every source. They come after `backup_excludes`. Lines that begin with `#` and empty lines do not count; `+ ` and `- ` at the start of a line include and exclude.","$ref":"#/$defs/files"},"include_files":{"description":"Files with patterns to store, one in a line, for every source. They come after `backup_includes`.","$ref":"#/$defs/files"},"backup_dest":{"description":"The destination. The absolute path of a source is put behind it: with `swift://host.example.com`, `/etc` is stored at `swift://host.example.com/etc`. `{host}` in it stands for the `host`, so that hosts can share a configuration. May be left out if every source has a `dest`.","$ref":"#/$defs/url"},"backend":{"description":"Kept for configurations of the original duba (`swift` or `sftp`). The URL of the destination decides; this has no effect.","type":"string"},"cache_dir":{"description":"Directory for the caches of all jobs: each has a directory of its own in it, named by the MD5 of the destination URL, as duplicity does. Default: `duplicity` in `$XDG_CACHE_HOME` or `~/.cache`.","$ref":"#/$defs/absolutePath"},"gpg_encrypt_local_key":{"description":"Fingerprint or key id of the key of this host. Backups are encrypted to it and to `gpg_encrypt_master_key`; either key alone restores them.","$ref":"#/$defs/optionalKey"},"gpg_encrypt_master_key":{"description":"Fingerprint or key id of the master key, whose secret part is not on this host.","$ref":"#/$defs/optionalKey"},"encrypt_keys":{"description":"More keys to encrypt to, as fingerprints, key ids or user ids.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup.","$ref":"#/$defs/keys"},"sign_key":{"description":"Key that signs every file of a backup, as 8, 16 or 40 hexadecimal digits. On restoring, the signature is checked.","$ref":"#/$defs/signKey"},"key_files":{"description":"Files with armored OpenPGP keys. They are searched before the GnuPG keyring, so that a host can do without gpg.","$ref":"#/$defs/files"},"encryption":{"description":"How backups are encrypted: to `keys`, `symmetric` with `env.PASSPHRASE`, or `none`. Default: `keys` if any key is given, else `symmetric` if a passphrase is. To store backups unencrypted, `none` must be written.","$ref":"#/$defs/encryption"},"crypto":{"description":"`auto`: bulk encryption in the program itself, gpg where it is needed. `gpg`: the gpg program does everything.","$ref":"#/$defs/crypto","default":"auto"},"retention_time":{"description":"Backups older than this are deleted after a good run, whole chains at a time: what a younger backup needs stays.","$ref":"#/$defs/time"},"keep_full":{"description":"This many newest full backups stay, with their incrementals; older chains are deleted after a good run.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"Only this many newest full backups keep their incrementals; those of older ones are deleted after a good run.","$ref":"#/$defs/count"},"keep_chains":{"description":"At least this many complete chains stay, whatever `retention_time` and `keep_full` say.","$ref":"#/$defs/count","default":1},"prune":{"description":"Whether `duba backup` deletes old backups here. `false` where a host must not: then `duba prune` does it on a trusted machine.","type":"boolean","default":true},"orphan_grace":{"description":"How long the backups of an entry of a divided source stay, counted from their last backup, after the entry has vanished; only then the retention may delete them.","$ref":"#/$defs/duration","default":"30D"},"max_unreadable":{"description":"Retention is blocked for a job that had to leave out more entries than this because of errors.","type":"integer","minimum":0,"default":100},"max_unreadable_percent":{"description":"The same as a share of all entries, in percent; the smaller of the two limits counts.","$ref":"#/$defs/percent","default":1},"full_if_older_than":{"description":"A full backup is made when the last full one is older than this. Without it, every backup after the first is incremental.","$ref":"#/$defs/time"},"volsize":{"description":"Size of a volume in MiB.","$ref":"#/$defs/volsize","default":200},"compression_level":{"description":"How hard volumes are compressed, from 1 (fast) to 9 (small). Default: the engine's, 6 as duplicity's.","$ref":"#/$defs/compressionLevel"},"one_filesystem":{"description":"Do not enter other file systems that are mounted below a source.","type":"boolean","default":true},"must_exist":{"description":"Whether a source that does not exist is a failure. Default: `true` with `\"version\": 2`, else `false`.","type":"boolean"},"min_files":{"description":"A source with fewer entries than this fails, and its retention is blocked. Default: no such limit.","type":"integer","minimum":0},"min_bytes":{"description":"A source with fewer bytes in its files than this fails, and its retention is blocked. Default: no such limit.","type":"integer","minimum":0},"max_shrink_percent":{"description":"A source that lost more than this share of its entries or bytes since its last good run fails, and its retention is blocked. 100 switches it off.","$ref":"#/$defs/percent","default":50},"timeout":{"description":"Deadline of a job's own work: one that takes longer is ended. Its hooks do not count, they have a `timeout` each. 0 is none. Default: none.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"A job of which nothing was heard for this long is ended and called stalled. 0: never. Default: one hour.","$ref":"#/$defs/duration"},"retries":{"description":"How often, in all, an operation on the destination is tried that fails.","$ref":"#/$defs/retries","default":5},"retry_delay":{"description":"How long is waited before it is tried again. Longer than `stall_timeout` makes no sense.","$ref":"#/$defs/duration","default":"1m"},"max_age":{"description":"How old the last good backup may be before `duba check` warns; at twice this age it is critical. Default: 26 hours.","$ref":"#/$defs/duration"},"window":{"description":"Backups begin only within these hours of the day. Default: at any time.","$ref":"#/$defs/window"},"priority":{"description":"Jobs with a higher priority begin first; those with the same in the order of the configuration.","type":"integer","minimum":-1000,"maximum":1000,"default":0},"hooks":{"description":"Programs that are started once for each run: before its first job, after its last one, and when anything failed.","$ref":"#/$defs/hooks"},"loglevel":{"description":"How much is logged: `error`, `warning`, `notice`, `info` or `debug`, or duplicity's letters and digits for them.","type":"string","enum":["error","warning","notice","info","debug","e","w","n","i","d","0","1","2","3","4","5","6","7","8","9"],"default":"notice"},"logdir":{"description":"Directory for the log files, one for each job. Created if missing. Default: `/var/log/duplicity` for root, `log` in the state directory for others.","$ref":"#/$defs/absolutePath"},"log_format":{"description":"What is written to log files: lines of `text`, or one `json` object in a line.","type":"string","enum":["text","json"],"default":"text"},"console_format":{"description":"What is written to the terminal: `text` for people, `journal` with priorities for systemd, `json` objects. `auto` chooses between `text` and `journal`.","type":"string","enum":["auto","text","journal","json"],"default":"auto"},"state_dir":{"description":"Directory where duba keeps the last verdict of each job and the lock of a run. Default: `/var/lib/duba` for root, `duba` in `$XDG_STATE_HOME` or `~/.local/state` for others.","$ref":"#/$defs/absolutePath"},"status_group":{"description":"Name of the group that may read `status.json` in the state directory. Default: the group of the user who runs duba.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"},"metrics_file":{"description":"File that every run rewrites with metrics in the OpenMetrics text format. Default: none.","$ref":"#/$defs/absolutePath"},"history":{"description":"How many runs of each job and operation are kept in `status.json`.","type":"integer","minimum":1,"maximum":10000,"default":30},"host":{"description":"Name of this host in markers and metrics. Default: the host name.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"verdicts":{"description":"Other verdicts for reasons, such as `{\"missing\": \"failed\"}`: from reason code to `ok`, `skipped`, `warning` or `failed`.","$ref":"#/$defs/verdicts"},"conf_d_may":{"description":"What files of `conf.d` may change that other files set: destinations and caches (`dest`), keys and encryption (`keys`), hooks (`hooks`), what is deleted (`retention`), what is left out, by patterns that bring it back (`includes`), what is checked and how it is judged (`verdicts`). Without it they may add sources and excludes, set of these things what is not set elsewhere, and replace other values, such as `volsize` or `parallel`.","type":"array","items":{"type":"string","enum":["dest","keys","hooks","retention","includes","verdicts"]},"uniqueItems":true},"tempdir":{"description":"Existing directory for temporary files. Default: `$TMPDIR` or `/tmp`.","$ref":"#/$defs/absolutePath"},"parallel":{"description":"How many jobs run at the same time. Default: the number of processor cores, at most 6, plus 1.","type":"integer","minimum":1,"maximum":256},"threads":{"description":"How many threads compress, over all jobs of a run; `duba verify` beside a backup is a run of its own. Default: the number of processor cores.","type":"integer","minimum":1,"maximum":1024},"memory":{"description":"MiB of memory for all jobs that run at a time in one run (`duba verify` beside a backup is another one); fewer run at a time if it does not suffice. Default: set by the program from the memory of the machine.","type":"integer","minimum":64,"maximum":1048576},"nice":{"description":"CPU priority of the jobs, from 0 (as other programs) to 19 (lowest). Above 0 their disk access has idle priority too.","type":"integer","minimum":0,"maximum":19,"default":19},"env":{"description":"Environment variables for all jobs: the credentials of the destination, and `PASSPHRASE` and `SIGN_PASSPHRASE`. A value is a text or a [reference to a secret](#secrets). Of duba's own environment, only variables such as PATH and HOME are handed on.","$ref":"#/$defs/env"}},"$defs":{"source":{"title":"Source","description":"A directory to back up.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"The directory, as an absolute path.","$ref":"#/$defs/absolutePath"},"name":{"description":"A name for the job, for the command line, the log file and reports. Default: the path. Needed only where one path stands in two sources.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"state":{"description":"`absent` switches a source off. What was stored of it stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"divide":{"description":"Make one job for each first-level entry instead of one for the whole directory. With an object, only for large ones: see [divide](#divide).","$ref":"#/$defs/divide","default":false},"includes":{"description":"Patterns that are stored of this source although a later pattern leaves them out. They come before `excludes`.","$ref":"#/$defs/patterns"},"excludes":{"description":"Patterns that are left out of this source.","$ref":"#/$defs/patterns"},"exclude_files":{"description":"Files with patterns to leave out of this source, in addition to those for all. See the `exclude_files` for all.","$ref":"#/$defs/files"},"include_files":{"description":"Files with patterns to store of this source, in addition to those for all.","$ref":"#/$defs/files"},"dest":{"description":"Destination of this source alone, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"dests":{"description":"Several destinations of this source, in place of `dest`: one job for each, named `<name of the source>@<name of the destination>`.","type":"array","minItems":1,"items":{"$ref":"#/$defs/destination"}},"cache_dir":{"description":"Directory for the cache of this source alone, in place of the `cache_dir` for all. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys for all: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys for all.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` for all.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` for all.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` for all.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` for all.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` for all.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` for all.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` for all.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` for all.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` for all.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` for all.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` for all.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` for all.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` for all.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` for all.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` for all.","$ref":"#/$defs/compressionLevel"},"one_filesystem":{"description":"In place of the `one_filesystem` for all.","type":"boolean"},"must_exist":{"description":"In place of the `must_exist` for all.","type":"boolean"},"min_files":{"description":"In place of the `min_files` for all.","type":"integer","minimum":0},"min_bytes":{"description":"In place of the `min_bytes` for all.","type":"integer","minimum":0},"max_shrink_percent":{"description":"In place of the `max_shrink_percent` for all.","$ref":"#/$defs/percent"},"timeout":{"description":"In place of the `timeout` for all.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` for all.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` for all.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` for all.","$ref":"#/$defs/duration"},"max_age":{"description":"In place of the `max_age` for all.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` for all.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` for all.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for each job of this source: before it, after it, and when it failed.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` for all.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this source's jobs, over the ones for all.","$ref":"#/$defs/env"}}},"destination":{"title":"Destination","description":"One of several destinations of a source.","type":"object","additionalProperties":false,"required":["name","dest"],"properties":{"name":{"description":"A name for the destination, such as `local` or `offsite`: it is put behind the name of the source.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"dest":{"description":"Where it is, used exactly as it is written, but for `{host}`, which stands for the `host`. With `divide`, a slash and the name of the entry are put behind it.","$ref":"#/$defs/url"},"max_age":{"description":"In place of the `max_age` of the source.","$ref":"#/$defs/duration"},"state":{"description":"`absent` switches this destination of the source off. What is stored there stays, and can be restored.","type":"string","enum":["present","absent"],"default":"present"},"cache_dir":{"description":"Directory for the cache of this destination alone, in place of the `cache_dir` of the source. No two may have the same.","$ref":"#/$defs/absolutePath"},"encrypt_keys":{"description":"Keys to encrypt to, in place of all keys of the source: `gpg_encrypt_local_key`, `gpg_encrypt_master_key`, `encrypt_keys` and `hidden_encrypt_keys` from there do not count.","$ref":"#/$defs/keys"},"hidden_encrypt_keys":{"description":"Keys to encrypt to without naming them in the backup. They too replace all keys of the source.","$ref":"#/$defs/keys"},"sign_key":{"description":"In place of the `sign_key` of the source.","$ref":"#/$defs/signKey"},"key_files":{"description":"In place of the `key_files` of the source.","$ref":"#/$defs/files"},"encryption":{"description":"In place of the `encryption` of the source.","$ref":"#/$defs/encryption"},"crypto":{"description":"In place of the `crypto` of the source.","$ref":"#/$defs/crypto"},"retention_time":{"description":"In place of the `retention_time` of the source.","$ref":"#/$defs/time"},"keep_full":{"description":"In place of the `keep_full` of the source.","$ref":"#/$defs/count"},"keep_incrementals_of":{"description":"In place of the `keep_incrementals_of` of the source.","$ref":"#/$defs/count"},"keep_chains":{"description":"In place of the `keep_chains` of the source.","$ref":"#/$defs/count"},"prune":{"description":"In place of the `prune` of the source.","type":"boolean"},"orphan_grace":{"description":"In place of the `orphan_grace` of the source.","$ref":"#/$defs/duration"},"max_unreadable":{"description":"In place of the `max_unreadable` of the source.","type":"integer","minimum":0},"max_unreadable_percent":{"description":"In place of the `max_unreadable_percent` of the source.","$ref":"#/$defs/percent"},"full_if_older_than":{"description":"In place of the `full_if_older_than` of the source.","$ref":"#/$defs/time"},"volsize":{"description":"In place of the `volsize` of the source.","$ref":"#/$defs/volsize"},"compression_level":{"description":"In place of the `compression_level` of the source.","$ref":"#/$defs/compressionLevel"},"timeout":{"description":"In place of the `timeout` of the source.","$ref":"#/$defs/duration"},"stall_timeout":{"description":"In place of the `stall_timeout` of the source.","$ref":"#/$defs/duration"},"retries":{"description":"In place of the `retries` of the source.","$ref":"#/$defs/retries"},"retry_delay":{"description":"In place of the `retry_delay` of the source.","$ref":"#/$defs/duration"},"window":{"description":"In place of the `window` of the source.","$ref":"#/$defs/window"},"priority":{"description":"In place of the `priority` of the source.","type":"integer","minimum":-1000,"maximum":1000},"hooks":{"description":"Programs that are started for the job of this destination, in place of the `hooks` of the source.","$ref":"#/$defs/hooks"},"tempdir":{"description":"In place of the `tempdir` of the source.","$ref":"#/$defs/absolutePath"},"env":{"description":"Environment variables of this destination's jobs, over the ones of the source.","$ref":"#/$defs/env"}}},"hooks":{"title":"Hooks","description":"Programs to start around a run or a job.","type":"object","additionalProperties":false,"properties":{"before":{"description":"Before it begins. If one fails, it does not begin, unless the hook is optional; status 75 means: skip it, softly.","type":"array","items":{"$ref":"#/$defs/hook"}},"after":{"description":"After it has ended, whatever happened.","type":"array","items":{"$ref":"#/$defs/hook"}},"on_error":{"description":"After it has failed, for whatever reason: a lock that is held and a plan that cannot be made count too. Also for `duba prune`, `verify` and `cleanup`; the others only for backups.","type":"array","items":{"$ref":"#/$defs/hook"}}}},"hook":{"title":"Hook","description":"A program to start. Exactly one of `command` and `shell` says which.","type":"object","additionalProperties":false,"properties":{"command":{"description":"The program, by its absolute path, and its arguments, started without a shell.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}},"shell":{"description":"A command line for `/bin/sh -c`.","type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"timeout":{"description":"It is ended after this time, and has failed then. 0: never.","$ref":"#/$defs/duration","default":"5m"},"optional":{"description":"Whether its failure is only a warning.","type":"boolean","default":false},"env":{"description":"Environment variables for it. It gets no secret but these.","$ref":"#/$defs/env"}}},"window":{"title":"TimeWindow","description":"Hours of the day, in local time. `to` before `from` means: over midnight.","type":"object","additionalProperties":false,"required":["from","to"],"properties":{"from":{"description":"When it begins.","$ref":"#/$defs/clock"},"to":{"description":"When it ends.","$ref":"#/$defs/clock"}}},"secret":{"title":"SecretText","description":"A text, or a reference to where it is: `{\"$file\": path}`, `{\"$env\": name}`, `{\"$credential\": name}` or `{\"$command\": [program, arguments]}`.","type":["string","object"],"pattern":"^[^\\u0000]*$","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"$file":{"description":"File that holds it.","$ref":"#/$defs/absolutePath"},"$env":{"description":"Variable of duba's own environment that holds it.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"$credential":{"description":"Name of a systemd credential, a file in `$CREDENTIALS_DIRECTORY`.","type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"},"$command":{"description":"Program, as an absolute path, and arguments that print it.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[^\\u0000]*$"}}}},"divide":{"title":"Divide","description":"`true`, `false`, or which entries get jobs of their own. The others are one job, that of the source itself. An entry that has backups of its own stays a job of its own.","type":["boolean","object"],"additionalProperties":false,"properties":{"min_size":{"description":"Entries with fewer bytes than this are put together.","type":"integer","minimum":0},"max_jobs":{"description":"At most this many entries, the largest ones, get jobs of their own.","type":"integer","minimum":1,"maximum":10000}}},"absolutePath":{"description":"An absolute path.","type":"string","pattern":"^/[^\\u0000]*$"},"url":{"description":"A URL, such as `file:///srv/backup` or `sftp://user@host/path`.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"},"patterns":{"description":"Patterns in duplicity's notation: `*` stands for anything but a slash, `**` for anything. A pattern is an absolute path or begins with `*`.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"}},"files":{"description":"Files.","type":"array","items":{"$ref":"#/$defs/absolutePath"},"uniqueItems":true},"optionalKey":{"description":"A key; an empty string counts as none.","type":"string","pattern":"^[^\\u0000]*$"},"keys":{"description":"A list of keys.","type":"array","items":{"type":"string","minLength":1,"pattern":"^[^\\u0000]*$"},"uniqueItems":true},"signKey":{"description":"8, 16 or 40 hexadecimal digits.","type":"string","pattern":"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"},"encryption":{"description":"`keys`, `symmetric` or `none`.","type":"string","enum":["keys","symmetric","none"]},"crypto":{"description":"`auto` or `gpg`.","type":"string","enum":["auto","gpg"]},"time":{"description":"An age, such as `30D`, `2W` or `1M12h` (s, m, h, D, W, M, Y for seconds to years), or a date such as `2026-01-31`.","type":"string","pattern":"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"},"duration":{"description":"A time span, such as `30D`, `12h` or `5m` (s, m, h, D, W, M, Y for seconds to years), or a number of seconds.","type":["string","integer"],"pattern":"^([0-9]+[smhDWMY])+$","minimum":0,"maximum":31536000000},"clock":{"description":"A time of day as HH:MM, from 00:00 to 23:59.","type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$"},"count":{"description":"A number.","type":"integer","minimum":1,"maximum":100000},"retries":{"description":"Attempts, at least 1.","type":"integer","minimum":1,"maximum":1000},"percent":{"description":"Percent.","type":"number","minimum":0,"maximum":100},"volsize":{"description":"MiB.","type":"integer","minimum":1,"maximum":1048576},"compressionLevel":{"description":"1 to 9.","type":"integer","minimum":1,"maximum":9},"verdicts":{"description":"Verdicts by reason codes.","type":"object","propertyNames":{"pattern":"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},"additionalProperties":{"type":"string","enum":["ok","skipped","warning","failed"]}},"env":{"description":"Environment variables.","type":"object","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/secret"}}}};

function validate189(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate189.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^/[^\\u0000]*$"},message:"must match pattern \""+"^/[^\\u0000]*$"+"\"",schema:"^/[^\\u0000]*$",parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate189.errors = vErrors;
return errors === 0;
}
validate189.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate191(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate191.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "boolean") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema22.type},message:"must be boolean,object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "min_size") || (key0 === "max_jobs"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.min_size !== undefined){
let data0 = data.min_size;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/min_size",schemaPath:"#/properties/min_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema22.properties.min_size.type,parentSchema:schema22.properties.min_size,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/min_size",schemaPath:"#/properties/min_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema22.properties.min_size,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.max_jobs !== undefined){
let data1 = data.max_jobs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema22.properties.max_jobs.type,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 10000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/max_jobs",schemaPath:"#/properties/max_jobs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema22.properties.max_jobs,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
validate191.errors = vErrors;
return errors === 0;
}
validate191.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate193(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate193.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) < 1){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.items.type,parentSchema:schema23.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate193.errors = vErrors;
return errors === 0;
}
validate193.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate196(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate196.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate189(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func0(data[i1], data[j0])){
const err0 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate196.errors = vErrors;
return errors === 0;
}
validate196.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate200(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate200.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern6.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9+.-]*://[^\\u0000]*$",parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate200.errors = vErrors;
return errors === 0;
}
validate200.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate204(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate204.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data))))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema27.type},message:"must be string,integer",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 31536000000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 31536000000},message:"must be <= 31536000000",schema:31536000000,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err3 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([0-9]+[smhDWMY])+$"},message:"must match pattern \""+"^([0-9]+[smhDWMY])+$"+"\"",schema:"^([0-9]+[smhDWMY])+$",parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
validate204.errors = vErrors;
return errors === 0;
}
validate204.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate207(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate207.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) < 1){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern5.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.items.type,parentSchema:schema28.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err3 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate207.errors = vErrors;
return errors === 0;
}
validate207.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate210(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate210.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern10.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"},message:"must match pattern \""+"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$"+"\"",schema:"^(0x)?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$",parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate210.errors = vErrors;
return errors === 0;
}
validate210.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate213(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate213.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(((data === "keys") || (data === "symmetric")) || (data === "none"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema30.enum},message:"must be equal to one of the allowed values",schema:schema30.enum,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate213.errors = vErrors;
return errors === 0;
}
validate213.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate215(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate215.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((data === "auto") || (data === "gpg"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema31.enum},message:"must be equal to one of the allowed values",schema:schema31.enum,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate215.errors = vErrors;
return errors === 0;
}
validate215.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate217(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate217.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern11.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"},message:"must match pattern \""+"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$"+"\"",schema:"^(now|([0-9]+[smhDWMY])+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)$",parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate217.errors = vErrors;
return errors === 0;
}
validate217.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate219(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate219.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate219.errors = vErrors;
return errors === 0;
}
validate219.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate224(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate224.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100 || isNaN(data)){
const err0 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data < 0 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate224.errors = vErrors;
return errors === 0;
}
validate224.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate227(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate227.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1048576 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate227.errors = vErrors;
return errors === 0;
}
validate227.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate229(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate229.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 9 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9",schema:9,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate229.errors = vErrors;
return errors === 0;
}
validate229.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate233(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate233.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
validate233.errors = vErrors;
return errors === 0;
}
validate233.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate237(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate237.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern12.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^([01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^([01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate237.errors = vErrors;
return errors === 0;
}
validate237.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate236(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate236.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.to === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema38.required,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "from") || (key0 === "to"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
if(!(validate237(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate237.errors : vErrors.concat(validate237.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate237(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate237.errors : vErrors.concat(validate237.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate236.errors = vErrors;
return errors === 0;
}
validate236.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate245(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate245.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema43.type},message:"must be string,object",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(!pattern5.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err2 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(Object.keys(data).length < 1){
const err3 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "$file") || (key0 === "$env")) || (key0 === "$credential")) || (key0 === "$command"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$file !== undefined){
if(!(validate189(data.$file, {instancePath:instancePath+"/$file",parentData:data,parentDataProperty:"$file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.$env !== undefined){
let data1 = data.$env;
if(typeof data1 === "string"){
if(!pattern15.test(data1)){
const err5 = {instancePath:instancePath+"/$env",schemaPath:"#/properties/%24env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema43.properties.$env,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/$env",schemaPath:"#/properties/%24env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$env.type,parentSchema:schema43.properties.$env,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.$credential !== undefined){
let data2 = data.$credential;
if(typeof data2 === "string"){
if(!pattern18.test(data2)){
const err7 = {instancePath:instancePath+"/$credential",schemaPath:"#/properties/%24credential/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$"+"\"",schema:"^[A-Za-z0-9_][A-Za-z0-9_.@-]*$",parentSchema:schema43.properties.$credential,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/$credential",schemaPath:"#/properties/%24credential/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$credential.type,parentSchema:schema43.properties.$credential,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.$command !== undefined){
let data3 = data.$command;
if(Array.isArray(data3)){
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/$command",schemaPath:"#/properties/%24command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.$command,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(!pattern5.test(data4)){
const err10 = {instancePath:instancePath+"/$command/" + i0,schemaPath:"#/properties/%24command/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema43.properties.$command.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/$command/" + i0,schemaPath:"#/properties/%24command/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.$command.items.type,parentSchema:schema43.properties.$command.items,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/$command",schemaPath:"#/properties/%24command/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.$command.type,parentSchema:schema43.properties.$command,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
validate245.errors = vErrors;
return errors === 0;
}
validate245.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate244(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate244.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern15.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema42.propertyNames,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
if(!(validate245(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate245.errors : vErrors.concat(validate245.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate244.errors = vErrors;
return errors === 0;
}
validate244.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate242(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate242.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "command") || (key0 === "shell")) || (key0 === "timeout")) || (key0 === "optional")) || (key0 === "env"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.command !== undefined){
let data0 = data.command;
if(Array.isArray(data0)){
if(data0.length < 1){
const err1 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema41.properties.command,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err2 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/properties/command/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema41.properties.command.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/command/" + i0,schemaPath:"#/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.command.items.type,parentSchema:schema41.properties.command.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema41.properties.command.type,parentSchema:schema41.properties.command,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.shell !== undefined){
let data2 = data.shell;
if(typeof data2 === "string"){
if(func3(data2) < 1){
const err5 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!pattern5.test(data2)){
const err6 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.shell.type,parentSchema:schema41.properties.shell,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate204(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.optional !== undefined){
let data4 = data.optional;
if(typeof data4 !== "boolean"){
const err8 = {instancePath:instancePath+"/optional",schemaPath:"#/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema41.properties.optional.type,parentSchema:schema41.properties.optional,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.env !== undefined){
if(!(validate244(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate242.errors = vErrors;
return errors === 0;
}
validate242.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate241(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate241.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "before") || (key0 === "after")) || (key0 === "on_error"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.before !== undefined){
let data0 = data.before;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate242(data0[i0], {instancePath:instancePath+"/before/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath:instancePath+"/before",schemaPath:"#/properties/before/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.before.type,parentSchema:schema40.properties.before,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.after !== undefined){
let data2 = data.after;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate242(data2[i1], {instancePath:instancePath+"/after/" + i1,parentData:data2,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.after.type,parentSchema:schema40.properties.after,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.on_error !== undefined){
let data4 = data.on_error;
if(Array.isArray(data4)){
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
if(!(validate242(data4[i2], {instancePath:instancePath+"/on_error/" + i2,parentData:data4,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/on_error",schemaPath:"#/properties/on_error/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.on_error.type,parentSchema:schema40.properties.on_error,data:data4};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate241.errors = vErrors;
return errors === 0;
}
validate241.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate202(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate202.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.dest === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "dest"},message:"must have required property '"+"dest"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema26.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.name.type,parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.dest !== undefined){
if(!(validate200(data.dest, {instancePath:instancePath+"/dest",parentData:data,parentDataProperty:"dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate200.errors : vErrors.concat(validate200.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate204(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.state !== undefined){
let data3 = data.state;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.state.type,parentSchema:schema26.properties.state,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!((data3 === "present") || (data3 === "absent"))){
const err6 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/enum",keyword:"enum",params:{allowedValues: schema26.properties.state.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.state.enum,parentSchema:schema26.properties.state,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate189(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate207(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate207(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate210(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate196(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate213(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate213.errors : vErrors.concat(validate213.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate215(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate217(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate219(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate219(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate219(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data15 = data.prune;
if(typeof data15 !== "boolean"){
const err7 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.prune.type,parentSchema:schema26.properties.prune,data:data15};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate204(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data17 = data.max_unreadable;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err8 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.max_unreadable.type,parentSchema:schema26.properties.max_unreadable,data:data17};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
const err9 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.max_unreadable,data:data17};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate224(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate217(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate227(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate229(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate229.errors : vErrors.concat(validate229.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate204(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate204(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate233(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate233.errors : vErrors.concat(validate233.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate204(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate236(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data27 = data.priority;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err10 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.priority.type,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000 || isNaN(data27)){
const err11 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data27 < -1000 || isNaN(data27)){
const err12 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate241(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
errors = vErrors.length;
}
}
if(data.tempdir !== undefined){
if(!(validate189(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate244(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate202.errors = vErrors;
return errors === 0;
}
validate202.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate188(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate188.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema20.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate189(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema20.properties.name,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.name.type,parentSchema:schema20.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.state !== undefined){
let data2 = data.state;
if(typeof data2 !== "string"){
const err4 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.state.type,parentSchema:schema20.properties.state,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!((data2 === "present") || (data2 === "absent"))){
const err5 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/enum",keyword:"enum",params:{allowedValues: schema20.properties.state.enum},message:"must be equal to one of the allowed values",schema:schema20.properties.state.enum,parentSchema:schema20.properties.state,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.divide !== undefined){
if(!(validate191(data.divide, {instancePath:instancePath+"/divide",parentData:data,parentDataProperty:"divide",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
if(data.includes !== undefined){
if(!(validate193(data.includes, {instancePath:instancePath+"/includes",parentData:data,parentDataProperty:"includes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
errors = vErrors.length;
}
}
if(data.excludes !== undefined){
if(!(validate193(data.excludes, {instancePath:instancePath+"/excludes",parentData:data,parentDataProperty:"excludes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
errors = vErrors.length;
}
}
if(data.exclude_files !== undefined){
if(!(validate196(data.exclude_files, {instancePath:instancePath+"/exclude_files",parentData:data,parentDataProperty:"exclude_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.include_files !== undefined){
if(!(validate196(data.include_files, {instancePath:instancePath+"/include_files",parentData:data,parentDataProperty:"include_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.dest !== undefined){
if(!(validate200(data.dest, {instancePath:instancePath+"/dest",parentData:data,parentDataProperty:"dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate200.errors : vErrors.concat(validate200.errors);
errors = vErrors.length;
}
}
if(data.dests !== undefined){
let data9 = data.dests;
if(Array.isArray(data9)){
if(data9.length < 1){
const err6 = {instancePath:instancePath+"/dests",schemaPath:"#/properties/dests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema20.properties.dests,data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
if(!(validate202(data9[i0], {instancePath:instancePath+"/dests/" + i0,parentData:data9,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/dests",schemaPath:"#/properties/dests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema20.properties.dests.type,parentSchema:schema20.properties.dests,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate189(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate207(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate207(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate210(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate196(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate213(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate213.errors : vErrors.concat(validate213.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate215(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate217(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate219(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate219(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate219(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data22 = data.prune;
if(typeof data22 !== "boolean"){
const err8 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.prune.type,parentSchema:schema20.properties.prune,data:data22};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate204(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data24 = data.max_unreadable;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err9 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.max_unreadable.type,parentSchema:schema20.properties.max_unreadable,data:data24};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
const err10 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.max_unreadable,data:data24};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate224(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate217(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate227(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate229(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate229.errors : vErrors.concat(validate229.errors);
errors = vErrors.length;
}
}
if(data.one_filesystem !== undefined){
let data29 = data.one_filesystem;
if(typeof data29 !== "boolean"){
const err11 = {instancePath:instancePath+"/one_filesystem",schemaPath:"#/properties/one_filesystem/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.one_filesystem.type,parentSchema:schema20.properties.one_filesystem,data:data29};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.must_exist !== undefined){
let data30 = data.must_exist;
if(typeof data30 !== "boolean"){
const err12 = {instancePath:instancePath+"/must_exist",schemaPath:"#/properties/must_exist/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.must_exist.type,parentSchema:schema20.properties.must_exist,data:data30};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.min_files !== undefined){
let data31 = data.min_files;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err13 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.min_files.type,parentSchema:schema20.properties.min_files,data:data31};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
const err14 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.min_files,data:data31};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.min_bytes !== undefined){
let data32 = data.min_bytes;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err15 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.min_bytes.type,parentSchema:schema20.properties.min_bytes,data:data32};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err16 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema20.properties.min_bytes,data:data32};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.max_shrink_percent !== undefined){
if(!(validate224(data.max_shrink_percent, {instancePath:instancePath+"/max_shrink_percent",parentData:data,parentDataProperty:"max_shrink_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate204(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate204(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate233(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate233.errors : vErrors.concat(validate233.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate204(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate204(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate236(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data40 = data.priority;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err17 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema20.properties.priority.type,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 1000 || isNaN(data40)){
const err18 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data40 < -1000 || isNaN(data40)){
const err19 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema20.properties.priority,data:data40};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate241(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
errors = vErrors.length;
}
}
if(data.tempdir !== undefined){
if(!(validate189(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate244(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate188.errors = vErrors;
return errors === 0;
}
validate188.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate289(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate289.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern5.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\"",schema:"^[^\\u0000]*$",parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate289.errors = vErrors;
return errors === 0;
}
validate289.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate318(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate318.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern23.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},message:"must match pattern \""+"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"+"\"",schema:"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",parentSchema:schema45.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema45.propertyNames,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.additionalProperties.type,parentSchema:schema45.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((data0 === "ok") || (data0 === "skipped")) || (data0 === "warning")) || (data0 === "failed"))){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema45.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema45.additionalProperties.enum,parentSchema:schema45.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate318.errors = vErrors;
return errors === 0;
}
validate318.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate187(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://duba.invalid/schemas/duba.schema.json.part" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate187.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema46.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.$schema.type,parentSchema:schema46.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err2 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.version.type,parentSchema:schema46.properties.version,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(2 !== data1){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 2},message:"must be equal to constant",schema:2,parentSchema:schema46.properties.version,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.backup_sources !== undefined){
let data2 = data.backup_sources;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate188(data2[i0], {instancePath:instancePath+"/backup_sources/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/backup_sources",schemaPath:"#/properties/backup_sources/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema46.properties.backup_sources.type,parentSchema:schema46.properties.backup_sources,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.backup_excludes !== undefined){
if(!(validate193(data.backup_excludes, {instancePath:instancePath+"/backup_excludes",parentData:data,parentDataProperty:"backup_excludes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
errors = vErrors.length;
}
}
if(data.backup_includes !== undefined){
if(!(validate193(data.backup_includes, {instancePath:instancePath+"/backup_includes",parentData:data,parentDataProperty:"backup_includes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
errors = vErrors.length;
}
}
if(data.exclude_files !== undefined){
if(!(validate196(data.exclude_files, {instancePath:instancePath+"/exclude_files",parentData:data,parentDataProperty:"exclude_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.include_files !== undefined){
if(!(validate196(data.include_files, {instancePath:instancePath+"/include_files",parentData:data,parentDataProperty:"include_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.backup_dest !== undefined){
if(!(validate200(data.backup_dest, {instancePath:instancePath+"/backup_dest",parentData:data,parentDataProperty:"backup_dest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate200.errors : vErrors.concat(validate200.errors);
errors = vErrors.length;
}
}
if(data.backend !== undefined){
let data9 = data.backend;
if(typeof data9 !== "string"){
const err5 = {instancePath:instancePath+"/backend",schemaPath:"#/properties/backend/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.backend.type,parentSchema:schema46.properties.backend,data:data9};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.cache_dir !== undefined){
if(!(validate189(data.cache_dir, {instancePath:instancePath+"/cache_dir",parentData:data,parentDataProperty:"cache_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.gpg_encrypt_local_key !== undefined){
if(!(validate289(data.gpg_encrypt_local_key, {instancePath:instancePath+"/gpg_encrypt_local_key",parentData:data,parentDataProperty:"gpg_encrypt_local_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate289.errors : vErrors.concat(validate289.errors);
errors = vErrors.length;
}
}
if(data.gpg_encrypt_master_key !== undefined){
if(!(validate289(data.gpg_encrypt_master_key, {instancePath:instancePath+"/gpg_encrypt_master_key",parentData:data,parentDataProperty:"gpg_encrypt_master_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate289.errors : vErrors.concat(validate289.errors);
errors = vErrors.length;
}
}
if(data.encrypt_keys !== undefined){
if(!(validate207(data.encrypt_keys, {instancePath:instancePath+"/encrypt_keys",parentData:data,parentDataProperty:"encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.hidden_encrypt_keys !== undefined){
if(!(validate207(data.hidden_encrypt_keys, {instancePath:instancePath+"/hidden_encrypt_keys",parentData:data,parentDataProperty:"hidden_encrypt_keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data.sign_key !== undefined){
if(!(validate210(data.sign_key, {instancePath:instancePath+"/sign_key",parentData:data,parentDataProperty:"sign_key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
if(data.key_files !== undefined){
if(!(validate196(data.key_files, {instancePath:instancePath+"/key_files",parentData:data,parentDataProperty:"key_files",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.encryption !== undefined){
if(!(validate213(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate213.errors : vErrors.concat(validate213.errors);
errors = vErrors.length;
}
}
if(data.crypto !== undefined){
if(!(validate215(data.crypto, {instancePath:instancePath+"/crypto",parentData:data,parentDataProperty:"crypto",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data.retention_time !== undefined){
if(!(validate217(data.retention_time, {instancePath:instancePath+"/retention_time",parentData:data,parentDataProperty:"retention_time",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.keep_full !== undefined){
if(!(validate219(data.keep_full, {instancePath:instancePath+"/keep_full",parentData:data,parentDataProperty:"keep_full",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_incrementals_of !== undefined){
if(!(validate219(data.keep_incrementals_of, {instancePath:instancePath+"/keep_incrementals_of",parentData:data,parentDataProperty:"keep_incrementals_of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.keep_chains !== undefined){
if(!(validate219(data.keep_chains, {instancePath:instancePath+"/keep_chains",parentData:data,parentDataProperty:"keep_chains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.prune !== undefined){
let data23 = data.prune;
if(typeof data23 !== "boolean"){
const err6 = {instancePath:instancePath+"/prune",schemaPath:"#/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema46.properties.prune.type,parentSchema:schema46.properties.prune,data:data23};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.orphan_grace !== undefined){
if(!(validate204(data.orphan_grace, {instancePath:instancePath+"/orphan_grace",parentData:data,parentDataProperty:"orphan_grace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.max_unreadable !== undefined){
let data25 = data.max_unreadable;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err7 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.max_unreadable.type,parentSchema:schema46.properties.max_unreadable,data:data25};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 < 0 || isNaN(data25)){
const err8 = {instancePath:instancePath+"/max_unreadable",schemaPath:"#/properties/max_unreadable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.max_unreadable,data:data25};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.max_unreadable_percent !== undefined){
if(!(validate224(data.max_unreadable_percent, {instancePath:instancePath+"/max_unreadable_percent",parentData:data,parentDataProperty:"max_unreadable_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
errors = vErrors.length;
}
}
if(data.full_if_older_than !== undefined){
if(!(validate217(data.full_if_older_than, {instancePath:instancePath+"/full_if_older_than",parentData:data,parentDataProperty:"full_if_older_than",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
if(data.volsize !== undefined){
if(!(validate227(data.volsize, {instancePath:instancePath+"/volsize",parentData:data,parentDataProperty:"volsize",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data.compression_level !== undefined){
if(!(validate229(data.compression_level, {instancePath:instancePath+"/compression_level",parentData:data,parentDataProperty:"compression_level",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate229.errors : vErrors.concat(validate229.errors);
errors = vErrors.length;
}
}
if(data.one_filesystem !== undefined){
let data30 = data.one_filesystem;
if(typeof data30 !== "boolean"){
const err9 = {instancePath:instancePath+"/one_filesystem",schemaPath:"#/properties/one_filesystem/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema46.properties.one_filesystem.type,parentSchema:schema46.properties.one_filesystem,data:data30};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.must_exist !== undefined){
let data31 = data.must_exist;
if(typeof data31 !== "boolean"){
const err10 = {instancePath:instancePath+"/must_exist",schemaPath:"#/properties/must_exist/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema46.properties.must_exist.type,parentSchema:schema46.properties.must_exist,data:data31};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.min_files !== undefined){
let data32 = data.min_files;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err11 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.min_files.type,parentSchema:schema46.properties.min_files,data:data32};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err12 = {instancePath:instancePath+"/min_files",schemaPath:"#/properties/min_files/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.min_files,data:data32};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.min_bytes !== undefined){
let data33 = data.min_bytes;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err13 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.min_bytes.type,parentSchema:schema46.properties.min_bytes,data:data33};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 < 0 || isNaN(data33)){
const err14 = {instancePath:instancePath+"/min_bytes",schemaPath:"#/properties/min_bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.min_bytes,data:data33};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.max_shrink_percent !== undefined){
if(!(validate224(data.max_shrink_percent, {instancePath:instancePath+"/max_shrink_percent",parentData:data,parentDataProperty:"max_shrink_percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate204(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.stall_timeout !== undefined){
if(!(validate204(data.stall_timeout, {instancePath:instancePath+"/stall_timeout",parentData:data,parentDataProperty:"stall_timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate233(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate233.errors : vErrors.concat(validate233.errors);
errors = vErrors.length;
}
}
if(data.retry_delay !== undefined){
if(!(validate204(data.retry_delay, {instancePath:instancePath+"/retry_delay",parentData:data,parentDataProperty:"retry_delay",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.max_age !== undefined){
if(!(validate204(data.max_age, {instancePath:instancePath+"/max_age",parentData:data,parentDataProperty:"max_age",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
if(!(validate236(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data41 = data.priority;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err15 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.priority.type,parentSchema:schema46.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 1000 || isNaN(data41)){
const err16 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema46.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data41 < -1000 || isNaN(data41)){
const err17 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -1000},message:"must be >= -1000",schema:-1000,parentSchema:schema46.properties.priority,data:data41};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
if(data.hooks !== undefined){
if(!(validate241(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
errors = vErrors.length;
}
}
if(data.loglevel !== undefined){
let data43 = data.loglevel;
if(typeof data43 !== "string"){
const err18 = {instancePath:instancePath+"/loglevel",schemaPath:"#/properties/loglevel/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.loglevel.type,parentSchema:schema46.properties.loglevel,data:data43};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(!((((((((((((((((((((data43 === "error") || (data43 === "warning")) || (data43 === "notice")) || (data43 === "info")) || (data43 === "debug")) || (data43 === "e")) || (data43 === "w")) || (data43 === "n")) || (data43 === "i")) || (data43 === "d")) || (data43 === "0")) || (data43 === "1")) || (data43 === "2")) || (data43 === "3")) || (data43 === "4")) || (data43 === "5")) || (data43 === "6")) || (data43 === "7")) || (data43 === "8")) || (data43 === "9"))){
const err19 = {instancePath:instancePath+"/loglevel",schemaPath:"#/properties/loglevel/enum",keyword:"enum",params:{allowedValues: schema46.properties.loglevel.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.loglevel.enum,parentSchema:schema46.properties.loglevel,data:data43};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.logdir !== undefined){
if(!(validate189(data.logdir, {instancePath:instancePath+"/logdir",parentData:data,parentDataProperty:"logdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.log_format !== undefined){
let data45 = data.log_format;
if(typeof data45 !== "string"){
const err20 = {instancePath:instancePath+"/log_format",schemaPath:"#/properties/log_format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.log_format.type,parentSchema:schema46.properties.log_format,data:data45};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(!((data45 === "text") || (data45 === "json"))){
const err21 = {instancePath:instancePath+"/log_format",schemaPath:"#/properties/log_format/enum",keyword:"enum",params:{allowedValues: schema46.properties.log_format.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.log_format.enum,parentSchema:schema46.properties.log_format,data:data45};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.console_format !== undefined){
let data46 = data.console_format;
if(typeof data46 !== "string"){
const err22 = {instancePath:instancePath+"/console_format",schemaPath:"#/properties/console_format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.console_format.type,parentSchema:schema46.properties.console_format,data:data46};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(!((((data46 === "auto") || (data46 === "text")) || (data46 === "journal")) || (data46 === "json"))){
const err23 = {instancePath:instancePath+"/console_format",schemaPath:"#/properties/console_format/enum",keyword:"enum",params:{allowedValues: schema46.properties.console_format.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.console_format.enum,parentSchema:schema46.properties.console_format,data:data46};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.state_dir !== undefined){
if(!(validate189(data.state_dir, {instancePath:instancePath+"/state_dir",parentData:data,parentDataProperty:"state_dir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.status_group !== undefined){
let data48 = data.status_group;
if(typeof data48 === "string"){
if(!pattern21.test(data48)){
const err24 = {instancePath:instancePath+"/status_group",schemaPath:"#/properties/status_group/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*\\$?$",parentSchema:schema46.properties.status_group,data:data48};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/status_group",schemaPath:"#/properties/status_group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.status_group.type,parentSchema:schema46.properties.status_group,data:data48};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.metrics_file !== undefined){
if(!(validate189(data.metrics_file, {instancePath:instancePath+"/metrics_file",parentData:data,parentDataProperty:"metrics_file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.history !== undefined){
let data50 = data.history;
if(!(((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50))) && (isFinite(data50)))){
const err26 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.history.type,parentSchema:schema46.properties.history,data:data50};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 > 10000 || isNaN(data50)){
const err27 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema46.properties.history,data:data50};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data50 < 1 || isNaN(data50)){
const err28 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.history,data:data50};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.host !== undefined){
let data51 = data.host;
if(typeof data51 === "string"){
if(!pattern4.test(data51)){
const err29 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*$",parentSchema:schema46.properties.host,data:data51};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.host.type,parentSchema:schema46.properties.host,data:data51};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.verdicts !== undefined){
if(!(validate318(data.verdicts, {instancePath:instancePath+"/verdicts",parentData:data,parentDataProperty:"verdicts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate318.errors : vErrors.concat(validate318.errors);
errors = vErrors.length;
}
}
if(data.conf_d_may !== undefined){
let data53 = data.conf_d_may;
if(Array.isArray(data53)){
const len1 = data53.length;
for(let i1=0; i1<len1; i1++){
let data54 = data53[i1];
if(typeof data54 !== "string"){
const err31 = {instancePath:instancePath+"/conf_d_may/" + i1,schemaPath:"#/properties/conf_d_may/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.conf_d_may.items.type,parentSchema:schema46.properties.conf_d_may.items,data:data54};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(!((((((data54 === "dest") || (data54 === "keys")) || (data54 === "hooks")) || (data54 === "retention")) || (data54 === "includes")) || (data54 === "verdicts"))){
const err32 = {instancePath:instancePath+"/conf_d_may/" + i1,schemaPath:"#/properties/conf_d_may/items/enum",keyword:"enum",params:{allowedValues: schema46.properties.conf_d_may.items.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.conf_d_may.items.enum,parentSchema:schema46.properties.conf_d_may.items,data:data54};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
let i2 = data53.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data53[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err33 = {instancePath:instancePath+"/conf_d_may",schemaPath:"#/properties/conf_d_may/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema46.properties.conf_d_may,data:data53};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
const err34 = {instancePath:instancePath+"/conf_d_may",schemaPath:"#/properties/conf_d_may/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema46.properties.conf_d_may.type,parentSchema:schema46.properties.conf_d_may,data:data53};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.tempdir !== undefined){
if(!(validate189(data.tempdir, {instancePath:instancePath+"/tempdir",parentData:data,parentDataProperty:"tempdir",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
}
if(data.parallel !== undefined){
let data56 = data.parallel;
if(!(((typeof data56 == "number") && (!(data56 % 1) && !isNaN(data56))) && (isFinite(data56)))){
const err35 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.parallel.type,parentSchema:schema46.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if((typeof data56 == "number") && (isFinite(data56))){
if(data56 > 256 || isNaN(data56)){
const err36 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256",schema:256,parentSchema:schema46.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data56 < 1 || isNaN(data56)){
const err37 = {instancePath:instancePath+"/parallel",schemaPath:"#/properties/parallel/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.parallel,data:data56};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
if(data.threads !== undefined){
let data57 = data.threads;
if(!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57)))){
const err38 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.threads.type,parentSchema:schema46.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data57 == "number") && (isFinite(data57))){
if(data57 > 1024 || isNaN(data57)){
const err39 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema46.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data57 < 1 || isNaN(data57)){
const err40 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.threads,data:data57};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
if(data.memory !== undefined){
let data58 = data.memory;
if(!(((typeof data58 == "number") && (!(data58 % 1) && !isNaN(data58))) && (isFinite(data58)))){
const err41 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.memory.type,parentSchema:schema46.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 > 1048576 || isNaN(data58)){
const err42 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576",schema:1048576,parentSchema:schema46.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data58 < 64 || isNaN(data58)){
const err43 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/minimum",keyword:"minimum",params:{comparison: ">=", limit: 64},message:"must be >= 64",schema:64,parentSchema:schema46.properties.memory,data:data58};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data.nice !== undefined){
let data59 = data.nice;
if(!(((typeof data59 == "number") && (!(data59 % 1) && !isNaN(data59))) && (isFinite(data59)))){
const err44 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.nice.type,parentSchema:schema46.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data59 == "number") && (isFinite(data59))){
if(data59 > 19 || isNaN(data59)){
const err45 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/maximum",keyword:"maximum",params:{comparison: "<=", limit: 19},message:"must be <= 19",schema:19,parentSchema:schema46.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data59 < 0 || isNaN(data59)){
const err46 = {instancePath:instancePath+"/nice",schemaPath:"#/properties/nice/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.nice,data:data59};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
if(data.env !== undefined){
if(!(validate244(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
}
else {
const err47 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
validate187.errors = vErrors;
return errors === 0;
}
validate187.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
