import type { Reach } from '../../../../domain/authorization/connection.js';
import { actsForPeople, type Client } from '../../../../domain/clients/client.js';
import { counted } from '../../../counted.js';

/** Whose access an end of everything ends, before it is done; `null` for an app that nobody can be connected with. */
export function reachText({ people, grants, more }: Reach, client: Pick<Client, 'grantTypes'>): string | null {
  if (more) return `It ends the access of very many people at once: more than ${grants.toLocaleString('en')} grants, with every token that came of them.`;
  if (people === 0) return actsForPeople(client) ? 'Nobody is connected with it.' : null;
  return `It ends the access of ${counted(people, 'person', 'people')} at once: ${counted(grants, 'grant')}, with every token that came of ${grants === 1 ? 'it' : 'them'}.`;
}
