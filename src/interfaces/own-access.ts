import { type Client, mayUse } from '../domain/clients/client.js';

/**
 * What ends of a client besides what people gave it, for people; `null` where there can be nothing. Nothing lists what a client obtained for itself, and it goes on
 * when the grant type is taken away: so a client that was edited since it was registered may still have some.
 */
export function ownAccess(client: Pick<Client, 'grantTypes' | 'version'>): string | null {
  if (mayUse(client, 'client_credentials')) return 'everything that it obtained for itself';
  return client.version > 1 ? 'anything that it may have obtained for itself' : null;
}
