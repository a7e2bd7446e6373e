import { Lane, type LaneLimits } from './lane.js';
import { LaneTally } from './lane-tally.js';

/** Makes the lanes of one store. What each does is counted under the name of its verb in `tallies`; left out, nothing is counted. */
export class Lanes {
  constructor(
    private readonly limits: LaneLimits,
    private readonly tallies?: LaneTally[],
  ) {}

  /** `send`, `keysOf`: see `Lane`. */
  for<Input, Output>(
    verb: string,
    send: (inputs: readonly Input[]) => Promise<readonly Output[]>,
    keysOf?: (input: Input) => readonly string[],
  ): Lane<Input, Output> {
    if (!this.tallies) return new Lane(send, this.limits, keysOf);
    const tally = new LaneTally(verb);
    this.tallies.push(tally);
    return new Lane(send, this.limits, keysOf, tally);
  }
}
