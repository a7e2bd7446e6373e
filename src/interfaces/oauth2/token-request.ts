import OAuth2Server from 'oauth2-server';
import type { ClientCredentials } from '../../application/tokens/authenticate-client.js';
import type { Client } from '../../domain/clients/client.js';
import type { Parameters } from '../http/parameters.js';

/** A token request as the engine carries it to our grants. */
export interface TokenRequest {
  readonly method: string;
  readonly credentials: ClientCredentials;
  /** The network address of the caller. */
  readonly from: string;
  readonly parameters: Parameters;
}

/** The engine's request with what our grants read. */
export type EngineRequest = OAuth2Server.Request & { readonly parameters: Parameters };

/** The engine's client with ours inside. */
export type EngineClient = OAuth2Server.Client & { readonly client: Client };

/** What the engine asks the headers: whether there is a form. It was read before. */
const headersOfAForm = { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' };

/**
 * The request as the engine wants it: credentials in the body, where it does not mangle them (it neither form-decodes Basic nor notices that
 * header and body disagree; both were settled before).
 */
export function engineRequest({ method, credentials, parameters }: TokenRequest): EngineRequest {
  const body = { grant_type: parameters.one('grant_type') ?? undefined, client_id: credentials.clientId, client_secret: credentials.secret ?? undefined };
  return new OAuth2Server.Request({ method, headers: headersOfAForm, query: {}, body, parameters }) as EngineRequest;
}
