import { createHash, randomBytes } from 'node:crypto';
import { type AccessToken, AuthorizationCode, ClientCredentials, type Options } from 'simple-oauth2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journey, meOf, overTheWire, type Tokens, type Variant } from './journey.js';

interface SimpleTokens extends Tokens {
  readonly token: AccessToken;
}

const tokensOf = (token: AccessToken): SimpleTokens => ({ token, accessToken: token.token.access_token, refreshToken: token.token.refresh_token });

const variant = (name: string, type: 'confidential' | 'public', options: Options['options']): Variant<SimpleTokens> => ({
  name,
  type,
  connect: async ({ issuer, callback, client: { id, secret } }) => {
    const client = new AuthorizationCode({ client: { id, secret }, auth: { tokenHost: issuer }, options });
    const code_verifier = randomBytes(32).toString('base64url');
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
    return {
      authorizationUrl: async () =>
        new URL(client.authorizeURL({ redirect_uri: callback, scope: ['default', 'email'], state: 'a state', code_challenge, code_challenge_method: 'S256' })),
      exchange: async (back) => tokensOf(await client.getToken({ code: back.searchParams.get('code') ?? '', redirect_uri: callback, code_verifier })),
      me: meOf({ issuer }),
      refresh: async ({ token }) => tokensOf(await token.refresh()),
      // The access token first, then the refresh token: each answer must be one that the library can parse.
      revoke: ({ token }) => token.revokeAll(),
    };
  },
});

journey('simple-oauth2', [
  variant('confidential, by Basic as RFC 6749 encodes it', 'confidential', { authorizationMethod: 'header', credentialsEncodingMode: 'strict' }),
  variant('confidential, by Basic in the raw', 'confidential', { authorizationMethod: 'header', credentialsEncodingMode: 'loose' }),
  variant('confidential, in the body', 'confidential', { authorizationMethod: 'body' }),
  variant('public, in the body', 'public', { authorizationMethod: 'body' }),
  variant('public, by Basic with an empty password', 'public', { authorizationMethod: 'header' }),
]);

describe('simple-oauth2 for a machine', () => {
  let wire: Awaited<ReturnType<typeof overTheWire>>;

  beforeAll(async () => {
    wire = await overTheWire();
  });
  afterAll(() => wire.world.close());

  it('obtains a token that it knows to be fresh', async () => {
    const { id, secret } = await wire.world.createClient({ redirectUris: [] });
    const client = new ClientCredentials({ client: { id, secret }, auth: { tokenHost: wire.world.issuer }, options: { authorizationMethod: 'header' } });
    const token = await client.getToken({ scope: 'default' });
    expect(token.expired()).toBe(false);
    expect(await wire.caller.me(token.token.access_token)).toMatchObject({ status: 200, body: { sub: id } });
  });
});
