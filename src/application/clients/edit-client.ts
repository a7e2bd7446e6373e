import type { Client } from '../../domain/clients/client.js';
import { clientProblems } from '../../domain/clients/client-rules.js';
import { InvalidInput, NotFound, Outdated } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { KnownScopes } from '../resources/known-scopes.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { type ChosenSettings, tidied } from './default-settings.js';
import { houseProblems } from './house-rules.js';

export interface ClientEdit {
  readonly actor: Actor;
  readonly clientId: string;
  /** What changes; the rest stays. A list replaces the whole list. */
  readonly changes: ChosenSettings;
  /** The version that the changes were made up from. Left out: whatever the client is now. */
  readonly version?: number | undefined;
}

/** How often an edit is tried that others come in the way of. */
const tries = 10;

/**
 * Changes the settings of a client, all of them checked again, against what they are at the moment of the change. Throws `InvalidInput` with every
 * problem at its field, and `Outdated` when it is no longer at the version named; then nothing changed.
 */
export class EditClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly scopes: KnownScopes,
  ) {}

  async execute(edit: ClientEdit): Promise<Client> {
    for (let left = tries; left > 0; left -= 1) {
      const edited = await this.attempt(edit);
      if (edited !== null) return edited;
    }
    throw new Outdated('app');
  }

  /** `null`: somebody else's edit came between. */
  private async attempt({ actor, clientId, changes, version: expected }: ClientEdit): Promise<Client | null> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    if (expected !== undefined && client.version !== expected) throw new Outdated('app');
    const settings = tidied({ ...client, ...named(changes) });
    const problems = [...clientProblems(settings, await this.scopes.all()), ...houseProblems(actor, settings, client)];
    if (problems.length > 0) throw new InvalidInput(problems);

    const { id, ownerId, createdAt, disabledAt, disabledBy, version, secrets } = client;
    const edited: Client = { ...settings, id, ownerId, createdAt, disabledAt, disabledBy, version, secrets };
    switch (await this.clients.update(edited)) {
      case 'updated':
        return { ...edited, version: version + 1 };
      case 'outdated':
        return null;
      case 'unknown':
        throw new NotFound('client');
    }
  }
}

function named(changes: ChosenSettings): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
