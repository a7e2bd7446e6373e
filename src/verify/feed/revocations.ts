import type { TokenClaims } from '../verification.js';
import { keysOf, type RevocationEntry } from './revocation-entry.js';

interface Told extends RevocationEntry {
  readonly revision: number;
}

/** What the feed has told. The more it told, the higher its `revision`, so that a token needs to be looked up only when there is news. */
export class Revocations {
  revision = 0;
  private readonly told = new Map<string, Told>();
  /** What was told up to this revision, of tokens issued up to this moment in seconds, may be missing. */
  private missing = { revision: Number.POSITIVE_INFINITY, until: Number.POSITIVE_INFINITY };

  /** `most`: how many entries are kept. */
  constructor(private readonly most: number) {}

  /** `now` in milliseconds. */
  add(entry: RevocationEntry, now: number): void {
    this.revision += 1;
    this.told.delete(entry.key);
    this.told.set(entry.key, { ...entry, revision: this.revision });
    if (this.told.size > this.most) this.forgetSome(now);
  }

  /** Begins anew: of what was ended before `moment`, in milliseconds, nothing is known. */
  startAt(moment: number): void {
    this.told.clear();
    this.revision += 1;
    this.missing = { revision: this.revision, until: moment / 1000 };
  }

  /** The latest entry about a token with these claims that was told after `revision`; `null` when there is none. */
  about(claims: TokenClaims, revision: number): RevocationEntry | null {
    let latest: Told | null = null;
    for (const key of keysOf(claims)) {
      const entry = this.told.get(key);
      if (!entry || entry.revision <= revision || (claims.iat !== undefined && claims.iat > entry.before)) continue;
      // One that ends it outweighs one that enables something again.
      if (!latest || (entry.refusal !== null && latest.refusal === null)) latest = entry;
    }
    return latest;
  }

  /**
   * Is it certain that nothing was told about a token with these claims, of which Keywright said at `revision` that it is good? -1 for one that Keywright
   * was never asked about.
   */
  clear(claims: TokenClaims, revision: number): boolean {
    if (this.about(claims, revision) !== null) return false;
    return revision >= this.missing.revision || (claims.iat !== undefined && claims.iat > this.missing.until);
  }

  /** First what is about tokens that have all expired; then the oldest, after which older tokens must be asked about. */
  private forgetSome(now: number): void {
    for (const [key, { until }] of this.told) if (until * 1000 <= now) this.told.delete(key);
    while (this.told.size > this.most) {
      const [key, { at, revision }] = this.told.entries().next().value as [string, Told];
      this.told.delete(key);
      this.missing = { revision: Math.max(this.missing.revision, revision), until: Math.max(this.missing.until, at) };
    }
  }
}
