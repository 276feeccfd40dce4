/** Writing of delta commands into the output area: literals as they come, copies merged while they are adjacent. */

let start: usize = 0
let at: usize = 0
let limit: usize = 0
/** The copy that may still grow; none if its length is 0. */
let copyOffset: u64 = 0
let copyLength: u64 = 0

/** What one call below writes at most, without the literal bytes. */
const MOST: usize = 64

/** Begins a delta in the area of `size` bytes at `output`. */
export function openOutput(output: usize, size: usize): void {
  start = output
  at = output
  limit = output + size
  copyLength = 0
  store<u32>(at, 0x36027372)
  at += 4
}

/** Whether there is room for `literal` bytes of literals and some commands. */
export function hasRoom(literal: usize): bool {
  return limit - at >= literal + MOST
}

/** Bytes written since the last call; they are in the area until the next command is written. */
export function takeOutput(): usize {
  const size = at - start
  at = start
  return size
}

function widthOf(value: u64): i32 {
  return value < 0x100 ? 0 : value < 0x10000 ? 1 : value < 0x100000000 ? 2 : 3
}

function number(value: u64, width: i32): void {
  if (width == 0) store<u8>(at, <u8>value)
  else if (width == 1) store<u16>(at, bswap(<u16>value))
  else if (width == 2) store<u32>(at, bswap(<u32>value))
  else store<u64>(at, bswap(value))
  at += (<usize>1) << width
}

function flushCopy(): void {
  if (copyLength == 0) return
  const offsetWidth = widthOf(copyOffset)
  const lengthWidth = widthOf(copyLength)
  store<u8>(at++, <u8>(0x45 + 4 * offsetWidth + lengthWidth))
  number(copyOffset, offsetWidth)
  number(copyLength, lengthWidth)
  copyLength = 0
}

/** Copy `length` bytes from `offset` of the basis. */
export function emitCopy(offset: u64, length: u64): void {
  if (copyLength == 0 || copyOffset + copyLength != offset) {
    flushCopy()
    copyOffset = offset
  }
  copyLength += length
}

/** `length` bytes of literals, possibly none. */
export function emitLiteral(from: usize, length: usize): void {
  if (length == 0) return
  flushCopy()
  if (length <= 64) {
    store<u8>(at++, <u8>length)
  } else {
    const width = widthOf(<u64>length)
    store<u8>(at++, <u8>(0x41 + width))
    number(<u64>length, width)
  }
  memory.copy(at, from, length)
  at += length
}

/** The last copy and END. */
export function closeOutput(): void {
  flushCopy()
  store<u8>(at++, 0)
}
