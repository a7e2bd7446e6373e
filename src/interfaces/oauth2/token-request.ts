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

/** The engine's client with ours inside. */
export type EngineClient = OAuth2Server.Client & { readonly client: Client };

/** The engine's request with what our grants read. */
export class EngineRequest extends OAuth2Server.Request {
  constructor(
    method: string,
    body: Record<string, string | undefined>,
    readonly parameters: Parameters,
  ) {
    super({ method, body, headers: {}, query: {} });
  }

  /** The engine asks whether there is a form; it was read before. */
  override is(): string {
    return 'application/x-www-form-urlencoded';
  }
}

/**
 * The request as the engine wants it: credentials in the body, where it does not mangle them (it neither form-decodes Basic nor notices that
 * header and body disagree; both were settled before).
 */
export function engineRequest({ method, credentials, parameters }: TokenRequest): EngineRequest {
  const body = { grant_type: parameters.one('grant_type') ?? undefined, client_id: credentials.clientId, client_secret: credentials.secret ?? undefined };
  return new EngineRequest(method, body, parameters);
}
