import type { Client as Connection } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { createVerifier, type Verifier } from '../../src/verify/create-verifier.js';
import { type Line, lineTo } from '../support/line-to.js';
import { credentialsOf, type OAuthCaller } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import type { TestClient } from '../support/test-server.js';
import { twoInstances } from '../support/two-instances.js';
import { expectWithinASecond } from '../support/within-a-second.js';

const audience = 'https://api.example';

let database: TestDatabase;
let observer: Connection;
let line: Line;
let caller: OAuthCaller;
let app: TestClient;
let verifier: Verifier;
const closes: (() => unknown)[] = [];

/** Two instances over one PostgreSQL: A issues and revokes; the verifier is fed by B, asks B, and reaches B by a line of its own. */
beforeAll(async () => {
  database = await testDatabase();
  const both = await twoInstances(database.url);
  ({ observer, caller, app } = both);
  const { a, b } = both;
  line = await lineTo(b.issuer);
  const registered = await a.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: audience, settings: { name: 'API' } });
  const credentials = { id: registered.server.id, secret: registered.secret };
  const address = new URL(line.url).origin;
  verifier = createVerifier({ issuer: b.issuer, address, audience, credentials, whenUnavailable: 'deny', maxAge: 3600, onProblem: () => {} });
  closes.push(
    () => verifier.close(),
    () => line.break(),
    both.close,
    () => database.drop(),
  );
});
afterAll(async () => {
  for (const close of closes) await close();
});

const token = async () => (await caller.token({ grant_type: 'client_credentials', resource: audience, ...credentialsOf(app) })).body.access_token;

/** After how many milliseconds the verifier says no, counted from when A has answered that the token is revoked. */
async function timeToRefuse(text: string): Promise<number> {
  await caller.post('/oauth/revoke', { token: text, ...credentialsOf(app) });
  const revoked = performance.now();
  while ((await verifier.verify(text)).active) await new Promise((resolve) => setTimeout(resolve, 2));
  return performance.now() - revoked;
}

const disturbances: Record<string, () => Promise<unknown>> = {
  'while all is well': async () => {},
  'when B just lost and regained its connection for notices': () =>
    observer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'keywright notices'`),
  'when the verifier just lost and regained its line to B': async () => {
    await line.break();
    await line.mend();
  },
};

test.each(Object.entries(disturbances))(
  'what A revokes, a verifier that is fed by B refuses, 100 times of 100, %s',
  async (name, disturb) => {
    await verifier.verify(await token());
    const times: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      const text = await token();
      // Known and good, and it would be for an hour were it not for the feed.
      await expect.poll(async () => (await verifier.verify(text)).active, { timeout: 10_000, interval: 5 }).toBe(true);
      await disturb();
      times.push(await timeToRefuse(text));
    }
    expectWithinASecond(name, times);
  },
  120_000,
);
