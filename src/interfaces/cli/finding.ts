/** What one check of `doctor` found. `advice`: what to do when it failed. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly reason: string;
  readonly advice?: string;
}
