/** What the lane of one verb did since the start, for whoever reads numbers. */
export class LaneTally {
  calls = 0;
  /** Those that were sent, whatever became of them: `calls` divided by it is how many share one. */
  statements = 0;
  /** How many calls wait just now. */
  waiting = () => 0;

  constructor(readonly verb: string) {}
}
