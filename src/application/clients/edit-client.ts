import { type Client, partsOf } from '../../domain/clients/client.js';
import { clientProblems } from '../../domain/clients/client-rules.js';
import { InvalidInput, NotFound, Outdated } from '../../domain/errors.js';
import { againstTheNewest } from '../operations/against-the-newest.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { KnownScopes } from '../resources/known-scopes.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { type ChosenSettings, tidied } from './default-settings.js';
import { houseProblems } from './house-rules.js';
import { mustBeRegisteredHere } from './registered-here.js';

export interface ClientEdit {
  readonly actor: Actor;
  readonly clientId: string;
  /** What changes; the rest stays. A list replaces the whole list. */
  readonly changes: ChosenSettings;
  /** The version that the changes were made up from. Left out: whatever the client is now. */
  readonly version?: number | undefined;
}

/**
 * Changes the settings of a client, all of them checked again, against what they are at the moment of the change. Throws `InvalidInput` with every
 * problem at its field, `IntroducesItself`, and `Outdated` when it is no longer at the version named; then nothing changed.
 */
export class EditClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly scopes: KnownScopes,
  ) {}

  execute(edit: ClientEdit): Promise<Client> {
    return againstTheNewest('app', () => this.attempt(edit));
  }

  /** `null`: somebody else's edit came between. */
  private async attempt({ actor, clientId, changes, version: expected }: ClientEdit): Promise<Client | null> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    mustBeRegisteredHere(client, 'edited');
    if (expected !== undefined && client.version !== expected) throw new Outdated('app');
    const settings = tidied({ ...client, ...named(changes) });
    // What it may ask for already stays, though its API was removed meanwhile: whoever changes something else need not know.
    const known = [...(await this.scopes.all()), ...client.scopes.map((name) => ({ name }))];
    const problems = [...clientProblems(settings, known), ...houseProblems(actor, settings, client)];
    if (problems.length > 0) throw new InvalidInput(problems);

    const edited: Client = { ...settings, ...partsOf(client).kept };
    switch (await this.clients.update(edited)) {
      case 'updated':
        return { ...edited, version: edited.version + 1 };
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
