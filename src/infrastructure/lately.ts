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
    // A key may be in both: what was put in again stays among the old as it was.
    this.young.delete(key);
    this.old.delete(key);
  }
}
