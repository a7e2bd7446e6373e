import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestServer } from '../support/test-server.js';

let world: TestServer;
let good: { readonly basic: string; readonly bearer: string; readonly token: string };
beforeAll(async () => {
  world = await listeningServer();
  const app = await world.createClient({ grantTypes: ['client_credentials'], scopes: ['default', 'admin', 'clients:read'] });
  const authorization = basic(app.id, app.secret).authorization as string;
  const form = { grant_type: 'client_credentials', scope: 'default admin clients:read' };
  const { access_token } = (await new OAuthCaller(world).token(form, { authorization })).body;
  good = { basic: authorization, bearer: `Bearer ${access_token}`, token: access_token };
});
afterAll(() => world.close());

/** Over the wire: `fetch` and a request without a socket join two headers of a name into one. */
async function ask(request: string, authorization: readonly string[], form = '') {
  const fields = authorization.map((value, index) => `${index % 2 === 0 ? 'Authorization' : 'AUTHORIZATION'}: ${value}\r\n`).join('');
  const body = form === '' ? '' : `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n`;
  const socket = connect(Number(new URL(world.issuer).port), '127.0.0.1');
  socket.write(`${request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${fields}${body}\r\n${form}`);
  const answer = await text(socket);
  const challenge = /^www-authenticate: (.*?)\r$/im.exec(answer)?.[1] ?? null;
  return { status: Number(answer.slice(9, 12)), challenge, body: answer.slice(answer.indexOf('\r\n\r\n')) };
}

const endpoints: [request: string, scheme: 'basic' | 'bearer', form: () => string][] = [
  ['POST /oauth/token', 'basic', () => 'grant_type=client_credentials'],
  ['POST /oauth/introspect', 'basic', () => `token=${good.token}`],
  ['POST /oauth/revoke', 'basic', () => 'token=unknown'],
  ['GET /oauth/revocations', 'basic', () => ''],
  ['GET /oauth/me', 'bearer', () => ''],
  ['POST /oauth/me', 'bearer', () => 'a=b'],
  ['GET /api/v1/clients', 'bearer', () => ''],
];

describe.each(endpoints)('%s', (request, scheme, form) => {
  it('takes one Authorization header, and refuses two, whatever they say (RFC 9110 §5.3)', async () => {
    const right = good[scheme];
    expect(await ask(request, [right], form())).toMatchObject({ status: 200 });
    for (const two of [
      [right, right],
      [right, 'Bearer another'],
      ['Basic another', right],
    ]) {
      const { status, challenge, body } = await ask(request, two, form());
      expect({ status, body }).toEqual({ status: 400, body: expect.stringMatching(/invalid.request.*the Authorization header was sent more than once/) });
      // A client is told by the error alone that it sent "multiple credentials" (RFC 6749 §5.2).
      expect(challenge).toEqual(scheme === 'basic' ? null : expect.stringMatching(/^Bearer realm="[^"]+", error="invalid_request"$/));
    }
  });
});
