import type { FastifyRequest } from 'fastify';
import type { ClientCredentials } from '../../application/tokens/authenticate-client.js';
import { InvalidClient, InvalidRequest } from '../../domain/errors.js';
import { authorizationHeader } from './authorization-header.js';
import type { Parameters } from './parameters.js';

/** VSCHAR = %x20-7E (RFC 6749 appendix A). */
const visible = /^[\x20-\x7e]+$/;

const encoded = /[%+]/;

/**
 * The credentials of the calling client, from the Basic header or from the body (RFC 6749 §2.3.1). Throws `InvalidClient` when there are none or
 * they cannot be read, `InvalidRequest` when there are several or the two contradict each other: "The client MUST NOT use more than one authentication method" (§2.3),
 * but clients that send the same twice exist and do no harm.
 */
export function clientCredentials(request: FastifyRequest, parameters: Parameters): ClientCredentials {
  const inHeader = fromBasic(authorizationHeader(request));
  const clientId = parameters.one('client_id');
  const secret = parameters.one('client_secret');

  if (inHeader) {
    const agree = (clientId === null || clientId === inHeader.clientId) && (secret === null || secret === inHeader.secret);
    if (!agree) throw new InvalidRequest('the Authorization header and the body name different client credentials');
    return inHeader;
  }
  if (clientId === null) throw new InvalidClient('client authentication is missing: send client_id, in the body or as HTTP Basic');
  if (!visible.test(clientId) || (secret !== null && !visible.test(secret))) throw new InvalidClient('client authentication failed', 'not visible ASCII');
  return { clientId, secret };
}

function fromBasic(authorization: string | undefined): ClientCredentials | null {
  const match = /^Basic(?: +(.*))?$/i.exec(authorization ?? '');
  if (!match) return null;
  const pair = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) throw new InvalidClient('client authentication failed', 'the Basic header holds no id and secret');
  const clientId = formDecoded(pair.slice(0, colon));
  const secret = formDecoded(pair.slice(colon + 1));
  if (!visible.test(clientId) || (secret !== '' && !visible.test(secret))) throw new InvalidClient('client authentication failed', 'not visible ASCII');
  // A public client that is told to use Basic sends an empty password.
  return { clientId, secret: secret === '' ? null : secret };
}

/** "encoded using the application/x-www-form-urlencoded encoding algorithm" (RFC 6749 §2.3.1). What we mint reads the same either way. */
function formDecoded(text: string): string {
  if (!encoded.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
