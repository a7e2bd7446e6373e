import type { ClientMetadataSource } from '../../src/application/clients/named-clients.js';
import type { Client } from '../../src/domain/clients/client.js';
import { settingsFromMetadata } from '../../src/domain/clients/client-metadata.js';
import { identifierOf, registrationFrom } from '../../src/domain/clients/self-registration.js';

export const claudeCode = 'https://claude.ai/oauth/claude-code-client-metadata';

const awkward = "https://app.example/a%3Fb/c:d;e,f@g/~!$'()*/%20/?x=1&y=%25&next=/admin/users&z=[1]+2%2525";

/** Identifiers of clients that describe themselves: as one is, with everything in it that an address may hold, and the longest that there is. */
export const describedIds = [claudeCode, awkward, `${awkward}&`.padEnd(500, '/?%25')];

const metadataOf = (uri: string) => ({
  client_id: uri,
  client_name: 'Claude Code',
  redirect_uris: ['https://app.example/callback', 'http://localhost/callback'],
});

/** Documents at every address. */
export const everythingDescribed: ClientMetadataSource = {
  admitted: 'any',
  documents: { read: async (uri) => ({ outcome: 'read', metadata: metadataOf(uri) }) },
};

/** The identifier of one that registered itself. */
export const selfRegistered = identifierOf(registrationFrom(metadataOf('')));

/** Identifiers of clients that introduce themselves, one way or the other. */
export const introducedIds = [...describedIds, selfRegistered];

/** How one introduced itself, in a sentence about it and below its name. */
export function introductionWords(id: string): { readonly sentence: string; readonly hint: string } {
  if (id === selfRegistered) return { sentence: 'registered itself', hint: 'registered itself; nobody here has checked it' };
  const { host } = new URL(id);
  return { sentence: `describes itself at ${host}`, hint: `an app of ${host}` };
}

/** As it is stored when somebody allowed it. */
export function introducedClient(id: string): Client {
  return id === selfRegistered ? { ...describedClient(claudeCode), id } : describedClient(id);
}

/** As it is stored when somebody allowed it. */
export function describedClient(id: string, scopes: readonly string[] = ['default', 'profile']): Client {
  const done = { disabledAt: null, disabledBy: null, ownTokensRevokedAt: null };
  return { ...settingsFromMetadata(id, metadataOf(id), scopes), ...done, id, ownerId: null, createdAt: new Date('2030-01-01'), version: 1, secrets: [] };
}
