import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { admit } from '../../src/verify/guard/admit.js';
import { guards } from './guards.js';
import { audience, credentials, StandInIssuer } from './stand-in-issuer.js';

const metadata = `resource_metadata="${audience}/.well-known/oauth-protected-resource"`;

/** Over the wire: `fetch` joins two headers of a name into one. */
async function askTwice(address: string, first: string, second: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write(`GET /invoices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: ${first}\r\nauthorization: ${second}\r\n\r\n`);
  return text(socket);
}

describe.each(Object.entries(guards))('with %s', (_, makeService) => {
  async function aService(options = {}) {
    const issuer = await StandInIssuer.start();
    const address = await makeService(issuer.verifier({ credentials, feed: false, ...options }));
    const get = (path: string, authorization?: string) => fetch(address + path, { headers: authorization === undefined ? {} : { authorization } });
    return { issuer, get, address };
  }

  test.each(['Bearer', 'bearer', 'BEARER'])('lets in who brings a good token, as %s', async (scheme) => {
    const { issuer, get } = await aService();
    const response = await get('/invoices', `${scheme} ${issuer.opaque({ sub: 'ada' })}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ sub: 'ada' });
  });

  test('leaves alone what needs no token', async () => {
    const { get } = await aService();
    expect((await get('/open')).status).toBe(200);
  });

  test.each([undefined, '', 'Bearer', 'Basic abc', 'DPoP abc'])(
    'asks for a token, without an error code, where %j is presented (RFC 6750 §3.1)',
    async (authorization) => {
      const { issuer, get } = await aService();
      const response = await get('/invoices', authorization);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(`Bearer scope="invoices:read", ${metadata}`);
      expect(issuer.requests).toEqual([]);
    },
  );

  test('answers 400 invalid_request to two headers, whatever the second says (RFC 9110 §5.3, RFC 6750 §3.1)', async () => {
    const { issuer, address } = await aService();
    const good = `Bearer ${issuer.opaque()}`;
    for (const second of [good, `Bearer ${issuer.opaque()}`, 'Basic abc']) {
      const answer = await askTwice(address, good, second);
      const body = { error: 'invalid_request', error_description: 'the Authorization header was sent more than once' };
      const challenge = `Bearer error="invalid_request", error_description="${body.error_description}", ${metadata}`;
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.split('\r\n').map((line) => line.replace(/^www-authenticate/i, 'www-authenticate'))).toContain(`www-authenticate: ${challenge}`);
      expect(answer).toContain(JSON.stringify(body));
    }
    // Never admitted, in whichever order.
    expect(await askTwice(address, 'Basic abc', good)).toMatch(/^HTTP\/1\.1 40[01] /);
    expect(issuer.requests).toEqual([]);
  });

  test('does not look for a token in the address (RFC 9700 §4.3.2)', async () => {
    const { issuer, get } = await aService();
    expect((await get(`/invoices?access_token=${issuer.opaque()}`)).status).toBe(401);
    expect(issuer.requests).toEqual([]);
  });

  test.each([
    [{ reason: 'expired' }, 'the access token has expired'],
    [{ reason: 'revoked', cause: 'revoked_by_person' }, 'the access token has been revoked'],
    [{ reason: 'user_disabled' }, 'the access token is no longer good'],
    [{}, 'the access token is not one of the authorization server'],
  ])('answers 401 invalid_token and why (RFC 6750 §3.1): %j', async (answer, description) => {
    const { issuer, get } = await aService();
    const token = issuer.opaque();
    issuer.answers.set(token, { active: false, ...answer });
    const response = await get('/invoices', `Bearer ${token}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", error_description="${description}", ${metadata}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error: 'invalid_token', error_description: description });
  });

  test('answers 403 insufficient_scope with the scope that is needed (RFC 6750 §3.1)', async () => {
    const { issuer, get } = await aService();
    const response = await get('/invoices', `Bearer ${issuer.opaque({ scope: 'other' })}`);
    expect(response.status).toBe(403);
    const description = 'the access token lacks invoices:read';
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", error_description="${description}", scope="invoices:read", ${metadata}`,
    );
  });

  test('answers 503 with Retry-After, and no challenge, while Keywright is away', async () => {
    const { issuer, get } = await aService();
    const token = issuer.opaque();
    await issuer.stop();
    const response = await get('/invoices', `Bearer ${token}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('www-authenticate')).toBe(null);
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });

  test.each(['Bearer a b', 'Bearer "', `Bearer ${'a'.repeat(5000)}`, 'Bearer é'])(
    'answers hostile words with 401 and repeats none of them: %.20s',
    async (authorization) => {
      const { get } = await aService();
      const response = await get('/invoices', authorization);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer error="invalid_token", error_description="the access token is not one of the authorization server", ${metadata}`,
      );
    },
  );

  test('serves the metadata of the resource (RFC 9728 §3)', async () => {
    const { issuer, get } = await aService();
    const response = await get('/.well-known/oauth-protected-resource');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({
      resource: audience,
      authorization_servers: [issuer.url],
      bearer_methods_supported: ['header'],
      scopes_supported: ['invoices:read'],
    });
  });

  test('serves the metadata of a resource with a path between host and path (RFC 9728 §3.1)', async () => {
    const { get } = await aService({ audience: 'https://api.example/v1' });
    expect(await (await get('/.well-known/oauth-protected-resource/v1')).json()).toMatchObject({ resource: 'https://api.example/v1' });
    const challenge = (await get('/invoices')).headers.get('www-authenticate');
    expect(challenge).toContain('resource_metadata="https://api.example/.well-known/oauth-protected-resource/v1"');
  });

  test('names itself where it has no address, so no metadata (RFC 6750 §3, RFC 9110 §5.6.4)', async () => {
    const { get } = await aService({ audience: 'urn:example:"api"' });
    const realm = 'realm="urn:example:\\"api\\""';
    expect((await get('/invoices')).headers.get('www-authenticate')).toBe(`Bearer scope="invoices:read", ${realm}`);
    expect((await get('/invoices', 'Bearer nonsense')).headers.get('www-authenticate')).toContain(`, ${realm}`);
  });
});

test('names itself even where it has neither address nor scopes and no error is named: "one or more auth-param values" (RFC 6750 §3)', async () => {
  const issuer = await StandInIssuer.start();
  const admission = await admit(issuer.verifier({ credentials, feed: false, audience: 'urn:example:api' }), { authorization: undefined }, []);
  expect(admission).toMatchObject({ token: null, refusal: { status: 401, headers: { 'www-authenticate': 'Bearer realm="urn:example:api"' } } });
});
