import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { aheadBy, keptTogether } from '../domain/clocks.js';
import type { SteadyClock } from '../infrastructure/steady-clock.js';

/** Milliseconds by less than which a clock that is set may simply be followed. */
const step = 1000;

/** Milliseconds between two comparisons while the clocks agree; while they do not, there is one at every look. */
const comparePause = 60_000;

/** Where it is told. */
interface ClockLog {
  error(facts: object, line: string): void;
  warn(facts: object, line: string): void;
}

/**
 * Keeps the clock of this process with the store's, which all instances have in common. A machine's clock that is set while the server runs is followed where the
 * store's clock bears it out, and passed over where it does not (ADR 0042).
 */
export class ClockWatch {
  private hasAgreed = false;
  private comparedAt = Number.NEGATIVE_INFINITY;
  private told = false;
  /** Why the store's time is not known, as it was told last. */
  private fault: string | undefined;
  /** Milliseconds by which the clock of this process is apart from the store's. */
  private apart = 0;

  /**
   * `storeTime`: of a store that several servers share. `mostApart`: milliseconds beyond which a clock that never agreed with the store's keeps the server from being
   * ready.
   */
  constructor(
    private readonly clock: SteadyClock,
    private readonly storeTime: (() => Promise<Date>) | null,
    private readonly mostApart: number,
    private readonly log: ClockLog,
  ) {}

  /** Whether codes and tokens may be dated here. */
  get isReady(): boolean {
    return this.hasAgreed || Math.abs(this.apart) <= this.mostApart;
  }

  /** Done about once a second. Asks the store only now and then, or when something happened to the machine's clock; where it cannot say, it is asked again. */
  async look(): Promise<void> {
    const stepped = Math.abs(this.clock.machineAhead()) > step;
    if (!this.storeTime || !stepped) this.clock.follow();
    if (!this.storeTime) return;
    if (!stepped && !this.told && this.clock.elapsed() - this.comparedAt < comparePause) return;
    try {
      await this.compare(this.storeTime);
      this.fault = undefined;
    } catch (error) {
      // That the store is away is told by whoever watches over it.
      if (!(error instanceof StorageUnavailable)) this.tellFault(error);
    }
  }

  private async compare(storeTime: () => Promise<Date>): Promise<void> {
    const asked = this.clock.now().getTime();
    const told = (await storeTime()).getTime();
    if (Number.isNaN(told)) throw new Error('the store told a time that is none');
    const answered = this.clock.now().getTime();
    this.comparedAt = this.clock.elapsed();
    /** Milliseconds by which a clock that is so far ahead of ours is ahead of the store's. */
    const aheadOfStore = (ahead: number) => aheadBy({ asked: asked + ahead, told, answered: answered + ahead });
    const machineAhead = this.clock.machineAhead();
    const machine = aheadOfStore(machineAhead);
    if (Math.abs(machine) <= Math.abs(aheadOfStore(0))) {
      this.clock.follow();
      this.apart = machine;
    } else this.apart = aheadOfStore(0);
    if (Math.abs(this.apart) <= keptTogether) this.hasAgreed = true;
    this.tell(machine);
  }

  private tellFault(error: unknown): void {
    if (String(error) === this.fault) return;
    this.fault = String(error);
    this.log.error({ err: error }, 'the store cannot say what time it is; clocks are not compared');
  }

  private tell(machine: number): void {
    const isApart = Math.abs(machine) > keptTogether;
    if (isApart === this.told) return;
    this.told = isApart;
    const facts = { seconds: Math.round(machine / 1000) };
    const passedOver = Math.abs(this.apart) <= keptTogether;
    if (!isApart) this.log.warn(facts, "the machine's clock agrees with the database's again");
    else if (!this.isReady) this.log.error(facts, `${ahead}: not ready until they agree (NTP)`);
    else this.log.warn(facts, `${ahead}${passedOver ? ', and passed over' : ''}: synchronise them (NTP)`);
  }
}

const ahead = "the machine's clock is ahead of the database's by so many seconds";
