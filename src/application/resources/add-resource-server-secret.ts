import { InvalidInput, NotFound } from '../../domain/errors.js';
import { secretProblems } from '../../domain/secret-rules.js';
import type { Actor } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ResourceServerRepository } from '../ports/resource-server-repository.js';
import { type MintedResourceServerSecret, mintResourceServerSecret } from './mint-resource-server-secret.js';

export interface NewResourceServerSecret {
  readonly actor: Actor;
  readonly id: string;
  /** What it is for, so that it can be told from the others; left out, it is numbered. */
  readonly label?: string | undefined;
  /** Left out or `null`: it lives until it is removed. */
  readonly expiresAt?: Date | null | undefined;
}

/** Adds a secret beside the others, which go on working. Throws `NotFound`, or `InvalidInput` with every problem at its field. */
export class AddResourceServerSecret {
  constructor(
    private readonly servers: ResourceServerRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, id, label: typed, expiresAt = null }: NewResourceServerSecret): Promise<MintedResourceServerSecret> {
    const server = await this.servers.find(id);
    if (!server) throw new NotFound('resource server');
    const now = this.clock.now();
    const label = typed?.trim() ?? `secret ${server.secrets.length + 1}`;
    const problems = secretProblems({ label, expiresAt }, server.secrets.length, now);
    if (problems.length > 0) throw new InvalidInput(problems);

    const minted = mintResourceServerSecret(actor, id, label, expiresAt, now);
    if (!(await this.servers.addSecret(minted.secret))) throw new NotFound('resource server');
    return minted;
  }
}
