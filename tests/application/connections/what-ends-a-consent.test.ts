import { beforeEach, describe, expect, it } from 'vitest';
import { ContinueAuthorization } from '../../../src/application/authorization/continue-authorization.js';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { RevokeClientTokens } from '../../../src/application/clients/revoke-client-tokens.js';
import { DisconnectApp } from '../../../src/application/connections/disconnect-app.js';
import { ListConnectedApps } from '../../../src/application/connections/list-connected-apps.js';
import { RevokeGrant } from '../../../src/application/connections/revoke-grant.js';
import { DisableUser } from '../../../src/application/people/disable-user.js';
import { EnableUser } from '../../../src/application/people/enable-user.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import { RevokeByOperator } from '../../../src/application/tokens/revoke-by-operator.js';
import { RevokeToken } from '../../../src/application/tokens/revoke-token.js';
import type { TokenAnswer } from '../../../src/application/tokens/token-answer.js';
import type { TimeLimit } from '../../../src/domain/authorization/time-limit.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, callback, codeOf, type World } from '../../support/world.js';

let world: World;
let ada: User;
let owner: User;
let admin: User;
let client: Client;

/** A grant that the person was asked for, with the code and the tokens it was given. */
interface Given {
  readonly code: string;
  readonly answer: TokenAnswer;
  readonly refreshToken: string;
}

async function allowed(timeLimit: TimeLimit = 'none'): Promise<Given> {
  const result = await world.decide((await world.request(client)).id, await world.signedIn(ada), { timeLimit });
  const code = codeOf(result.outcome === 'answer' ? result.answer : null);
  const answer = await world.exchange(client, code);
  return { code, answer, refreshToken: answer.refreshToken ?? '' };
}

const nextStep = async (prompt: string | null = null) =>
  world.resolve(ContinueAuthorization).execute((await world.request(client, { prompt })).id, await world.signedIn(ada));
const shown = async () =>
  (await world.resolve(ListConnectedApps).execute({ actor: ada, page: { limit: 5 } })).items.map(({ live }) => (live ? 'acts' : 'remembered'));

const revokeGrant = (actor: User | 'operator', { answer }: Given) => world.resolve(RevokeGrant).execute({ actor, grantId: answer.grantId ?? '' });
const refresh = (refreshToken: string) => world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] });
const revokeByClient = ({ refreshToken }: Given) => world.resolve(RevokeToken).execute({ client, token: refreshToken });
const replay = ({ code }: Given) => expect(world.exchange(client, code)).rejects.toMatchObject({ code: 'invalid_grant' });
async function reuse({ refreshToken }: Given): Promise<void> {
  await refresh(refreshToken);
  world.clock.pass(3600);
  await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'invalid_grant' });
}

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
  owner = await world.person('owner@example.com');
  admin = { ...(await world.person('admin@example.com')), admin: true };
  const settings = { name: 'Some app', redirectUris: [callback] };
  client = (await world.resolve(CreateClient).execute({ actor: owner, settings })).client;
});

describe('The person is asked again after', () => {
  it.each<[string, (given: Given) => Promise<unknown>]>([
    ['they disconnect the app', () => world.resolve(DisconnectApp).execute({ actor: ada, clientId: client.id })],
    ['they end the grant themselves', (given) => revokeGrant(ada, given)],
    ['an administrator ends the grant', (given) => revokeGrant(admin, given)],
    ['an administrator ends all that the client was given', () => world.resolve(RevokeClientTokens).execute({ actor: admin, clientId: client.id })],
    ['an operator ends the grant', (given) => revokeGrant('operator', given)],
    ['an operator revokes its refresh token', ({ refreshToken }) => world.resolve(RevokeByOperator).execute({ token: refreshToken })],
    ['an operator ends all that they gave', () => world.resolve(RevokeByOperator).execute({ user: { id: ada.id } })],
    ['an operator ends all that the client was given', () => world.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: client.id })],
    ['a code is replayed (RFC 6749 §4.1.2)', replay],
    ['a refresh token is reused (RFC 9700 §4.14.2)', reuse],
    [
      'they were disabled and enabled',
      async () => {
        await world.resolve(DisableUser).execute({ actor: 'operator', user: { id: ada.id } });
        await world.resolve(EnableUser).execute({ actor: 'operator', user: { id: ada.id } });
      },
    ],
  ])('%s', async (_, end) => {
    await end(await allowed());
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
    expect(await nextStep('none')).toMatchObject({ step: 'answer', answer: { error: { code: 'consent_required' } } });
  });

  it.each([
    ['30_days', 30],
    ['1_day', 1],
  ] as const)('the time that they chose is over (%s), to the second', async (timeLimit, days) => {
    await allowed(timeLimit);
    world.clock.pass(days * 86_400 - 1);
    expect(await shown()).toEqual(['acts']);
    expect(await nextStep()).toMatchObject({ step: 'answer' });
    world.clock.pass(1);
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });
});

