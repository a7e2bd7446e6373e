import type { ResourceServer } from '../../../domain/resources/resource-server.js';
import { secretToJson } from '../client-json.js';

/** A resource server as JSON. `secret` is there only when one was just made. */
export function resourceServerToJson(server: ResourceServer, secret: string | null = null): Record<string, unknown> {
  return {
    id: server.id,
    ...(secret === null ? {} : { secret }),
    identifier: server.identifier,
    name: server.name,
    scopes: server.scopes,
    token_format: server.tokenFormat,
    signing_algorithm: server.signingAlgorithm,
    created_at: server.createdAt,
    secrets: server.secrets.map(secretToJson),
  };
}
