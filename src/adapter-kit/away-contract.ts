import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../application/ports/storage.js';
import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { eventually } from './eventually.js';
import { expect } from './expect.js';
import { newBytes, now, plus, someSession } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { consumptionOf, rotationOf } from './token-fixtures.js';

/** Milliseconds after which a verb counts as hanging: the 3 seconds that the ports promise, and some for a machine that does much else. */
const hangs = 5000;

/** A store that is away says so, in time, and serves again by itself. Of a store that keeps some things elsewhere the verbs about those may answer. */
export function awayContract(harness: StorageHarness): void {
  it('throws StorageUnavailable while the store is away, within 3 seconds, and serves again by itself', async () => {
    const storage = await harness.create();
    try {
      const { grant, accessToken, refreshToken } = await givenTokens(storage);
      const { code, grant: unused } = await givenCode(storage);
      await storage.ping();
      const bringBack = (await harness.away?.(storage)) ?? (async () => {});
      try {
        const outcomes = await Promise.all([
          outcomeOf('ping', storage.ping()),
          ...callsOf(storage, { ...grant, tokenId: accessToken.id }),
          outcomeOf('authorizationCodes.consume', storage.authorizationCodes.consume(consumptionOf(code, unused))),
          outcomeOf('refreshTokens.rotate', storage.refreshTokens.rotate(rotationOf(refreshToken, grant))),
        ]);
        expect(outcomes.filter(({ said }) => !['unavailable', 'answered'].includes(said))).toEqual([]);
        expect(outcomes[0]).toEqual({ verb: 'ping', said: 'unavailable' });
      } finally {
        await bringBack();
      }
      let served = false;
      void (async () => {
        while (!served)
          await storage.ping().then(
            () => (served = true),
            () => pause(50),
          );
      })();
      await eventually('the store serves again', () => served);
      expect(await storage.accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: null });
    } finally {
      await harness.destroy(storage);
    }
  });
}

interface Outcome {
  readonly verb: string;
  /** `answered`, `unavailable`, or what else became of it. */
  readonly said: string;
}

async function outcomeOf(verb: string, call: Promise<unknown>): Promise<Outcome> {
  const hanging = new AbortController();
  const said = await Promise.race([
    call.then(
      () => 'answered',
      (error: unknown) => (error instanceof StorageUnavailable ? 'unavailable' : `threw ${String(error)}`),
    ),
    pause(hangs, `no answer within ${hangs} ms`, hanging),
  ]);
  hanging.abort();
  return { verb, said };
}

/** One that reads of most ports, and ten at once of one that writes: they wait for a connection too. */
function callsOf(
  storage: Storage,
  ids: { readonly userId: string; readonly clientId: string; readonly id: string; readonly tokenId: string },
): Promise<Outcome>[] {
  return [
    outcomeOf('clients.find', storage.clients.find(ids.clientId)),
    outcomeOf('users.find', storage.users.find(ids.userId)),
    outcomeOf('consents.find', storage.consents.find(ids.userId, ids.clientId)),
    outcomeOf('grants.find', storage.grants.find(ids.id)),
    outcomeOf('accessTokens.findWithUser', storage.accessTokens.findWithUser(ids.tokenId)),
    outcomeOf('connections.listOf', storage.connections.listOf(ids.userId, now, { limit: 5 })),
    outcomeOf('resourceServers.all', storage.resourceServers.all()),
    outcomeOf('signingKeys.all', storage.signingKeys.all()),
    outcomeOf('revocations.latest', storage.revocations.latest()),
    outcomeOf('attempts.take', storage.attempts.take({ name: 'away', attempts: 5, seconds: 60 }, 'ada')),
    outcomeOf('idempotencyKeys.begin', storage.idempotencyKeys.begin({ id: newBytes(), fingerprint: newBytes(), at: now, expiresAt: plus(1000) })),
    ...Array.from({ length: 10 }, () => outcomeOf('sessions.add', storage.sessions.add(someSession(ids.userId)))),
  ];
}
