import type { Client } from '../../domain/clients/client.js';
import { mostSecrets } from '../../domain/clients/client-secret.js';
import { InvalidInput, NotFound, type Problem } from '../../domain/errors.js';
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

const longestLabel = 100;

const full: Problem = { field: 'secrets', message: `are ${mostSecrets} already: remove one first` };

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
    const problems = secretProblems(client, label, expiresAt, now);
    if (problems.length > 0) throw new InvalidInput(problems);

    const minted = mintClientSecret(actor, clientId, label, expiresAt, now);
    switch (await this.clients.addSecret(minted.secret)) {
      case 'added':
        return minted;
      case 'full':
        throw new InvalidInput([full]);
      case 'unknown':
        throw new NotFound('client');
    }
  }
}

function secretProblems(client: Client, label: string, expiresAt: Date | null, now: Date): Problem[] {
  const problems: Problem[] = [];
  // RFC 6749 §2.1: public clients are those "incapable of maintaining the confidentiality of their credentials".
  if (client.type === 'public') problems.push({ field: 'type', message: 'a public client has no secrets' });
  if (client.secrets.length >= mostSecrets) problems.push(full);
  if (label === '') problems.push({ field: 'label', message: 'say what the secret is for' });
  if (label.length > longestLabel) problems.push({ field: 'label', message: `is longer than ${longestLabel} characters` });
  if (/\p{Cc}/u.test(label)) problems.push({ field: 'label', message: 'has a control character' });
  if (expiresAt !== null && !(expiresAt > now)) problems.push({ field: 'expiresAt', message: 'must be in the future' });
  return problems;
}
