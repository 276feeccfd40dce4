/** Selection options under their present names. Command line facts §2.3, §3. */
import type { SelectionOption } from '../../engine/select/rules.ts'
import type { OptionName } from './options.ts'
import type { OptionValue } from './values.ts'

type Make = (value: OptionValue) => SelectionOption

const withText =
  (option: Extract<SelectionOption, { readonly value: string }>['option']): Make =>
  (value) => ({ option, value: String(value) })

const fromStdin =
  (option: 'include-filelist' | 'exclude-filelist'): Make =>
  () => ({ option, value: '/dev/stdin' })

const selections: Partial<Record<OptionName, Make>> = {
  include: withText('include'),
  exclude: withText('exclude'),
  'include-regexp': withText('include-regexp'),
  'exclude-regexp': withText('exclude-regexp'),
  'exclude-if-present': withText('exclude-if-present'),
  'include-filelist': withText('include-filelist'),
  'exclude-filelist': withText('exclude-filelist'),
  'include-globbing-filelist': withText('include-filelist'),
  'exclude-globbing-filelist': withText('exclude-filelist'),
  'include-filelist-stdin': fromStdin('include-filelist'),
  'exclude-filelist-stdin': fromStdin('exclude-filelist'),
  'exclude-device-files': () => ({ option: 'exclude-device-files' }),
  'exclude-other-filesystems': () => ({ option: 'exclude-other-filesystems' }),
  'exclude-older-than': (value) => ({ option: 'exclude-older-than', value: Number(value) }),
}

/** The selection option of a value; undefined if the option selects nothing. */
export function selectionOf(name: OptionName, value: OptionValue): SelectionOption | undefined {
  return selections[name]?.(value)
}