describe('The person is not asked again, and sees that the app may come back, after', () => {
  it.each<[string, (given: Given) => Promise<unknown>]>([
    ['the client revoked its own token (RFC 7009)', revokeByClient],
    ['the owner of the client ended the grant', (given) => revokeGrant(owner, given)],
    ['the owner of the client ended everything it was given', () => world.resolve(RevokeClientTokens).execute({ actor: owner, clientId: client.id })],
    ['an owner who is an administrator ended the grant', (given) => revokeGrant({ ...owner, admin: true }, given)],
    [
      'an owner who is an administrator ended everything it was given',
      () => world.resolve(RevokeClientTokens).execute({ actor: { ...owner, admin: true }, clientId: client.id }),
    ],
    ['the last refresh token expired', async () => world.clock.pass(366 * 86_400)],
  ])('%s', async (_, end) => {
    const given = await allowed();
    expect(await shown()).toEqual(['acts']);
    await end(given);
    expect(await shown()).toEqual(['remembered']);
    expect(await nextStep()).toMatchObject({ step: 'answer', answer: { code: expect.any(String) } });
    expect(await shown()).toEqual(['acts']);
  });

  it('until they forget it', async () => {
    await revokeByClient(await allowed());
    await world.resolve(DisconnectApp).execute({ actor: ada, clientId: client.id });
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });

  it('within the time that they chose, and no longer', async () => {
    await revokeByClient(await allowed('1_day'));
    expect(await shown()).toEqual(['remembered']);
    world.clock.pass(86_400);
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });
});

describe('What they agreed to since stands when', () => {
  it.each<[string, (given: Given) => Promise<unknown>, (given: Given) => Promise<unknown>]>([
    ['an old code is replayed once more', replay, replay],
    ['a code is replayed whose grant had ended', () => world.resolve(DisconnectApp).execute({ actor: ada, clientId: client.id }), replay],
    ['an old grant is ended once more', (given) => revokeGrant(ada, given), (given) => revokeGrant('operator', given)],
    ['the refresh token of one is', (given) => revokeGrant(ada, given), ({ refreshToken }) => world.resolve(RevokeByOperator).execute({ token: refreshToken })],
  ])('%s', async (_, end, again) => {
    const given = await allowed();
    await end(given);
    world.clock.pass(1);
    await allowed();
    await again(given);
    expect(await shown()).toEqual(['acts']);
    expect(await nextStep()).toMatchObject({ step: 'answer' });
  });
});

/** The next time consents are given or forgotten, the other happens first. */
function before(verb: 'give' | 'forget', other: () => Promise<unknown>): void {
  const consents: Record<'give' | 'forget', (...input: never[]) => Promise<unknown>> = world.storage.consents;
  const own = consents[verb].bind(consents);
  consents[verb] = async (...input) => {
    consents[verb] = own;
    await other();
    return own(...input);
  };
}

describe('Nothing is left of what is ended in the moment', () => {
  const disconnect = () => world.resolve(DisconnectApp).execute({ actor: ada, clientId: client.id });

  it('in which it is given', async () => {
    before('give', disconnect);
    await world.decide((await world.request(client)).id, await world.signedIn(ada), {});
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });

  it('in which the client comes by again, which the person is not asked about', async () => {
    await allowed();
    before('forget', nextStep);
    expect(await disconnect()).toEqual({ grantsRevoked: 2 });
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });

  it('in which it is allowed, while what was agreed to before is being forgotten', async () => {
    const { forget } = world.storage.consents;
    world.storage.consents.forget = async (...input) => {
      world.storage.consents.forget = forget;
      const forgotten = await forget.apply(world.storage.consents, input);
      await allowed();
      return forgotten;
    };
    expect(await disconnect()).toEqual({ grantsRevoked: 1 });
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });

  it('by a clock that is behind the one by which it was given', async () => {
    const given = await allowed();
    world.clock.pass(-2);
    await replay(given);
    expect(await shown()).toEqual([]);
    expect(await nextStep()).toMatchObject({ step: 'consent' });
  });
});

it('what a client was given has ended before what people agreed to is forgotten, however long that takes', async () => {
  const { answer } = await allowed();
  let revoked: unknown;
  before('forget', async () => {
    revoked = (await world.storage.grants.find(answer.grantId ?? ''))?.revoked?.reason;
  });
  await world.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: client.id });
  expect(revoked).toBe('revoked_by_operator');
});

it('nobody is told that an app was allowed while the store cannot tell whether that stands; allowing it once more says so', async () => {
  const request = await world.request(client);
  const signedIn = await world.signedIn(ada);
  const { give } = world.storage.consents;
  const { find } = world.storage.grants;
  world.storage.consents.give = async (consent) => {
    world.storage.grants.find = () => Promise.reject(new StorageUnavailable(new Error('away')));
    await give.call(world.storage.consents, consent);
  };
  await expect(world.decide(request.id, signedIn, {})).rejects.toBeInstanceOf(StorageUnavailable);
  Object.assign(world.storage.grants, { find });
  Object.assign(world.storage.consents, { give });
  expect(await world.decide(request.id, signedIn, {})).toMatchObject({ outcome: 'answer' });
});

it('a client is told of a replay though the store cannot forget the consent, which the person still sees', async () => {
  const given = await allowed();
  const { forget } = world.storage.consents;
  world.storage.consents.forget = () => Promise.reject(new StorageUnavailable(new Error('away')));
  await replay(given);
  world.storage.consents.forget = forget;
  expect(await shown()).toEqual(['remembered']);
});
