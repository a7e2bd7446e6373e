import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { contract } from '../contract.js';
import { serve } from '../serve.js';
import { pgAdapter } from './pg-adapter.js';

const { client, userId, accessTokenLifetime, refreshTokenLifetime, redirectUri } = contract;
const { Adapter, saveAll } = await pgAdapter({ databaseUrl: process.env.DATABASE_URL, poolSize: contract.poolSize });
const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

/** In the store like that of the others, so that it could be registered and changed while the server runs. */
await new Adapter('Client').upsert(client.id, {
  client_id: client.id,
  client_secret: client.secret,
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
});

/** The account needs no look-up: what a deployment would ask a database for besides, this one does not. */
const provider = new Provider(`http://localhost:${process.env.PORT}`, {
  adapter: Adapter,
  jwks: { keys: [{ ...signingKey, kid: 'bench', alg: 'ES256', use: 'sig' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { clientCredentials: { enabled: true }, introspection: { enabled: true }, devInteractions: { enabled: false } },
  scopes: ['openid', 'offline_access', ...contract.scopes],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: accessTokenLifetime,
    ClientCredentials: accessTokenLifetime,
    AuthorizationCode: 3600,
    RefreshToken: refreshTokenLifetime,
    Grant: refreshTokenLifetime,
  },
  findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});

/** A grant for each, as each authorization would have one. Without `openid`, so that no ID token is signed: the others sign none either. */
const codeScope = ['offline_access', ...contract.scopes].join(' ');
const benchClient = await provider.Client.find(client.id);
async function grants(count, scope) {
  const made = Array.from({ length: count }, () => {
    const grant = new provider.Grant({ accountId: userId, clientId: client.id });
    grant.addOIDCScope(scope);
    return grant;
  });
  return saveAll(made, 86_400);
}
const common = (grantId, scope) => ({ accountId: userId, client: benchClient, grantId, gty: 'authorization_code', scope });

serve(provider.callback(), {
  async accessTokens(count) {
    const scope = `openid ${codeScope}`;
    return saveAll(
      (await grants(count, scope)).map((grantId) => new provider.AccessToken(common(grantId, scope))),
      86_400,
    );
  },
  async refreshTokens(count) {
    const issuedAt = Math.floor(Date.now() / 1000);
    return saveAll(
      (await grants(count, codeScope)).map((grantId) => new provider.RefreshToken({ ...common(grantId, codeScope), iiat: issuedAt, rotations: 0 })),
      86_400,
    );
  },
  async codes(count) {
    const pkce = { codeChallenge: contract.codeChallenge, codeChallengeMethod: 'S256', redirectUri };
    return saveAll(
      (await grants(count, codeScope)).map((grantId) => new provider.AuthorizationCode({ ...common(grantId, codeScope), ...pkce })),
      3600,
    );
  },
});
