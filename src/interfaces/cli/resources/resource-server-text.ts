import type { ResourceServer } from '../../../domain/resources/resource-server.js';
import { shownOnce } from '../client-text.js';
import { fields, moment } from '../terminal.js';

/** A resource server for people to read, with the secret when one was just made. */
export function resourceServerToText(server: ResourceServer, secret: string | null = null): string {
  const text = fields([
    ['id', server.id],
    ['secret', secret],
    ['identifier', server.identifier],
    ['name', server.name],
    ['scopes', server.scopes.map(({ name, sentence }) => `${name}  ${sentence}`)],
    ['token format', server.tokenFormat === 'jwt' ? `jwt, signed with ${server.signingAlgorithm}` : 'opaque'],
    ['secrets', server.secrets.map(({ id, label, lastFour }) => `${id}  ${label} (…${lastFour})`)],
    ['created', moment(server.createdAt)],
  ]);
  return secret === null ? text : `${text}\n${shownOnce}\n`;
}
