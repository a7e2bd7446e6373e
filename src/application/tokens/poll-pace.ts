import { pollInterval } from '../../domain/authorization/device-request.js';

/** Devices of which it is remembered when they last asked; there are never so many, and who is forgotten is let through once. */
const most = 10_000;

/** Milliseconds that an answer may have been under way, so that a device which waits as long as it was told is not told to wait longer. */
const tolerance = 1000;

/** Which devices ask more often than they were told (RFC 8628 §3.5), on this instance. */
export class PollPace {
  private readonly last = new Map<string, number>();

  /** Whether it is too soon. `id`: whatever stays the same between two questions. */
  isTooFast(id: string, now: Date): boolean {
    const before = this.last.get(id);
    this.last.delete(id);
    this.last.set(id, now.getTime());
    if (this.last.size > most) this.last.delete(this.last.keys().next().value as string);
    return before !== undefined && now.getTime() - before < pollInterval * 1000 - tolerance;
  }
}
