/** Somebody who waits, and how they are told. */
export interface Waiting {
  readonly proceed: () => void;
  readonly refuse: () => void;
}

/**
 * Those who wait, in lanes served in turn: however many wait in one lane, the next of another waits for one round only. Within a lane the first come is the
 * first served. When the line is full, the last of the longest lane gives way to somebody of a lane that is shorter by two or more.
 */
export class FairLine {
  private readonly lanes = new Map<string, Waiting[]>();
  private count = 0;

  constructor(private readonly most: number) {}

  get length(): number {
    return this.count;
  }

  join(lane: string, waiting: Waiting): void {
    const own = this.lanes.get(lane) ?? [];
    if (this.count >= this.most && !this.makeRoom(own.length)) {
      waiting.refuse();
      return;
    }
    own.push(waiting);
    this.lanes.set(lane, own);
    this.count += 1;
  }

  next(): Waiting | undefined {
    const [lane, waiting] = this.lanes.entries().next().value ?? [];
    if (lane === undefined || waiting === undefined) return undefined;
    this.lanes.delete(lane);
    const first = waiting.shift();
    // To the end of the round.
    if (waiting.length > 0) this.lanes.set(lane, waiting);
    this.count -= 1;
    return first;
  }

  private makeRoom(ownLength: number): boolean {
    const longest = [...this.lanes.values()].reduce<Waiting[]>((long, lane) => (lane.length > long.length ? lane : long), []);
    if (longest.length < ownLength + 2) return false;
    longest.pop()?.refuse();
    this.count -= 1;
    return true;
  }
}
