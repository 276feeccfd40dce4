/** What the listing of a destination shows beside good chains, as sentences. */
import type { CollectionWarning } from '../engine/events.ts'

const placeWord = { remote: 'destination', local: 'cache' } as const

/** A warning for people. */
export function collectionText(warning: CollectionWarning): string {
  switch (warning.kind) {
    case 'orphaned-signatures':
      return `${warning.names.length} signature files of the ${placeWord[warning.where]} fit no chain`
    case 'unmatched-signatures':
      return 'there are signatures, but none fit the newest chain'
    case 'incomplete-sets':
      return `${warning.sets.length} backup sets are incomplete`
    case 'orphaned-sets':
      return `${warning.sets.length} backup sets fit no chain`
    case 'discarding-last-set':
      return 'the last backup set has no signatures and is not built upon'
    case 'duplicate-file':
      return `${warning.name} is there twice; ${warning.kept} is used`
    case 'displaced-sets':
      return `${warning.sets.length} incremental sets were displaced by longer ones`
    case 'irregular-names':
      return `${warning.names.length} files of the ${placeWord[warning.where]} have names that are no backup's: ${warning.names.join(', ')}`
    case 'empty-files':
      return `${warning.names.length} files of the ${placeWord[warning.where]} are empty: ${warning.names.join(', ')}`
    case 'remote-partials':
      return `${warning.names.length} files of an unfinished session lie on the destination`
    case 'plaintext-sets':
      return `${warning.sets.length} backup sets are not encrypted ${warning.signed ? 'and so not signed' : 'although older ones are'}, and are not used`
    case 'missing-volumes':
      return `volumes ${warning.volumes.join(', ')} of ${warning.set} are missing on the destination`
  }
}
