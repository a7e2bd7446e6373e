import type { z } from 'zod';
import type { ResourceServer, ResourceServerSettings } from '../../../domain/resources/resource-server.js';
import { secretsOnTheWire } from '../secrets/secret-wire.js';
import { momentText } from '../wire.js';
import type { resourceServerEditSchema, resourceServerSchema } from './resource-server-schema.js';

/** Where each setting stands on the wire, as a JSON pointer. */
export const resourceServerPointers = {
  identifier: '/identifier',
  name: '/name',
  scopes: '/scopes',
  tokenFormat: '/token_format',
  signingAlgorithm: '/signing_algorithm',
} as const satisfies Record<keyof ResourceServerSettings | 'identifier', string>;

export function resourceServerOnTheWire(server: ResourceServer, now: Date): z.output<typeof resourceServerSchema> {
  return {
    resource_server_id: server.id,
    identifier: server.identifier,
    name: server.name,
    scopes: server.scopes.map(({ name, sentence }) => ({ name, sentence })),
    token_format: server.tokenFormat,
    signing_algorithm: server.signingAlgorithm,
    version: server.version,
    created_at: momentText(server.createdAt),
    secrets: secretsOnTheWire(server.secrets, now),
  };
}

export function resourceServerSettingsFrom({ name, scopes, token_format, signing_algorithm }: z.output<typeof resourceServerEditSchema>) {
  return { name, scopes, tokenFormat: token_format, signingAlgorithm: signing_algorithm };
}
