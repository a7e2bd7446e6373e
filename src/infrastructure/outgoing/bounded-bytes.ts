/** All that comes, put together; `null` as soon as it is more than `most` bytes. */
export async function boundedBytes(chunks: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > most) return null;
    taken.push(chunk);
  }
  return new Uint8Array(Buffer.concat(taken));
}
