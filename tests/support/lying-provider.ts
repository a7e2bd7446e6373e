import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';

type Claims = Record<string, unknown>;

/** What the provider does otherwise than it should, once. */
export interface Lie {
  readonly claims?: Claims;
  /** How the ID token is signed: with the published key, another one of the same name, not at all, or with the public key as if it were a secret. */
  readonly signed?: 'properly' | 'with another key' | 'none' | 'HS256 with the public key';
  /** Answers the token request itself. */
  readonly answer?: { readonly status: number; readonly body: string; readonly type?: string };
}

/** An OpenID provider that says whatever a test wants. People never see it: a test comes back from it by itself. */
export async function lyingProvider(id = 'liar') {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = { lie: {} as Lie, nonces: new Map<string, string>(), metadata: {} as Claims, down: false, asked: [] as string[], codes: new Set<string>() };

  const idToken = async ({ claims = {}, signed = 'properly' }: Lie, nonce: string | undefined) => {
    const now = Math.floor(Date.now() / 1000);
    const person = { sub: 'grace', email: 'grace@liar.example', email_verified: true, name: 'Grace' };
    const payload = { iss: issuer, aud: 'keywright', exp: now + 60, iat: now, nonce, ...person, ...claims };
    const known = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
    if (signed === 'properly' || signed === 'with another key')
      return new SignJWT(known).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign((signed === 'properly' ? own : other).privateKey);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${part({ alg: signed === 'none' ? 'none' : 'HS256', kid: 'k' })}.${part(known)}`;
    const secret = await exportSPKI(own.publicKey);
    return `${input}.${signed === 'none' ? '' : createHmac('sha256', secret).update(input).digest('base64url')}`;
  };

  const answers: Record<string, (body: URLSearchParams) => Promise<{ status?: number; type?: string; body: string }>> = {
    '/.well-known/openid-configuration': async () => ({
      body: JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
        ...state.metadata,
      }),
    }),
    '/jwks': async () => ({ body: JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256' }] }) }),
    '/token': async (form) => {
      if (state.lie.answer) return state.lie.answer;
      const code = form.get('code') ?? '';
      if (state.codes.has(code)) return { status: 400, body: JSON.stringify({ error: 'invalid_grant' }) };
      state.codes.add(code);
      return { body: JSON.stringify({ access_token: 'upstream', token_type: 'bearer', id_token: await idToken(state.lie, state.nonces.get(code)) }) };
    },
  };
  server.on('request', async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    state.asked.push(path);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const answer = state.down ? undefined : await answers[path]?.(new URLSearchParams(text));
    response.writeHead(answer?.status ?? (answer ? 200 : 502), { 'Content-Type': answer?.type ?? 'application/json' }).end(answer?.body ?? '');
  });

  return {
    issuer,
    state,
    setting: { id, name: 'Liar', issuer, client_id: 'keywright', client_secret: 'secret' },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type LyingProvider = Awaited<ReturnType<typeof lyingProvider>>;
