import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { someClient, someUser } from '../../src/adapter-kit/fixtures.js';
import { matchesDigest, parseTokenOf } from '../../src/domain/tokens/opaque-token.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { builtFile } from '../support/built-file.js';
import { testDatabase } from '../support/postgres.js';

interface FillTokens {
  fillTokens(what: { databaseUrl: string; clientId: string; userId: string; count: number }): Promise<void>;
  someFilledTokens(databaseUrl: string, kind: 'at' | 'rt', count: number): Promise<string[]>;
}

it('fills the tables with tokens that the server finds, live and by the secret that the bench gives out for them', async () => {
  await builtFile('main.js');
  const { fillTokens, someFilledTokens } = (await import(fileURLToPath(new URL('../../bench/fill-tokens.js', import.meta.url)))) as FillTokens;
  const database = await testDatabase();
  const storage = createPrismaStorage({ databaseUrl: database.url });
  const reader = new Client({ connectionString: database.url });
  try {
    const [client, user] = [someClient(), someUser()];
    await storage.users.add(user);
    await storage.clients.add(client);
    await fillTokens({ databaseUrl: database.url, clientId: client.id, userId: user.id, count: 20_000 });
    await reader.connect();
    const counted = (table: string) => reader.query(`SELECT count(*)::int AS count FROM ${table} WHERE expires_at > now()`).then(({ rows }) => rows[0].count);
    expect([await counted('access_tokens'), await counted('refresh_tokens')]).toEqual([16_000, 4_000]);
    for (const token of await someFilledTokens(database.url, 'at', 3)) {
      const presented = parseTokenOf('at', token);
      const found = presented && (await storage.accessTokens.findWithUser(presented.id));
      expect(found).toMatchObject({ token: { clientId: client.id, userId: user.id }, user: { id: user.id } });
      expect(presented && found && matchesDigest(presented, found.token.digest)).toBe(true);
    }
    const [refreshToken = ''] = await someFilledTokens(database.url, 'rt', 1);
    const presented = parseTokenOf('rt', refreshToken);
    expect(presented && (await storage.refreshTokens.find(presented.id))).not.toBeNull();
  } finally {
    await reader.end();
    await storage.close();
    await database.drop();
  }
});
