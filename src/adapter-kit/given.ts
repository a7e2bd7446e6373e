import type { Storage } from '../application/ports/storage.js';
import type { AuthorizationCode } from '../domain/authorization/authorization-code.js';
import type { Consent } from '../domain/authorization/consent.js';
import type { Grant } from '../domain/authorization/grant.js';
import type { Client } from '../domain/clients/client.js';
import type { User } from '../domain/people/user.js';
import type { AccessToken } from '../domain/tokens/access-token.js';
import type { RefreshToken } from '../domain/tokens/refresh-token.js';
import { someClient, someGrant, someUser } from './fixtures.js';
import { consumptionOf, someAccessToken, someCode, someRefreshToken } from './token-fixtures.js';

export async function givenUser(storage: Storage, fields: Partial<User> = {}): Promise<User> {
  const user = someUser(fields);
  await storage.users.add(user);
  return user;
}

export async function givenClient(storage: Storage, fields: Partial<Client> = {}): Promise<Client> {
  const client = someClient(fields);
  await storage.clients.add(client);
  return client;
}

/** A user and a client that are in the store. */
export async function givenPair(storage: Storage): Promise<{ readonly userId: string; readonly clientId: string }> {
  const [user, client] = [await givenUser(storage), await givenClient(storage)];
  return { userId: user.id, clientId: client.id };
}

export async function givenConsent(storage: Storage, consent: Consent): Promise<Consent> {
  await storage.consents.give(consent);
  return consent;
}

/** A grant that is in the store, with its user and client. */
export async function givenGrant(storage: Storage, fields: Partial<Grant> = {}): Promise<Grant> {
  const [user, client] = [await givenUser(storage), await givenClient(storage)];
  const grant = someGrant(user.id, client.id, fields);
  await storage.grants.add(grant);
  return grant;
}

/** A code that can be consumed. */
export async function givenCode(
  storage: Storage,
  fields: Partial<AuthorizationCode> = {},
  ofGrant: Partial<Grant> = {},
): Promise<{ grant: Grant; code: AuthorizationCode }> {
  const grant = await givenGrant(storage, ofGrant);
  const code = someCode(grant, fields);
  await storage.authorizationCodes.add(code);
  return { grant, code };
}

/** What a code was exchanged for. */
export async function givenTokens(
  storage: Storage,
  fields: { readonly grant?: Partial<Grant>; readonly accessToken?: Partial<AccessToken>; readonly refreshToken?: Partial<RefreshToken> } = {},
): Promise<{ grant: Grant; code: AuthorizationCode; accessToken: AccessToken; refreshToken: RefreshToken }> {
  const { grant, code } = await givenCode(storage, {}, fields.grant);
  const accessToken = someAccessToken(grant, fields.accessToken);
  const refreshToken = someRefreshToken(grant, fields.refreshToken);
  const outcome = await storage.authorizationCodes.consume(consumptionOf(code, grant, { accessToken, refreshToken }));
  if (outcome !== 'consumed') throw new Error(`expected the code to be consumed, but it was ${outcome}`);
  return { grant, code, accessToken, refreshToken };
}

/** A grant whose code was exchanged for an access token of an hour and a refresh token: an app that a person connected. */
export async function givenConnection(storage: Storage, userId: string, clientId: string, fields: Partial<Grant> = {}): Promise<Grant> {
  const grant = someGrant(userId, clientId, fields);
  await storage.grants.add(grant);
  const code = someCode(grant);
  await storage.authorizationCodes.add(code);
  await storage.authorizationCodes.consume(consumptionOf(code, grant));
  return grant;
}
