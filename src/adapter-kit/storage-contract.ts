import type { Storage } from '../application/ports/storage.js';
import { accessTokenContract } from './access-token-contract.js';
import { addressedClientContract } from './addressed-client-contract.js';
import { administratorContract } from './administrator-contract.js';
import { attemptContract } from './attempt-contract.js';
import { authorizationCodeContract } from './authorization-code-contract.js';
import { authorizationRequestContract } from './authorization-request-contract.js';
import { awayContract } from './away-contract.js';
import { clientContract } from './client-contract.js';
import { clientListContract } from './client-list-contract.js';
import { clientRemovalContract } from './client-removal-contract.js';
import { connectionContract } from './connection-contract.js';
import { consentContract } from './consent-contract.js';
import { expect } from './expect.js';
import { expirableContract } from './expirable-contract.js';
import { failedWriteContract } from './failed-write-contract.js';
import { forgettingContract } from './forgetting-contract.js';
import { grantContract } from './grant-contract.js';
import { grantPurgeContract } from './grant-purge-contract.js';
import { guaranteeTable } from './guarantee-table.js';
import { idempotencyContract } from './idempotency-contract.js';
import { identityContract } from './identity-contract.js';
import { instancesContract } from './instances-contract.js';
import { keepContract } from './keep-contract.js';
import { keyContract } from './key-contract.js';
import { movingContract } from './moving-contract.js';
import { notExamined } from './not-examined.js';
import { noticesContract } from './notices-contract.js';
import { noNotes, noting } from './noting.js';
import { openedAgainContract } from './opened-again-contract.js';
import { ownTokensContract } from './own-tokens-contract.js';
import { passwordContract } from './password-contract.js';
import { resourceServerContract } from './resource-server-contract.js';
import { revocationContract } from './revocation-contract.js';
import { rotateContract } from './rotate-contract.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from './runner.js';
import { sessionContract } from './session-contract.js';
import { sharingContract } from './sharing-contract.js';
import { signingKeyContract } from './signing-key-contract.js';
import type { StorageHarness } from './storage-harness.js';
import { StoreSlot } from './store-slot.js';
import { tenantContract } from './tenant-contract.js';
import { upstreamRequestContract } from './upstream-request-contract.js';
import { usageContract } from './usage-contract.js';
import { userContract } from './user-contract.js';
import { type HarnessTrouble, watchedHarness } from './watched-harness.js';

/** What every adapter promises, as one suite. An adapter is right when this passes, whatever it is made of. */
export function describeStorage(name: string, harness: StorageHarness): void {
  const [notes, trouble] = [noNotes(), new Map()];
  noting(notes, () =>
    describe(name, () => {
      describeGuarantees(harness, trouble);
      afterAll(() => console.log(guaranteeTable(name, notes, trouble, notExamined(harness))));
    }),
  );
}

/** The same without a table. */
export function describeGuarantees(given: StorageHarness, trouble: HarnessTrouble = new Map()): void {
  const harness = watchedHarness(given, trouble);
  describe('keys', () => within(harness, keyContract));
  describe('clients', () => within(harness, clientContract));
  describe('clients that are called by an address', () => within(harness, addressedClientContract));
  describe('lists of clients', () => within(harness, clientListContract));
  describe('removing a client', () => within(harness, clientRemovalContract));
  describe('users', () => within(harness, userContract));
  describe('administrators', () => anew(harness, administratorContract));
  describe('identities', () => within(harness, identityContract));
  describe('sign-ins under way at a provider', () => within(harness, upstreamRequestContract));
  describe('sessions', () => within(harness, sessionContract));
  describe('authorization requests', () => within(harness, authorizationRequestContract));
  describe('consents', () => within(harness, consentContract));
  describe('grants', () => within(harness, grantContract));
  describe('authorization codes', () => within(harness, authorizationCodeContract));
  describe('access tokens', () => within(harness, accessTokenContract));
  describe('own tokens', () => within(harness, ownTokensContract));
  describe('refresh tokens that rotate', () => within(harness, rotateContract));
  describe('refresh tokens that are kept', () => within(harness, keepContract));
  describe('connections', () => within(harness, connectionContract));
  describe('resource servers', () => anew(harness, resourceServerContract));
  describe('signing keys', () => anew(harness, signingKeyContract));
  describe('idempotency keys', () => anew(harness, idempotencyContract));
  describe('passwords', () => within(harness, passwordContract));
  describe('attempts', () => within(harness, attemptContract));
  describe('usage', () => within(harness, usageContract));
  describe('revocations', () => anew(harness, revocationContract));
  describe('notices', () => within(harness, noticesContract));
  if (harness.forgetful) {
    const { create, after } = harness.forgetful;
    describe('forgetting', () => within({ ...harness, create }, (store) => forgettingContract(store, after)));
  } else {
    describe('purging', () => anew(harness, expirableContract));
    describe('purging grants', () => anew(harness, grantPurgeContract));
  }
  describe('what it hands out', () => within(harness, sharingContract));
  describe('its own life', () => within(harness, lifeContract));
  describe('tenants side by side', () => tenantContract(harness));
  if (harness.openAgain || harness.reopen) describe('opened again', () => openedAgainContract(harness));
  if (harness.openAgain) describe('instances side by side', () => instancesContract(harness));
  if (harness.away) describe('a store that is away', () => awayContract(harness));
  if (harness.moves) describe('moving', () => movingContract(harness));
  if (harness.failWrite) describe('writes that fail', () => within(harness, (store) => failedWriteContract(store, harness)));
}

type Contract = (store: () => Storage) => void;

/** One store for all the rules of a contract: each makes its own users, clients and grants, and none minds the others'. */
function within(harness: StorageHarness, contract: Contract): void {
  const { open, close, store } = oneStore(harness);
  beforeAll(open);
  afterAll(close);
  contract(store);
}

/** A store for every rule, because what they do reaches everything in it. */
function anew(harness: StorageHarness, contract: Contract): void {
  const { open, close, store } = oneStore(harness);
  beforeEach(open);
  afterEach(close);
  contract(store);
}

function oneStore(harness: StorageHarness) {
  const slot = new StoreSlot();
  return { open: () => slot.open(() => harness.create()), close: () => slot.close((storage) => harness.destroy(storage)), store: () => slot.get() };
}

function lifeContract(store: () => Storage): void {
  it('says that it can serve', async () => {
    await store().ping();
  });

  it('tells a time of its own, where it has one, that is within ten minutes of ours', async () => {
    const { now } = store();
    if (!now) return;
    const told = await now.call(store());
    // A time zone that is lost makes more.
    expect(Math.abs(told.getTime() - Date.now())).toBeLessThan(600_000);
  });
}
