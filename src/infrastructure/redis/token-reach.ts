import type { RevocationRepository } from '../../application/ports/revocation-repository.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';

/** Milliseconds that are told in advance, so that a busy server tells once an hour and not with every token. */
const ahead = 3_600_000;

/** Tells the log of revocations how long access tokens live that are not kept beside it. */
export class TokenReach {
  private told = 0;

  constructor(private readonly revocations: RevocationRepository) {}

  /** Before the token is saved: an entry about what it descends from must be kept as long as it lives. */
  async cover({ expiresAt }: AccessToken): Promise<void> {
    if (expiresAt.getTime() <= this.told) return;
    const until = Math.min(expiresAt.getTime() + ahead, latest);
    await this.revocations.reach(new Date(until));
    this.told = Math.max(this.told, until);
  }
}

/** The end of the year 9999, the last moment that any store can be relied on to keep. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
