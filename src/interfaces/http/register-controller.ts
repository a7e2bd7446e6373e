import type { FastifyInstance } from 'fastify';
import type { SelfRegister } from '../../application/clients/self-register.js';
import { InvalidClientMetadata } from '../../domain/errors.js';

/** Bytes; what can be registered is far smaller. */
const bodyLimit = 16 * 1024;

/** `POST /oauth/register` (RFC 7591 §3): a client says what it is, and gets its identifier, without a secret. */
export async function registerController(server: FastifyInstance, selfRegister: SelfRegister): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, async (_request: unknown, text: string) => objectIn(text));
    // Read, and answered below in the words of RFC 7591.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, async () => undefined);

    scope.post<{ Body: Readonly<Record<string, unknown>> | undefined }>('/oauth/register', async ({ body }, reply) => {
      if (!body) throw new InvalidClientMetadata('the body must be application/json');
      const { clientId, name, redirectUris, grantTypes, scopes } = await selfRegister.execute(body);
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({
          client_id: clientId,
          client_name: name,
          redirect_uris: redirectUris,
          grant_types: grantTypes,
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
          ...(scopes.length > 0 && { scope: scopes.join(' ') }),
        });
    });
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidClientMetadata('the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidClientMetadata('the body must be a JSON object');
  return { ...value };
}
