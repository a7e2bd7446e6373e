import type { Clock } from '../../src/application/ports/clock.js';

/** A clock that stands still until a test turns it. */
export class HandClock implements Clock {
  private milliseconds: number;

  constructor(start: Date = new Date('2030-01-01T00:00:00Z')) {
    this.milliseconds = start.getTime();
  }

  now(): Date {
    return new Date(this.milliseconds);
  }

  /** Moves on by so many seconds. */
  pass(seconds: number): void {
    this.milliseconds += seconds * 1000;
  }
}
