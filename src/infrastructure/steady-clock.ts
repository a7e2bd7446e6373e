import type { Clock } from '../application/ports/clock.js';

/** What a machine tells of time, in milliseconds. */
export interface MachineTime {
  /** The date; somebody may set it. */
  wall(): number;
  /** Since some moment; nobody sets it. It may stand still while the machine sleeps. */
  elapsed(): number;
}

const thisMachine: MachineTime = { wall: () => Date.now(), elapsed: () => performance.now() };

/** The machine's time as it was when this was made, going on evenly though somebody sets the machine's clock, until that is followed. */
export class SteadyClock implements Clock {
  private origin: number;

  constructor(private readonly machine: MachineTime = thisMachine) {
    this.origin = this.machineOrigin();
  }

  now(): Date {
    return new Date(this.origin + this.machine.elapsed());
  }

  /** Milliseconds since some moment, whatever is followed: to tell how long something took. */
  elapsed(): number {
    return this.machine.elapsed();
  }

  /** Milliseconds by which the machine's clock is ahead of this one. */
  machineAhead(): number {
    return this.machineOrigin() - this.origin;
  }

  /** Shows from now on what the machine's clock shows. */
  follow(): void {
    this.origin = this.machineOrigin();
  }

  private machineOrigin(): number {
    return this.machine.wall() - this.machine.elapsed();
  }
}
