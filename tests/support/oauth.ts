import { Browser } from './browser.js';
import { pkce } from './pkce.js';
import type { TestClient, TestServer } from './test-server.js';
import { overInject, type Transport } from './transport.js';

export interface TokenBody {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
}

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export type ErrorBody = { readonly error: string; readonly error_description: string };

/** HTTP Basic, each half form-encoded (RFC 6749 §2.3.1) unless it is to be sent raw. */
export function basic(id: string, secret: string, encode: (text: string) => string = encodeURIComponent): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}` };
}

/** Talks to the endpoints for clients as a client would, and as its person where one is needed. */
export class OAuthCaller {
  readonly callback = 'https://app.example/callback';

  constructor(
    readonly world: TestServer,
    readonly send: Transport = overInject(world.server),
  ) {}

  /** A form to one of the endpoints for clients; the answer, which must be JSON. */
  async post<Body = TokenBody & ErrorBody>(
    path: string,
    fields: Record<string, string> | [string, string][] | string,
    headers: Record<string, string> = {},
  ): Promise<Answered<Body>> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const response = await this.send(this.world.issuer + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }

  token(fields: Record<string, string> | [string, string][] | string, headers?: Record<string, string>) {
    return this.post('/oauth/token', fields, headers);
  }

  async me(accessToken: string): Promise<Answered<Record<string, string>>> {
    const response = await this.send(`${this.world.issuer}/oauth/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, string> };
  }

  authorizationUrl(client: Pick<TestClient, 'id'>, parameters: Record<string, string | null> = {}): string {
    const all = { client_id: client.id, response_type: 'code', redirect_uri: this.callback, scope: 'default email', ...parameters };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return `${this.world.issuer}/oauth/authorize?${new URLSearchParams(sent)}`;
  }

  browser(): Browser {
    return new Browser(this.send, this.world.issuer);
  }

  /** A code that a person just allowed, and the verifier that goes with it. */
  async code(
    client: Pick<TestClient, 'id'>,
    parameters: Record<string, string | null> = {},
    browser = this.browser(),
  ): Promise<{ code: string; verifier: string }> {
    const { verifier, challenge } = pkce();
    const back = await browser.allow(this.authorizationUrl(client, { code_challenge: challenge, code_challenge_method: 'S256', ...parameters }));
    const code = back.searchParams.get('code');
    if (code === null) throw new Error(`no code in ${back}`);
    return { code, verifier };
  }

  /** The form that exchanges a code. */
  codeForm({ code, verifier }: { code: string; verifier: string }): Record<string, string> {
    return { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: this.callback };
  }

  /** Tokens as a client with a secret in the body, or none, obtains them. */
  async tokens(client: Pick<TestClient, 'id' | 'secret'>, parameters: Record<string, string | null> = {}): Promise<TokenBody> {
    const form = this.codeForm(await this.code(client, parameters));
    const { status, body } = await this.token({ ...form, redirect_uri: parameters.redirect_uri ?? this.callback, ...credentialsOf(client) });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }
}

/** The credentials of a client in the body. */
export function credentialsOf({ id, secret }: Pick<TestClient, 'id' | 'secret'>): Record<string, string> {
  return { client_id: id, ...(secret !== '' && { client_secret: secret }) };
}
