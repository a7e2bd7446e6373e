import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

type Claims = Record<string, unknown>;

/**
 * A team's own site: people are signed in there, it publishes the key of its session tokens at `/jwks` and says so in its metadata, and its sign-in page hands people over, by a
 * form, or by a cookie of this host.
 */
export async function sessionTokenSite(host = 'localhost') {
  const [own, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const published = async (kid: string): Promise<JWK> => ({ ...(await exportJWK(own.publicKey)), kid, alg: 'ES256', use: 'sig' });
  const state = { kid: 'k1', down: false, keysAsked: 0, metadataAsked: 0, metadata: {} as Claims, by: 'form' as 'form' | 'cookie', claims: {} as Claims };

  const sign = async (claims: Claims = {}, { key = own.privateKey, header = {} }: { key?: typeof own.privateKey; header?: Claims } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const person = { sub: 'u-7', email: 'grace@team.example', email_verified: true, name: 'Grace Hopper' };
    const all = { iss: origin, aud: 'keywright', iat: now, exp: now + 120, ...person, ...state.claims, ...claims };
    return new SignJWT(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
      .sign(key);
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/jwks') {
      state.keysAsked += 1;
      return response.writeHead(state.down ? 503 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: [await published(state.kid)] }));
    }
    if (url.pathname === '/.well-known/openid-configuration') {
      state.metadataAsked += 1;
      const metadata = { issuer: origin, jwks_uri: `${origin}/jwks`, ...state.metadata };
      return response.writeHead(state.down ? 503 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(metadata));
    }
    const back = url.searchParams.get('return_to') ?? '';
    if (state.by === 'cookie') return response.writeHead(302, { Location: back, 'Set-Cookie': `__session=${await sign()}; Path=/` }).end();
    const form = `<form method="post" action="${back.replaceAll('&', '&amp;')}"><input type="hidden" name="session_token" value="${await sign()}"><button>Go on</button></form>`;
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>Team</title><h1>Signed in as Grace</h1>${form}`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    state,
    sign,
    otherKey: other.privateKey,
    /** Signed by hand: what no library would sign. */
    forged: async (alg: 'none' | 'HS256') => {
      const [, payload] = (await sign()).split('.');
      const input = `${Buffer.from(JSON.stringify({ alg, kid: 'k1' })).toString('base64url')}.${payload}`;
      const secret = await exportSPKI(own.publicKey);
      return `${input}.${alg === 'none' ? '' : createHmac('sha256', secret).update(input).digest('base64url')}`;
    },
    embedded: async () =>
      sign({}, { key: other.privateKey, header: { kid: undefined, jwk: await exportJWK(other.publicKey), jku: `${origin}/evil`, x5u: `${origin}/evil` } }),
    setting: {
      id: 'team',
      name: 'Team',
      issuer: origin,
      jwks_uri: `${origin}/jwks`,
      audience: 'keywright',
      algorithms: ['ES256'],
      origins: [origin],
      cookie: '__session',
      login_uri: `${origin}/login`,
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type SessionTokenSite = Awaited<ReturnType<typeof sessionTokenSite>>;
