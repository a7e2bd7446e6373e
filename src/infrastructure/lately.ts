/** The newest of what was put in, by key: as many as `half` at least, twice as many at most. Each is kept and forgotten without a look at the others. */
export class Lately<Value> {
  private young = new Map<string, Value>();
  /** Forgotten as a whole when the young have become as many. */
  private old = new Map<string, Value>();

  constructor(private readonly half: number) {}

  get(key: string): Value | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  set(key: string, value: Value): void {
    if (this.young.size >= this.half) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }

  delete(key: string): void {
    if (!this.young.delete(key)) this.old.delete(key);
  }
}

/** Bytes as text: they take what they have, while bytes that were read from a socket hold on to all that came with them. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
