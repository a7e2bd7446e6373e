import { createHmac } from 'node:crypto';
import { later } from '../../domain/moments.js';
import { seal, unseal } from '../../domain/seal.js';
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
 * the server's own key. A creation that fails is not remembered. The answer must survive JSON.
 */
export class Idempotently {
  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly secretKey: string,
    private readonly clock: Clock,
  ) {}

  async execute<Answer>({ caller, key, request }: IdempotentRequest, create: () => Promise<Answer>): Promise<IdempotentResult<Answer>> {
    const now = this.clock.now();
    const id = this.derived('key', JSON.stringify([caller, key]));
    const sealingKey = this.derived('answer', JSON.stringify([caller, key]));
    // Under the server's key: a request may hold a password, which a plain digest would let be guessed.
    const fingerprint = this.derived('request', request);

    const begun = await this.keys.begin({ id, fingerprint, at: now, expiresAt: later(now, runningFor) });
    if (begun.outcome === 'done') return { outcome: 'done', answer: unseal(sealingKey, id, begun.sealedAnswer) as Answer, repeated: true };
    if (begun.outcome !== 'fresh') return begun;

    const answer = await create().catch(async (error: unknown) => {
      await this.keys.forget(id).catch(() => {});
      throw error;
    });
    // It is done, whether or not that can be noted: the one who asked must have the answer.
    await this.keys.finish(id, seal(sealingKey, id, answer), later(now, keptFor)).catch(() => {});
    return { outcome: 'done', answer, repeated: false };
  }

  private derived(purpose: string, text: string): Uint8Array {
    return createHmac('sha256', this.secretKey).update(`keywright idempotency ${purpose} ${text}`).digest();
  }
}
