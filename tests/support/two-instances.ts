import { Client as Connection } from 'pg';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { OAuthCaller } from './oauth.js';
import { listeningServer } from './test-server.js';

/**
 * Two servers that listen, each with connections of its own to the same PostgreSQL, B by an address of its own where one is given; `app` gets tokens from A,
 * `observer` looks into the database.
 */
export async function twoInstances(databaseUrl: string, urlOfB = databaseUrl) {
  const observer = new Connection({ connectionString: databaseUrl });
  await observer.connect();
  const [storageA, storageB] = [createPrismaStorage({ databaseUrl }), createPrismaStorage({ databaseUrl: urlOfB })];
  const [a, b] = [await listeningServer({ storage: storageA }), await listeningServer({ storage: storageB })];
  const app = await a.createClient({ grantTypes: ['client_credentials'] });
  const close = async () => {
    for (const one of [a, b, storageA, storageB]) await one.close();
    await observer.end();
  };
  return { a, b, observer, app, caller: new OAuthCaller(a), close };
}
