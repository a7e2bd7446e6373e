import type { ResourceServer, SigningAlgorithm, TokenFormat } from '../../../domain/resources/resource-server.js';
import { shownOnce } from '../client-text.js';
import { fields, moment } from '../terminal.js';

const formats: Record<TokenFormat, (algorithm: SigningAlgorithm) => string> = {
  opaque: () => 'opaque',
  jwt: (algorithm) => `jwt, signed with ${algorithm}`,
  by_client: (algorithm) => `what the client asks for; a jwt is signed with ${algorithm}`,
};

/** A resource server for people to read, with the secret when one was just made. */
export function resourceServerToText(server: ResourceServer, secret: string | null = null): string {
  const text = fields([
    ['id', server.id],
    ['secret', secret],
    ['identifier', server.identifier],
    ['name', server.name],
    ['scopes', server.scopes.map(({ name, sentence }) => `${name}  ${sentence}`)],
    ['token format', formats[server.tokenFormat](server.signingAlgorithm)],
    ['secrets', server.secrets.map(({ id, label, lastFour }) => `${id}  ${label} (…${lastFour})`)],
    ['created', moment(server.createdAt)],
  ]);
  return secret === null ? text : `${text}\n${shownOnce}\n`;
}
