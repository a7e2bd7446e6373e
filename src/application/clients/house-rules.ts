import { adminScope } from '../../domain/api-scope.js';
import type { ClientSettings } from '../../domain/clients/client.js';
import type { Problem } from '../../domain/errors.js';
import { type Actor, actsForAll } from './actor.js';

/** What only the house decides about a client. */
export function houseProblems(actor: Actor, settings: ClientSettings, before: ClientSettings | null): Problem[] {
  return actsForAll(actor) ? [] : [...adminProblems(settings, before), ...consentProblems(settings, before)];
}

/** Otherwise anybody's app could ask an administrator for all of this server. */
function adminProblems({ scopes }: ClientSettings, before: ClientSettings | null): Problem[] {
  if (!scopes.includes(adminScope) || before?.scopes.includes(adminScope)) return [];
  return [{ field: 'scopes', message: `only an administrator gives an app "${adminScope}"` }];
}

/**
 * That people are not asked for their consent, and what a client that does not ask may reach. Otherwise the owner of such a client could add
 * an address of their own and collect codes from everybody who visits it.
 */
function consentProblems(settings: ClientSettings, before: ClientSettings | null): Problem[] {
  if (settings.consent === 'ask') return [];
  if (before?.consent !== 'skip') return [{ field: 'consent', message: 'only an administrator lets an app skip the question' }];
  return (['redirectUris', 'scopes', 'grantTypes'] as const)
    .filter((field) => settings[field].some((entry) => !(before[field] as readonly string[]).includes(entry)))
    .map((field) => ({ field, message: 'only an administrator adds to an app that skips the question' }));
}
