/** Blocks as a file gives them. */
// eslint-disable-next-line @typescript-eslint/require-await -- blocks of a file come asynchronously
export async function* blocksOf(...blocks: Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  for (const block of blocks) if (block.length > 0) yield Buffer.from(block)
}

/** Data cut into blocks of so many bytes. */
export function cut(data: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  return blocksOf(
    ...Array.from({ length: Math.ceil(data.length / size) }, (_, n) =>
      data.subarray(n * size, (n + 1) * size),
    ),
  )
}

/** Everything a stream of blocks gives. */
export async function all(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const block of blocks) pieces.push(Buffer.from(block))
  return Buffer.concat(pieces)
}
