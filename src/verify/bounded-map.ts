/**
 * Keeps at most so many values, and when it is full forgets one that was not read since it last came up (second chance). A read costs one lookup and moves
 * nothing, which a list ordered by last use would.
 */
export class BoundedMap<Value> {
  private readonly entries = new Map<string, { value: Value; read: boolean }>();

  constructor(private readonly most: number) {}

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    entry.read = true;
    return entry.value;
  }

  set(key: string, value: Value): void {
    const entry = this.entries.get(key);
    if (entry) {
      entry.value = value;
      return;
    }
    if (this.entries.size >= this.most) this.forgetOne();
    this.entries.set(key, { value, read: false });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  private forgetOne(): void {
    for (const [key, entry] of this.entries) {
      this.entries.delete(key);
      if (!entry.read) return;
      entry.read = false;
      this.entries.set(key, entry);
    }
  }
}
