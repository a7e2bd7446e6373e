import type { Client } from '../../domain/clients/client.js';
import { InvalidInput, NotFound, type Problem } from '../../domain/errors.js';
import { secretProblems, tooManySecrets } from '../../domain/secret-rules.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { type MintedSecret, mintClientSecret } from './mint-client-secret.js';

export interface NewSecret {
  readonly actor: Actor;
  readonly clientId: string;
  /** What it is for, so that it can be told from the others; left out, it is numbered. */
  readonly label?: string | undefined;
  /** Left out or `null`: it lives until it is removed. */
  readonly expiresAt?: Date | null | undefined;
}

/** Adds a secret beside the others, which go on working. Throws `InvalidInput` with every problem at its field. */
export class AddSecret {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId, label: typed, expiresAt = null }: NewSecret): Promise<MintedSecret> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const now = this.clock.now();
    const label = typed?.trim() ?? `secret ${client.secrets.length + 1}`;
    const problems = problemsOf(client, label, expiresAt, now);
    if (problems.length > 0) throw new InvalidInput(problems);

    const minted = mintClientSecret(actor, clientId, label, expiresAt, now);
    switch (await this.clients.addSecret(minted.secret)) {
      case 'added':
        return minted;
      case 'full':
        throw new InvalidInput([tooManySecrets]);
      case 'unknown':
        throw new NotFound('client');
    }
  }
}

function problemsOf(client: Client, label: string, expiresAt: Date | null, now: Date): Problem[] {
  const problems = secretProblems({ label, expiresAt }, client.secrets.length, now);
  // RFC 6749 §2.1: public clients are those "incapable of maintaining the confidentiality of their credentials".
  return client.type === 'public' ? [{ field: 'type', message: 'a public client has no secrets' }, ...problems] : problems;
}
