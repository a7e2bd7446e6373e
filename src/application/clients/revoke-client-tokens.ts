import { keptTogether } from '../../domain/clocks.js';
import { NotFound } from '../../domain/errors.js';
import { earlier, later } from '../../domain/moments.js';
import { momentOfOwnTokens } from '../../domain/tokens/own-token.js';
import type { EndAccess } from '../connections/end-access.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import { type Actor, owns } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

export interface RevokedClientTokens {
  /** How many grants ended, with every code and token that descends from them. */
  readonly grants: number;
  /** How many consents were forgotten; none on the word of its owner. */
  readonly consents: number;
  /** What the client was issued for itself until then has ended. How many that were, nobody counts. */
  readonly ownTokensRevokedAt: Date;
}

/**
 * Ends everything that a client was given until now: every grant that people gave it, and all that it obtained for itself. The client and its secrets stay as they
 * are, so that it can obtain new ones at once. Its owner acts as the client's own side, also one who is an administrator; on anybody else's word people are asked
 * again. Throws `NotFound`. When it throws `StorageUnavailable`, a part may have ended; called again, it ends the rest.
 */
export class RevokeClientTokens {
  constructor(
    private readonly clients: ClientRepository,
    private readonly grants: GrantRepository,
    private readonly endAccess: EndAccess,
    private readonly clock: Clock,
    /** By the clock of a store that several servers share. */
    private readonly storeTime: (() => Promise<Date>) | null,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Actor; readonly clientId: string }): Promise<RevokedClientTokens> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const now = await this.now();
    // First what is one write, whatever there is of it: whoever has the secret holds this. Grants may be so many that they are ended in steps.
    const ownTokensRevokedAt = await this.clients.revokeOwnTokens(clientId, momentOfOwnTokens(client, now));
    if (ownTokensRevokedAt === null) throw new NotFound('client');
    const of = { clientId };
    const ended = owns(actor, client)
      ? { grants: await this.grants.revokeAll(of, 'revoked_by_client', now), consents: 0 }
      : await this.endAccess.execute({ actor, of, reason: 'revoked_by_operator' });
    return { ...ended, ownTokensRevokedAt };
  }

  /** No later than clocks may differ: what the client obtains next is dated after this moment, and a clock that is far ahead would have it live for so much longer. */
  private async now(): Promise<Date> {
    // A store that cannot tell keeps nobody from ending what leaked.
    const told = await this.storeTime?.().catch(() => null);
    const now = this.clock.now();
    return told ? earlier(now, later(told, keptTogether / 1000)) : now;
  }
}
