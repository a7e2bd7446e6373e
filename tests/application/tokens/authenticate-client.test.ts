import { beforeEach, describe, expect, it } from 'vitest';
import { AddSecret } from '../../../src/application/clients/add-secret.js';
import { RemoveSecret } from '../../../src/application/clients/remove-secret.js';
import { AuthenticateClient } from '../../../src/application/tokens/authenticate-client.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { later } from '../../../src/domain/moments.js';
import { mintToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken } from '../../support/forged-token.js';
import { aWorld, type World } from '../../support/world.js';

const failed = { code: 'invalid_client', description: 'client authentication failed' };

describe('AuthenticateClient', () => {
  let world: World;
  let client: Client;
  let secret: string;
  const authenticate = (changes: { clientId?: string; secret?: string | null } = {}) =>
    world.resolve(AuthenticateClient).execute({ clientId: client.id, secret, from: '192.0.2.7', ...changes });

  beforeEach(async () => {
    world = aWorld();
    const made = await world.client();
    client = made.client;
    secret = made.secret ?? '';
  });

  it('knows a confidential client by its secret (RFC 6749 §2.3.1)', async () => {
    expect(await authenticate()).toMatchObject({ id: client.id });
  });

  it('knows a public client by its name (RFC 6749 §3.2.1)', async () => {
    const app = (await world.client({ type: 'public' })).client;
    expect(await authenticate({ clientId: app.id, secret: null })).toMatchObject({ id: app.id });
  });

  /** Everybody who fails is told the same; the log says why. */
  it.each([
    ['a client that is not there', () => ({ clientId: 'nobody' }), 'unknown client'],
    ['a confidential client without its secret, PKCE or not (RFC 6749 §3.2.1)', () => ({ secret: null }), 'a confidential client sent no secret'],
    ['nonsense for a secret', () => ({ secret: 'nonsense' }), 'wrong, removed or expired secret'],
    ['a secret that nobody issued', () => ({ secret: mintToken('cs', world.clock.now()).token }), 'wrong, removed or expired secret'],
    ['the selector of a secret with another secret', () => ({ secret: forgedToken(secret) }), 'wrong, removed or expired secret'],
    ['a token of another kind', () => ({ secret: mintToken('at', world.clock.now()).token }), 'wrong, removed or expired secret'],
  ])('refuses %s', async (_, changes, detail) => {
    await expect(authenticate(changes())).rejects.toMatchObject({ ...failed, detail });
  });

  it('refuses the secret of another client', async () => {
    const other = await world.client();
    await expect(authenticate({ secret: other.secret })).rejects.toMatchObject(failed);
  });

  it('refuses a secret from a public client: it has none', async () => {
    const app = (await world.client({ type: 'public' })).client;
    await expect(authenticate({ clientId: app.id })).rejects.toMatchObject(failed);
  });

  it('refuses a disabled client and knows it again when it is enabled', async () => {
    await world.storage.clients.setDisabled(client.id, { at: world.clock.now(), by: 'owner' });
    await expect(authenticate()).rejects.toMatchObject({ ...failed, detail: 'the client is disabled' });
    await world.storage.clients.setDisabled(client.id, null);
    await expect(authenticate()).resolves.toBeDefined();
  });

  it('refuses a client that was removed', async () => {
    await world.storage.clients.remove(client.id, world.clock.now());
    await expect(authenticate()).rejects.toMatchObject(failed);
  });

  it('takes any of several secrets until it is removed', async () => {
    const second = await world.resolve(AddSecret).execute({ actor: 'operator', clientId: client.id });
    for (const one of [secret, second.plain]) await expect(authenticate({ secret: one })).resolves.toBeDefined();
    await world.resolve(RemoveSecret).execute({ actor: 'operator', clientId: client.id, secretId: second.secret.id });
    await expect(authenticate({ secret: second.plain })).rejects.toMatchObject(failed);
    await expect(authenticate()).resolves.toBeDefined();
  });

  it.each([
    [59.999, true],
    [60, false],
  ])('takes a secret that lives 60 seconds after %d: %s', async (seconds, good) => {
    const expiresAt = later(world.clock.now(), 60);
    const brief = await world.resolve(AddSecret).execute({ actor: 'operator', clientId: client.id, expiresAt });
    world.clock.pass(seconds);
    if (good) await expect(authenticate({ secret: brief.plain })).resolves.toBeDefined();
    else await expect(authenticate({ secret: brief.plain })).rejects.toMatchObject(failed);
    await expect(authenticate()).resolves.toBeDefined();
  });
});
