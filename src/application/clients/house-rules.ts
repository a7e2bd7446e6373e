import type { ClientSettings } from '../../domain/clients/client.js';
import type { Problem } from '../../domain/errors.js';
import { type Actor, actsForAll } from './actor.js';

/**
 * What only the house decides: that people are not asked for their consent, and what a client that does not ask may reach. Otherwise the
 * owner of such a client could add an address of their own and collect codes from everybody who visits it.
 */
export function houseProblems(actor: Actor, settings: ClientSettings, before: ClientSettings | null): Problem[] {
  if (actsForAll(actor) || settings.consent === 'ask') return [];
  if (before?.consent !== 'skip') return [{ field: 'consent', message: 'only an administrator lets an app skip the question' }];
  return (['redirectUris', 'scopes', 'grantTypes'] as const)
    .filter((field) => settings[field].some((entry) => !(before[field] as readonly string[]).includes(entry)))
    .map((field) => ({ field, message: 'only an administrator adds to an app that skips the question' }));
}
