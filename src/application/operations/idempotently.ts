import { createHmac } from 'node:crypto';
import { later } from '../../domain/moments.js';
import { seal, unseal } from '../../domain/seal.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import type { Clock } from '../ports/clock.js';
import type { IdempotencyRepository } from '../ports/idempotency-repository.js';

export interface IdempotentRequest {
  /** Whose key it is: the same key of another caller is another key. */
  readonly caller: string;
  readonly key: string;
  /** What was asked, in a spelling that is equal exactly when it is the same. */
  readonly request: string;
}

export type IdempotentResult<Answer> =
  /** `repeated`: `create` did not run; the answer is the one of the first time. */
  | { readonly outcome: 'done'; readonly answer: Answer; readonly repeated: boolean }
  /** The first request with this key has not been answered yet. */
  | { readonly outcome: 'running' }
  /** The key belongs to a request that asked for something else. */
  | { readonly outcome: 'other_request' };

/** Seconds that a creation may take, and for which its answer can be had again. */
const runningFor = 60;
const keptFor = 24 * 3600;

/**
 * Does a creation at most once for a caller's key, and answers the same again, a secret that is shown once included: the answer is kept sealed under
 * the server's own key. While one such key takes the place of another, a run is known under both. A creation that fails is not remembered. The answer must survive JSON.
 */
export class Idempotently {
  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly secretKeys: SecretKeys,
    private readonly clock: Clock,
  ) {}

  async execute<Answer>(request: IdempotentRequest, create: () => Promise<Answer>): Promise<IdempotentResult<Answer>> {
    const now = this.clock.now();
    const places = this.secretKeys.map((secretKey) => placeOf(secretKey, request));
    const begun = await this.take(places, now);
    if (begun.outcome === 'done') return { outcome: 'done', answer: unseal(begun.at.sealingKey, begun.at.id, begun.sealedAnswer) as Answer, repeated: true };
    if (begun.outcome !== 'fresh') return begun;
    const answer = await create().catch(async (error: unknown) => {
      await this.free(places);
      throw error;
    });
    const [current, ...others] = places as [Place, ...Place[]];
    // It is done, whether or not that can be noted: the one who asked must have the answer.
    await this.keys.finish(current.id, seal(current.sealingKey, current.id, answer), later(now, keptFor)).catch(() => {});
    await this.free(others);
    return { outcome: 'done', answer, repeated: false };
  }

  /** Takes all places, or none. In an order that all instances have, whichever key is in use there: of two at once, one gets no further than the first place. */
  private async take(places: readonly Place[], now: Date) {
    const held: Place[] = [];
    try {
      for (const at of [...places].sort((one, other) => Buffer.compare(one.id, other.id))) {
        const begun = await this.keys.begin({ id: at.id, fingerprint: at.fingerprint, at: now, expiresAt: later(now, runningFor) });
        if (begun.outcome === 'fresh') held.push(at);
        else {
          await this.free(held);
          return begun.outcome === 'done' ? { ...begun, at } : begun;
        }
      }
      return { outcome: 'fresh' } as const;
    } catch (error) {
      await this.free(held);
      throw error;
    }
  }

  private async free(places: readonly Place[]): Promise<void> {
    for (const { id } of places) await this.keys.forget(id).catch(() => {});
  }
}

/** Where a run is noted, by one of the server's keys. */
interface Place {
  readonly id: Uint8Array;
  readonly fingerprint: Uint8Array;
  readonly sealingKey: Uint8Array;
}

function placeOf(secretKey: string, { caller, key, request }: IdempotentRequest): Place {
  const derived = (purpose: string, text: string) => createHmac('sha256', secretKey).update(`keywright idempotency ${purpose} ${text}`).digest();
  const whose = JSON.stringify([caller, key]);
  // The fingerprint too is under the server's key: a request may hold a password, which a plain digest would let be guessed.
  return { id: derived('key', whose), fingerprint: derived('request', request), sealingKey: derived('answer', whose) };
}
