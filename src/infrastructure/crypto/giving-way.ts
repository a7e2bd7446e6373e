import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** What `GivingWay` goes by. */
export interface Surroundings {
  /** Milliseconds, from any moment on. */
  readonly now: () => number;
  /** The share of the time since it was asked before in which the event loop had work: 0 to 1. */
  readonly utilization: () => number;
  readonly rest: (milliseconds: number) => Promise<unknown>;
}

/** Above this share the event loop has requests waiting, and every processor is wanted. */
const busy = 0.4;

/**
 * How many times as long as a piece of work took the next one waits while the event loop is busy. Everyone who calls in the meantime waits out a slice of that
 * work, so how often it comes decides how many of them do.
 */
const restFactor = 32;

/** Milliseconds. A hash that takes long because the machine is crowded must not make the next person wait without end. */
const longestRest = 500;

/** Milliseconds that rests may add, all together, to the time of the last in line, with one that is under way as it comes. */
const longestWait = 4000;

/** With more than so many in line there are no rests: whoever signs in would be cut off before the turn comes, and load that nobody pays for could see to it. */
const longLine = 20;

/** Lets long pieces of work follow one another at once while the process has little to do, and with rests between them while it has much. */
export class GivingWay {
  private resting: Promise<unknown> | undefined;
  /** How many waited in line at most since it was empty: as the line grows shorter, rests must not grow. */
  private longest = 0;

  constructor(private readonly surroundings: Surroundings = ofThisProcess()) {}

  /** @param inLine how many wait for their turn, asked when this one is over */
  async run<T>(work: () => Promise<T>, inLine: () => number = () => 0): Promise<T> {
    await this.resting;
    const { now, utilization, rest } = this.surroundings;
    const started = now();
    utilization();
    try {
      return await work();
    } finally {
      const line = inLine();
      this.longest = line === 0 ? 0 : Math.max(this.longest, line);
      const giveWay = utilization() > busy && line <= longLine;
      const most = Math.min(longestRest, longestWait / Math.max(1, this.longest));
      this.resting = giveWay ? rest(Math.min(most, restFactor * (now() - started))) : undefined;
    }
  }
}

function ofThisProcess(): Surroundings {
  let before = performance.eventLoopUtilization();
  return {
    now: () => performance.now(),
    utilization: () => {
      const at = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(at, before);
      before = at;
      return utilization;
    },
    rest: (milliseconds) => pause(milliseconds),
  };
}
