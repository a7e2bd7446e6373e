import type { Client } from '../../domain/clients/client.js';
import { clientProblems } from '../../domain/clients/client-rules.js';
import { InvalidInput, NotFound } from '../../domain/errors.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { type ChosenSettings, tidied } from './default-settings.js';
import { houseProblems } from './house-rules.js';

export interface ClientEdit {
  readonly actor: Actor;
  readonly clientId: string;
  /** What changes; the rest stays. A list replaces the whole list. */
  readonly changes: ChosenSettings;
}

/** Changes the settings of a client, all of them checked again. Throws `InvalidInput` with every problem at its field; then nothing changed. */
export class EditClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly catalogue: ScopeCatalogue,
  ) {}

  async execute({ actor, clientId, changes }: ClientEdit): Promise<Client> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const settings = tidied({ ...client, ...named(changes) });
    const problems = [...clientProblems(settings, this.catalogue), ...houseProblems(actor, settings, client)];
    if (problems.length > 0) throw new InvalidInput(problems);

    const { id, ownerId, createdAt, disabledAt, disabledBy, secrets } = client;
    const edited: Client = { ...settings, id, ownerId, createdAt, disabledAt, disabledBy, secrets };
    if (!(await this.clients.update(edited))) throw new NotFound('client');
    return edited;
  }
}

function named(changes: ChosenSettings): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
