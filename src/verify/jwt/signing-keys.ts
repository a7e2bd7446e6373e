import { type KeywrightConnection, NoAnswer } from '../keywright-connection.js';
import { importSigningKey, type SigningKey } from './signing-key.js';

/** Between two fetches for keys that nobody knows, or after one that failed: what a token names must not make requests. Milliseconds. */
const cooldown = 10_000;
const cooldownAfterFailure = 1_000;

/**
 * Keywright's public keys (RFC 7517 §5), fetched when the first is needed and again in the background while they are in use. Keywright publishes a key long
 * before it signs with it, so a key that is not among them is hardly ever there.
 */
export class SigningKeys {
  private keys = new Map<string, SigningKey>();
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | null = null;

  /** `maxAge` in seconds. */
  constructor(
    private readonly connection: KeywrightConnection,
    private readonly maxAge: number,
    private readonly onProblem: (problem: Error) => void,
  ) {}

  /** Are the keys fetched, and lately enough? Fetches them in the background when it is time. `now` of `performance.now()`. */
  fresh(now: number): boolean {
    const age = now - this.fetchedAt;
    if (age >= this.maxAge * 500 && this.mayTry(now)) this.fetch(now).catch(() => {});
    return age < this.maxAge * 1000;
  }

  /** The key of this id as far as is known: no request. */
  known(id: string): SigningKey | undefined {
    return this.keys.get(id);
  }

  /**
   * Fetches the keys, because a token needs one that is not known, or they are too old; within the cooldown it does nothing. Throws `NoAnswer` when they
   * cannot be had. `now` of `performance.now()`.
   */
  async refresh(now: number): Promise<void> {
    if (this.fetching || this.mayTry(now)) return this.fetch(now);
    if (this.triedAt > this.fetchedAt) throw new NoAnswer('the public keys could not be fetched a moment ago');
  }

  private mayTry(now: number): boolean {
    return now - this.triedAt >= (this.triedAt > this.fetchedAt ? cooldownAfterFailure : cooldown);
  }

  private fetch(now: number): Promise<void> {
    this.fetching ??= this.load(now).finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async load(now: number): Promise<void> {
    this.triedAt = now;
    const { status, body } = await this.connection.get('/oauth/jwks');
    const published = (body as { keys?: unknown } | null | undefined)?.keys;
    if (status !== 200 || !Array.isArray(published)) {
      const problem = new NoAnswer(`/oauth/jwks answers ${status} without keys: is this the address of Keywright?`);
      this.onProblem(problem);
      throw problem;
    }
    this.keys = this.merge(published.map(importSigningKey).filter((key) => key !== null));
    this.fetchedAt = now;
    this.triedAt = now;
  }

  /** A key that stays is the same object, so that what it signed stays known; one that is gone takes it along. */
  private merge(published: SigningKey[]): Map<string, SigningKey> {
    const next = new Map(published.map((key) => [key.id, key]));
    for (const [id, old] of this.keys) {
      if (next.get(id)?.published === old.published) next.set(id, old);
      else old.retired = true;
    }
    return next;
  }
}
