import { unionOf } from '../../domain/scope.js';
import type { GrantUse, SecretUse, UsageRepository } from '../ports/usage-repository.js';

/** Of each kind, how many are remembered between two flushes; more go unnoted, because a hint must not fill the memory. */
const mostRemembered = 20_000;

/** Of each kind, how many are written by one statement. */
const batchSize = 1000;

/**
 * Notes when secrets and grants are used at the cost of a write to a map, and hands them on in batches: a secret used a thousand times in
 * five seconds costs the store one row of one statement. What a crash takes is some seconds of hints.
 */
export class UsageJournal {
  private secrets = new Map<string, SecretUse>();
  private grants = new Map<string, GrantUse>();

  constructor(private readonly usage: UsageRepository) {}

  secretUsed(use: SecretUse): void {
    const noted = this.secrets.get(use.secretId);
    if (!noted && this.secrets.size >= mostRemembered) return;
    if (!noted || noted.at <= use.at) this.secrets.set(use.secretId, use);
  }

  grantUsed(use: GrantUse): void {
    const noted = this.grants.get(use.grantId);
    if (!noted && this.grants.size >= mostRemembered) return;
    this.grants.set(use.grantId, noted ? combined(noted, use) : use);
  }

  /** Hands on what was noted since. What could not be handed on is kept for the next time, and the error thrown. */
  async flush(): Promise<void> {
    const [secrets, grants] = [[...this.secrets.values()], [...this.grants.values()]];
    this.secrets = new Map();
    this.grants = new Map();
    for (let start = 0; start < Math.max(secrets.length, grants.length); start += batchSize) {
      try {
        await this.usage.record({ secrets: secrets.slice(start, start + batchSize), grants: grants.slice(start, start + batchSize) });
      } catch (error) {
        for (const use of secrets.slice(start)) this.secretUsed(use);
        for (const use of grants.slice(start)) this.grantUsed(use);
        throw error;
      }
    }
  }
}

function combined(one: GrantUse, other: GrantUse): GrantUse {
  const known = other.scopes.every((scope) => one.scopes.includes(scope));
  return { grantId: one.grantId, at: new Date(Math.max(one.at.getTime(), other.at.getTime())), scopes: known ? one.scopes : unionOf(one.scopes, other.scopes) };
}
