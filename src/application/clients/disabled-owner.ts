import type { Client } from '../../domain/clients/client.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

/**
 * The client as it stands after it was made or enabled: disabled again when its owner was disabled at that moment. Whoever disables a person first marks
 * them and then looks for their clients; who makes a client work first writes it and then looks at its owner: one of the two sees the other.
 */
export async function unlessOwnerDisabled(users: UserRepository, clients: ClientRepository, client: Client): Promise<Client> {
  const owner = client.ownerId === null ? null : await users.find(client.ownerId);
  if (!owner?.disabledAt) return client;
  const disabled = { at: owner.disabledAt, by: 'with_owner' } as const;
  await clients.setDisabled(client.id, disabled, 'house');
  return { ...client, disabledAt: disabled.at, disabledBy: disabled.by };
}
