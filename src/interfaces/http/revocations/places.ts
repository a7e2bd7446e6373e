/** Streams and waiting polls, of one caller and of all, in this process. */
const most = { ofOne: 100, ofAll: 5000 };

/** Who may wait here, so that nobody takes all there is. */
export class Places {
  private readonly taken = new Map<string, number>();
  private readonly waiting = new Set<AbortController>();
  private closed = false;

  /** A signal that aborts when the server stops, and the function that gives the place back; `null`: there is none for this caller. */
  take(caller: string): { readonly place: AbortController; readonly leave: () => void } | null {
    const count = this.taken.get(caller) ?? 0;
    if (count >= most.ofOne || this.waiting.size >= most.ofAll) return null;
    const place = new AbortController();
    if (this.closed) place.abort();
    this.taken.set(caller, count + 1);
    this.waiting.add(place);
    const leave = () => {
      if (!this.waiting.delete(place)) return;
      const left = (this.taken.get(caller) ?? 1) - 1;
      if (left > 0) this.taken.set(caller, left);
      else this.taken.delete(caller);
      place.abort();
    };
    return { place, leave };
  }

  /** Everybody who waits is sent away, and whoever comes now does not wait. */
  close(): void {
    this.closed = true;
    for (const place of this.waiting) place.abort();
  }
}
