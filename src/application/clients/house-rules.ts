import { adminScope } from '../../domain/api-scope.js';
import type { ClientSettings } from '../../domain/clients/client.js';
import type { Problem } from '../../domain/errors.js';
import { type Actor, actsForAll } from './actor.js';

/** What only the house decides about a client. */
export function houseProblems(actor: Actor, settings: ClientSettings, before: ClientSettings | null): Problem[] {
  return actsForAll(actor) ? [] : [...adminProblems(settings, before), ...consentProblems(settings, before), ...trustProblems(settings, before)];
}

/** Otherwise anybody's app could ask an administrator for all of this server. */
function adminProblems({ scopes }: ClientSettings, before: ClientSettings | null): Problem[] {
  if (!scopes.includes(adminScope)) return [];
  if (!before?.scopes.includes(adminScope)) return [{ field: 'scopes', message: `only an administrator gives an app "${adminScope}"` }];
  return [];
}

/** That people are not asked for their consent. */
function consentProblems({ consent }: ClientSettings, before: ClientSettings | null): Problem[] {
  if (consent === 'ask' || before?.consent === 'skip') return [];
  return [{ field: 'consent', message: 'only an administrator lets an app skip the question' }];
}

/**
 * How far an app reaches that the house trusts: one that skips the question, or may be given all of this server. Otherwise its owner, or an app that may
 * edit their apps, could add an address of their own, or let go of the secret, and collect what an administrator allowed once.
 */
function trustProblems(settings: ClientSettings, before: ClientSettings | null): Problem[] {
  if (before === null || !(isTrusted(before) && isTrusted(settings))) return [];
  const added = (['redirectUris', 'scopes', 'grantTypes'] as const).filter((field) =>
    settings[field].some((entry) => !(before[field] as readonly string[]).includes(entry)),
  );
  const loosened = (['type', 'pkce'] as const).filter((field) => settings[field] !== before[field]);
  return [...added, ...loosened].map((field) => ({ field, message: 'only an administrator changes this for an app that the house trusts' }));
}

function isTrusted({ consent, scopes }: ClientSettings): boolean {
  return consent === 'skip' || scopes.includes(adminScope);
}
