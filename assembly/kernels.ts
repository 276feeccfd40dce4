/** The exports of both builds. Addresses and lengths are bytes; see the files for contracts. */
export { heap, reserve } from './memory'
export { sign } from './sign'
export { strongSum, weakSum } from './sums'
export {
  deltaEntries,
  deltaExpected,
  deltaFeed,
  deltaInput,
  deltaLast,
  deltaLoad,
  deltaMore,
  deltaOutput,
  deltaRoom,
  deltaStart,
} from './delta'
