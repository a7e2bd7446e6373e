import { owns } from '../../../application/clients/actor.js';
import type { Client } from '../../../domain/clients/client.js';
import type { User } from '../../../domain/people/user.js';
import type { Section } from '../sections.js';

/** The list in which this person finds the client. */
export function clientsList(person: User, client: Pick<Client, 'ownerId'>): { readonly section: Section; readonly href: string; readonly text: string } {
  if (owns(person, client)) return { section: 'clients', href: '/clients', text: 'Your apps' };
  return { section: 'all-clients', href: '/admin/clients', text: 'All apps' };
}
