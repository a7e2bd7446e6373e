import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { AddSecret, type NewSecret } from '../../../src/application/clients/add-secret.js';
import { RemoveSecret } from '../../../src/application/clients/remove-secret.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { NotFound } from '../../../src/domain/errors.js';
import { presentedSecret } from '../../../src/domain/secret.js';
import { parseTokenOf } from '../../../src/domain/tokens/opaque-token.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { problemsOf, someClient, someClock } from '../some.js';

describe('the secrets of a client', () => {
  let storage: Storage;
  const client = someClient();
  const now = new Date('2030-06-01T00:00:00Z');
  const add = (input: Partial<NewSecret> = {}) => new AddSecret(storage.clients, someClock(now)).execute({ actor: 'operator', clientId: client.id, ...input });
  const remove = (secretId: string) => new RemoveSecret(storage.clients).execute({ actor: 'operator', clientId: client.id, secretId });
  const works = async (plain: string, at = now) => presentedSecret('cs', (await storage.clients.find(client.id))?.secrets ?? [], plain, at) !== null;

  beforeEach(async () => {
    storage = createMemoryStorage();
    await storage.clients.add(client);
  });

  it('all work at once: adding one never stops another', async () => {
    const [first, second] = [await add(), await add()];
    expect(await works(first.plain)).toBe(true);
    expect(await works(second.plain)).toBe(true);
    expect(first.plain).not.toBe(second.plain);
  });

  it('stop working one by one: removing one leaves the others', async () => {
    const [first, second] = [await add({ label: 'old' }), await add({ label: 'new' })];
    expect((await remove(first.secret.id)).label).toBe('old');
    expect(await works(first.plain)).toBe(false);
    expect(await works(second.plain)).toBe(true);
  });

  it('work until they expire', async () => {
    const expiresAt = new Date('2030-07-01T00:00:00Z');
    const { plain } = await add({ expiresAt });
    expect(await works(plain, new Date(expiresAt.getTime() - 1))).toBe(true);
    expect(await works(plain, expiresAt)).toBe(false);
  });

  it('are kept as a digest, with label, last characters and maker', async () => {
    const { secret, plain } = await add({ actor: { id: 'root', admin: true }, label: ' Zapier ' });
    const kept = (await storage.clients.find(client.id))?.secrets;
    expect(kept).toEqual([
      {
        ...secret,
        digest: Uint8Array.from(
          createHash('sha256')
            .update(parseTokenOf('cs', plain)?.secret ?? '')
            .digest(),
        ),
      },
    ]);
    expect(secret).toMatchObject({ label: 'Zapier', lastFour: plain.slice(-4), createdBy: 'root', expiresAt: null });
  });

  it('are numbered when nobody labels them', async () => {
    expect((await add()).secret.label).toBe('secret 1');
    expect((await add()).secret.label).toBe('secret 2');
  });

  it.each([
    ['label', 'an empty label', { label: '  ' }],
    ['label', 'a long label', { label: 'l'.repeat(101) }],
    ['label', 'a control character in the label', { label: 'a\u001b[2Jb' }],
    ['expiresAt', 'a moment that is past', { expiresAt: new Date('2029-01-01') }],
    ['expiresAt', 'no moment at all', { expiresAt: new Date(Number.NaN) }],
  ] as const)('refuse at %s: %s', async (field, _, input) => {
    expect(await problemsOf(add(input))).toEqual([field]);
    expect((await storage.clients.find(client.id))?.secrets).toEqual([]);
  });

  it('are none for a public client (RFC 6749 §2.1)', async () => {
    const app = someClient({ type: 'public' });
    await storage.clients.add(app);
    expect(await problemsOf(add({ clientId: app.id }))).toEqual(['type']);
  });

  it('are at most 20, because all are read on every token request', async () => {
    for (let made = 0; made < 20; made += 1) await add();
    expect(await problemsOf(add())).toEqual(['secrets']);
  });

  it('are removed by their own client only, and once', async () => {
    const other = someClient();
    await storage.clients.add(other);
    const { secret, plain } = await add();
    await expect(new RemoveSecret(storage.clients).execute({ actor: 'operator', clientId: other.id, secretId: secret.id })).rejects.toThrow(NotFound);
    expect(await works(plain)).toBe(true);
    await remove(secret.id);
    await expect(remove(secret.id)).rejects.toThrow('secret not found');
  });
});
