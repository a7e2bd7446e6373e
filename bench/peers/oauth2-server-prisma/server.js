import { randomBytes } from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';
import { PrismaPg } from '@prisma/adapter-pg';
import express from 'express';
import { contract } from '../contract.js';
import { oauth2ServerApp, rules } from '../oauth2-server-app.js';
import { serve } from '../serve.js';
import { PrismaClient } from './generated/index.js';

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: contract.poolSize }) });

/** What `prisma migrate` makes of the schema; written out, because its engine is a download of its own. */
const tables = [
  'CREATE TABLE clients (id text PRIMARY KEY, secret text NOT NULL, redirect_uris text[], grants text[])',
  'CREATE TABLE users (id text PRIMARY KEY)',
  `CREATE TABLE codes (code text PRIMARY KEY, expires_at timestamp(3) NOT NULL, redirect_uri text NOT NULL, scope text[], code_challenge text, code_challenge_method text,
     client_id text NOT NULL REFERENCES clients ON UPDATE CASCADE ON DELETE RESTRICT, user_id text NOT NULL REFERENCES users ON UPDATE CASCADE ON DELETE RESTRICT)`,
  `CREATE TABLE tokens (access_token text PRIMARY KEY, access_token_expires_at timestamp(3) NOT NULL, refresh_token text, refresh_token_expires_at timestamp(3), scope text[],
     client_id text NOT NULL REFERENCES clients ON UPDATE CASCADE ON DELETE RESTRICT, user_id text REFERENCES users ON UPDATE CASCADE ON DELETE SET NULL)`,
  'CREATE UNIQUE INDEX ON tokens (refresh_token)',
];
for (const table of tables) await prisma.$executeRawUnsafe(table);
const { client, userId, scopes, redirectUri, codeChallenge } = contract;
const grants = ['authorization_code', 'refresh_token', 'client_credentials'];
await prisma.client.create({ data: { ...client, grants, redirectUris: [redirectUri] } });
await prisma.user.create({ data: { id: userId } });

const withRelations = { client: true, user: true };
/** A machine acts for itself: its tokens have no person. */
const owned = (token) => token && { ...token, user: token.user ?? { id: token.client.id } };

const model = {
  ...rules,
  async getClient(id, secret) {
    const found = await prisma.client.findUnique({ where: { id } });
    return found && (secret === null || found.secret === secret) ? found : null;
  },
  async saveToken(token, { id: clientId }, { id: owner }) {
    const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt, scope } = token;
    const row = { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt, scope, clientId, userId: owner === clientId ? null : owner };
    return owned(await prisma.token.create({ data: row, include: withRelations }));
  },
  getAccessToken: async (accessToken) => owned(await prisma.token.findUnique({ where: { accessToken }, include: withRelations })),
  getRefreshToken: async (refreshToken) => owned(await prisma.token.findUnique({ where: { refreshToken }, include: withRelations })),
  revokeToken: async ({ refreshToken }) => (await prisma.token.deleteMany({ where: { refreshToken } })).count === 1,
  async getAuthorizationCode(code) {
    const found = await prisma.code.findUnique({ where: { code }, include: withRelations });
    return found && { ...found, authorizationCode: code };
  },
  revokeAuthorizationCode: async ({ code }) => (await prisma.code.deleteMany({ where: { code } })).count === 1,
};

const fresh = () => randomBytes(32).toString('hex');
const tomorrow = () => new Date(Date.now() + 86_400_000);
const common = { clientId: client.id, userId, scope: scopes };
async function seedTokens(count) {
  const row = () => ({ ...common, accessToken: fresh(), accessTokenExpiresAt: tomorrow(), refreshToken: fresh(), refreshTokenExpiresAt: tomorrow() });
  const rows = Array.from({ length: count }, row);
  await prisma.token.createMany({ data: rows });
  return rows;
}

serve(oauth2ServerApp({ express, OAuth2Server, model }), {
  accessTokens: async (count) => (await seedTokens(count)).map(({ accessToken }) => accessToken),
  refreshTokens: async (count) => (await seedTokens(count)).map(({ refreshToken }) => refreshToken),
  async codes(count) {
    const row = () => ({ ...common, code: fresh(), expiresAt: tomorrow(), redirectUri, codeChallenge, codeChallengeMethod: 'S256' });
    const rows = Array.from({ length: count }, row);
    await prisma.code.createMany({ data: rows });
    return rows.map(({ code }) => code);
  },
});
