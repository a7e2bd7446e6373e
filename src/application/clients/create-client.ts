import { type Client, newClientId } from '../../domain/clients/client.js';
import { clientProblems } from '../../domain/clients/client-rules.js';
import { InvalidInput } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { UserRepository } from '../ports/user-repository.js';
import type { KnownScopes } from '../resources/known-scopes.js';
import { mintFirstSecret } from '../secrets/mint-secret.js';
import type { Actor } from './actor.js';
import { chosenOwner, type OwnerChoice } from './client-owner.js';
import { type ChosenSettings, withDefaults } from './default-settings.js';
import { unlessOwnerDisabled } from './disabled-owner.js';
import { houseProblems } from './house-rules.js';

export interface NewClient {
  readonly actor: Actor;
  readonly settings: ChosenSettings;
  /** Left out: the person who asks; for the command line, nobody. */
  readonly owner?: OwnerChoice | undefined;
}

export interface CreatedClient {
  readonly client: Client;
  /** The first secret in full, this once; `null` for a public client. */
  readonly secret: string | null;
}

/** Registers a client. Throws `InvalidInput` with every problem at its field. */
export class CreateClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly users: UserRepository,
    private readonly scopes: KnownScopes,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, settings: chosen, owner }: NewClient): Promise<CreatedClient> {
    const settings = withDefaults(chosen, this.scopes.own);
    const problems = [...clientProblems(settings, await this.scopes.all()), ...houseProblems(actor, settings, null)];
    if (problems.length > 0) throw new InvalidInput(problems);

    const now = this.clock.now();
    const ownerId = await chosenOwner(this.users, actor, owner);
    const id = newClientId();
    const first = settings.type === 'public' ? null : mintFirstSecret('cs', { clientId: id }, actor, now);
    const secrets = first ? [first.secret] : [];
    const fresh = { createdAt: now, disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1 };
    const client: Client = { ...settings, id, ownerId, ...fresh, secrets };
    if ((await this.clients.add(client)) === 'taken') throw new Error(`a client has the id ${id} already`);
    return { client: await unlessOwnerDisabled(this.users, this.clients, client), secret: first?.plain ?? null };
  }
}
