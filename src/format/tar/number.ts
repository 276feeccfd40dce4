/** Numbers in tar headers: octal digits, or base 256 where GNU tar needs more room (docs/format.md §5.1). */

const SPACE = 0x20
const ZERO = 0x30
const SEVEN = 0x37

/** The number in a field: octal digits, or two's complement if the first byte is 0x80 or 0xff. NaN if it is neither. */
export function readNumber(block: Buffer, at: number, length: number): number {
  const end = at + length
  const lead = block[at] ?? 0
  if (lead >= 0x80) return readBase256(block, at, end)
  let index = at
  while (index < end && block[index] === SPACE) index += 1
  let value = 0
  for (; index < end; index++) {
    const byte = block[index] ?? 0
    if (byte >= ZERO && byte <= SEVEN) value = value * 8 + (byte - ZERO)
    else if (byte === 0 || byte === SPACE) return value
    else return Number.NaN
  }
  return value
}

function readBase256(block: Buffer, at: number, end: number): number {
  const lead = block[at]
  if (lead !== 0x80 && lead !== 0xff) return Number.NaN
  // −1 is all ones, so a negative number grows from −1 downwards.
  let value = lead === 0xff ? -1 : 0
  for (let index = at + 1; index < end; index++) value = value * 256 + (block[index] ?? 0)
  return Number.isSafeInteger(value) ? value : Number.NaN
}

/** Writes `digits` octal digits; the byte behind them must be NUL already. Returns the sum of the bytes written. */
export function writeOctal(block: Buffer, at: number, digits: number, value: number): number {
  let sum = ZERO * digits
  let rest = value
  let index = at + digits - 1
  for (; rest > 0x7fffffff; index--) {
    const digit = rest % 8
    block[index] = ZERO + digit
    sum += digit
    rest = (rest - digit) / 8
  }
  for (; index >= at; index--) {
    const digit = rest & 7
    block[index] = ZERO + digit
    sum += digit
    rest >>= 3
  }
  return sum
}
