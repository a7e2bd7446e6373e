import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { outageText } from '../../src/interfaces/http/outage-text.js';
import { type TestStorage, testStorage } from '../support/test-storage.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { breakable } from './breakable.js';

let own: TestStorage;
let world: ApiWorld;
let clients: ReturnType<typeof breakable<TestStorage['storage']['clients']>>;
let accessTokens: ReturnType<typeof breakable<TestStorage['storage']['accessTokens']>>;
beforeAll(async () => {
  own = await testStorage();
  clients = breakable(own.storage.clients);
  accessTokens = breakable(own.storage.accessTokens);
  world = await apiWorld({ storage: { ...own.storage, clients: clients.repository, accessTokens: accessTokens.repository } as TestStorage['storage'] });
});
afterAll(async () => {
  await world.close();
  await own.close();
});
afterEach(() => {
  clients.mend();
  accessTokens.mend();
});

const list = () => world.call('GET', '/clients', { token: world.tokens.ada });

describe('While the store cannot be reached', () => {
  const away = new StorageUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:5432'));

  it.each([
    ['who calls is asked', () => accessTokens.fail('findWithUser', away)],
    ['the list is read', () => clients.fail('list', away)],
  ])('the answer is 503 with Retry-After: when %s', async (_, happen) => {
    happen();
    const answer = await list();
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: { type: expect.stringContaining('#problem-unavailable'), detail: outageText },
    });
    expect(answer.text).not.toContain('10.0.0.7');
  });

  it('nothing is made', async () => {
    clients.fail('add', away);
    const body = { client_name: 'Never made', redirect_uris: ['https://a.example/cb'] };
    expect((await world.call('POST', '/clients', { token: world.tokens.ada, body })).status).toBe(503);
    clients.mend();
    expect((await list()).text).not.toContain('Never made');
  });
});

describe('A failure that nobody foresaw', () => {
  it('is answered without saying what it was', async () => {
    clients.fail('list', new Error('column "digest" does not exist'));
    const answer = await list();
    expect(answer).toMatchObject({ status: 500, body: { type: expect.stringContaining('#problem-internal-error') } });
    expect(answer.text).not.toContain('digest');
  });
});
