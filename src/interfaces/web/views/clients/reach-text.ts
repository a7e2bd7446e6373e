import type { Reach } from '../../../../domain/authorization/connection.js';
import { type Client, mayUse } from '../../../../domain/clients/client.js';
import { counted } from '../../../counted.js';

/** Whose access an end of everything ends, before it is done. */
export function reachText({ people, grants, more }: Reach, client: Pick<Client, 'grantTypes'>): string {
  const itself = mayUse(client, 'client_credentials');
  const its = itself ? ' What it obtained for itself ends too.' : '';
  if (more) return `It ends the access of very many people at once: more than ${grants.toLocaleString('en')} grants, with every token that came of them.${its}`;
  if (people === 0) return itself ? `Nobody is connected with it.${its}` : 'Nobody is connected with it, so nobody loses anything.';
  return `It ends the access of ${counted(people, 'person', 'people')} at once: ${counted(grants, 'grant')}, with every token that came of ${grants === 1 ? 'it' : 'them'}.${its}`;
}
