import { setTimeout as pause } from 'node:timers/promises';
import type { MoveProgress } from '../../application/operations/move-progress.js';
import type { ArrivingStore, LeavingStore, MoveState } from '../../application/ports/moved-store.js';
import { compareKind, type KindCheck } from './compare-kind.js';
import { MoveRefused } from './move-refused.js';
import { leaseTime } from './phase-watch.js';
import { replayChanges } from './replay-changes.js';

type Report = (progress: MoveProgress) => void;

/** Records that are copied, or compared, together. */
const pageSize = 1000;
/** Milliseconds after which a hold that nobody ended counts as given up; and those that must be left of it when the move is decided. */
const hold = { longest: 15_000, spare: 5000 };

/** Milliseconds in which the connections of a server that was stopped go away. */
const farewell = 2000;

/** The move of one store into another while servers use it, whatever the two are. Everything about it is kept in the old one. See docs/adr/0028 and 0032. */
export class StoreMove {
  constructor(
    private readonly from: LeavingStore,
    private readonly to: ArrivingStore,
    /** Whether the new store has records of a kind in a form that can be compared. */
    private readonly isCompared: (kind: string) => boolean = () => true,
  ) {}

  /** Copies everything, from where an earlier call was interrupted, and then what was changed meanwhile. Throws `MoveRefused`. */
  async copy(report: Report): Promise<{ readonly rows: number }> {
    const { progress } = await this.begin();
    const counts = new Map<string, number>();
    for (const kind of this.from.kinds) counts.set(kind, await this.from.count(kind));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    let done = 0;
    for (const kind of this.from.kinds) {
      const state = progress[kind];
      if (state === true) {
        done += counts.get(kind) ?? 0;
        continue;
      }
      for (let place: string | true = state ?? '', first = true; place !== true; first = false) {
        const page = await this.from.page(kind, first && place === '' ? null : place, pageSize);
        // What refers to something that came only now, or goes by a name that was just given up, is copied after it, as if it had changed itself.
        if ((await this.to.apply([{ kind, put: page.records, remove: [] }])) === 'overtaken')
          await this.from.noteChanged(
            kind,
            page.records.map(({ key }) => key),
          );
        done += page.records.length;
        report({ step: 'copying', table: kind, done, total: Math.max(total, done) });
        place = page.next ?? true;
        await this.from.reached(kind, place);
      }
    }
    await this.catchUp((changes) => report({ step: 'following', table: '', done: changes, total: changes }));
    return { rows: done };
  }

  /** Compares every record, also while servers go on changing them. */
  async check(report: Report): Promise<readonly KindCheck[]> {
    if ((await this.state()).stage === 'moved') throw new MoveRefused('the store has moved: what is in the old one is no longer of today');
    const checks: KindCheck[] = [];
    for (const kind of this.from.kinds.filter(this.isCompared)) {
      await this.catchUp();
      const shown = (done: number) => report({ step: 'checking', table: kind, done, total: done });
      checks.push(await compareKind({ from: this.from, to: this.to, kind, pageSize, report: shown }));
    }
    return checks;
  }

  /**
   * Holds all servers, copies the last changes, and makes the new store the one in which everything is decided. When it throws nothing has changed: the old
   * one goes on being it. Answers for how many milliseconds they waited.
   */
  async switchOver(): Promise<{ readonly held: number }> {
    const { stage, progress } = await this.state();
    if (stage === 'moved') return { held: 0 };
    if (this.from.kinds.some((kind) => progress[kind] !== true)) throw new MoveRefused('not everything is copied yet: run `keywright storage copy` first');
    await this.refuseUnaware();
    await this.catchUp();
    const start = performance.now();
    await this.from.hold(hold.longest);
    try {
      // By then no server relies on having been told that the old one decides.
      await pause(leaseTime + 200);
      await this.catchUp();
      const left = await this.from.leave(hold.spare, async () => {
        while ((await replayChanges(this.from, this.to)) > 0);
        await this.to.arrive();
      });
      if (!left) throw new MoveRefused('the last changes took too long to copy; nothing was switched, and everything goes on as before');
    } catch (error) {
      await this.from.release();
      throw error;
    }
    return { held: Math.round(performance.now() - start) };
  }

  /** Gives a move up, as long as it is not decided. What was copied stays where it is. */
  async abandon(): Promise<void> {
    if ((await this.state()).stage === 'moved') throw new MoveRefused('this store has moved: that cannot be taken back, but the other one can be moved here');
    await this.from.abandon();
  }

  /** They would fail from the switch on, where those that know of both wait for a second. A store counts a connection for a moment after it was closed. */
  private async refuseUnaware(): Promise<void> {
    const start = performance.now();
    let connections = await this.from.unaware();
    for (; connections > 0 && performance.now() - start < farewell; connections = await this.from.unaware()) await pause(100);
    if (connections > 0)
      throw new MoveRefused(`servers without STORAGE_FROM are connected to the old store (${connections} connections): restart them with it first`);
  }

  private async begin(): Promise<MoveState> {
    const destination = await this.to.identity();
    const earlier = await this.from.state();
    if (earlier === null) await this.to.prepare();
    else if (earlier.destination !== destination)
      throw new MoveRefused('this store is on its way to another one: go on with that, or give it up with `keywright storage abandon`');
    if (earlier?.stage === 'moved') throw new MoveRefused('this store has moved already');
    if (earlier?.stage === 'held') await this.from.release();
    await this.from.begin(destination);
    return this.state();
  }

  private async state(): Promise<MoveState> {
    const state = await this.from.state();
    if (state === null) throw new MoveRefused('no move was begun: run `keywright storage copy` first');
    if (state.destination !== (await this.to.identity())) throw new MoveRefused('this store is on its way to another one');
    return state;
  }

  /** Until little is left: on a busy store there is always some. */
  private async catchUp(report: (changes: number) => void = () => {}): Promise<void> {
    let changes = 0;
    for (let count = pageSize; count >= pageSize; report(changes)) {
      count = await replayChanges(this.from, this.to, pageSize);
      changes += count;
    }
  }
}
