import type { FastifyRequest } from 'fastify';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { Client } from '../../domain/clients/client.js';
import { clientCredentials } from './client-credentials.js';
import { formOf } from './form.js';
import type { Parameters } from './parameters.js';

/** The client that posted this form, by its credentials (RFC 6749 §2.3), and the form. */
export async function authenticateCaller(authenticateClient: AuthenticateClient, request: FastifyRequest): Promise<{ client: Client; form: Parameters }> {
  const form = formOf(request);
  return { client: await authenticateClient.execute({ ...clientCredentials(request, form), from: request.ip }), form };
}
