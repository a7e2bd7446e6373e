import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RevocationCursors } from '../../src/application/revocations/revocation-cursors.js';
import type { SecretKeys } from '../../src/domain/secret-key.js';
import { SignedPlaces } from '../../src/interfaces/signed-places.js';
import type { Browser } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { type TestServer, testPerson, testServer } from '../support/test-server.js';
import { type TestStorage, testStorage } from '../support/test-storage.js';

const [old, next] = ['the key of before, of 32 characters', 'the key that follows, of 32 characters'];
/** What the instances have, one after the other, while SECRET_KEY is changed without a pause. */
const stages = { before: [old], announced: [old, next], changed: [next, old], after: [next] } satisfies Record<string, SecretKeys>;
type Stage = keyof typeof stages;
/** Which instances serve side by side at some time: while they are restarted one by one, those of a stage beside those of the next. */
const together: [Stage, Stage][] = [
  ['before', 'announced'],
  ['announced', 'changed'],
  ['changed', 'after'],
];
/** What one of them handed out and the other gets. The last stage needs nothing any more that the first key made. */
const ways = together.flatMap(([one, other]): [Stage, Stage][] =>
  other === 'after'
    ? [[other, one]]
    : [
        [one, other],
        [other, one],
      ],
);

let own: TestStorage;
const servers = {} as Record<Stage, TestServer>;
beforeAll(async () => {
  own = await testStorage();
  for (const stage of Object.keys(stages) as Stage[]) servers[stage] = await testServer({ storage: own.storage, secretKeys: stages[stage] });
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.close();
  await own?.close();
});

describe.each(ways)('While SECRET_KEY is changed, of an instance at the stage %s another one at %s', (made, gets) => {
  it('takes the form', async () => {
    const [here, there] = [servers[made], servers[gets]].map((server) => new OAuthCaller(server).browser()) as [Browser, Browser];
    const page = await here.open('/sign-in');
    for (const [name, value] of here.cookies) there.cookies.set(name, value);
    const answer = await there.submit(page, /^\/sign-in$/, { ...testPerson, password: 'not this one' });
    expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('That e-mail address and password do not go together')]);
  });

  it('knows the place in a list and in the feed', () => {
    const place = new SignedPlaces(stages[made], 'a list').write(['ada'], 'an item');
    expect(new SignedPlaces(stages[gets], 'a list').read(['ada'], place)).toBe('an item');
    const cursor = servers[made].container.resolve(RevocationCursors).of('1:1:');
    expect(servers[gets].container.resolve(RevocationCursors).read(cursor)).toEqual({ position: '1:1:' });
  });
});
