import { randomUUID } from 'node:crypto';
import type { Keeping } from '../application/ports/refresh-token-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { plus, strangeKeys } from './fixtures.js';
import { givenTokens } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';
import { keepingOf, rotationOf } from './token-fixtures.js';

export function keepContract(store: () => Storage): void {
  const keep = (keeping: Keeping) => store().refreshTokens.keep(keeping);
  const find = (token: { readonly id: string }) => store().refreshTokens.find(token.id);

  async function expectNothingSaved({ accessToken }: Keeping): Promise<void> {
    expect(await store().accessTokens.find(accessToken.id)).toBeNull();
  }

  it('lets a token live on and saves an access token, as often as it is used', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    for (const seconds of [1, 2, 3]) {
      const expiresAt = plus(seconds * 1000, refreshToken.expiresAt);
      const keeping = keepingOf(refreshToken, grant, { at: plus(seconds * 1000), expiresAt });
      expect(await keep(keeping)).toEqual({ outcome: 'kept' });
      expect(await find(refreshToken)).toEqual({ ...refreshToken, expiresAt, rotatedAt: null, ended: null });
      expect(await store().accessTokens.find(keeping.accessToken.id)).toEqual({ ...keeping.accessToken, ended: null });
    }
  });

  it('keeps a millisecond before the token expires, and no later', async () => {
    for (const [late, outcome] of [
      [-1, 'kept'],
      [0, 'expired'],
      [1, 'expired'],
    ] as const) {
      const { grant, refreshToken } = await givenTokens(store());
      const at = plus(late, refreshToken.expiresAt);
      const keeping = keepingOf(refreshToken, grant, { at, expiresAt: plus(60_000, at) });
      expect(await keep(keeping), `${late} ms after its expiry`).toEqual({ outcome });
      if (outcome === 'kept') continue;
      await expectNothingSaved(keeping);
      expect((await find(refreshToken))?.expiresAt).toEqual(refreshToken.expiresAt);
    }
  });

  it('counts from the new expiry once a token was kept', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    const expiresAt = plus(60_000, refreshToken.expiresAt);
    await keep(keepingOf(refreshToken, grant, { expiresAt }));
    expect(await keep(keepingOf(refreshToken, grant, { at: expiresAt, expiresAt }))).toEqual({ outcome: 'expired' });
    expect(await keep(keepingOf(refreshToken, grant, { at: plus(-1, expiresAt), expiresAt }))).toEqual({ outcome: 'kept' });
  });

  it('keeps nothing while its person is disabled, whatever else holds of the token', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    await store().users.setDisabled(grant.userId, plus(1));
    const use = keepingOf(refreshToken, grant);
    expect(await keep(use)).toEqual({ outcome: 'revoked' });
    expect(await keep(keepingOf(refreshToken, grant, { at: refreshToken.expiresAt }))).toEqual({ outcome: 'revoked' });
    await expectNothingSaved(use);
    expect((await store().grants.find(grant.id))?.revoked).toBeNull();
    await store().users.setDisabled(grant.userId, null);
    expect(await keep(use)).toEqual({ outcome: 'kept' });
  });

  it('does not keep a token whose grant is revoked, expired or not', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    for (const at of [plus(1000), refreshToken.expiresAt]) {
      const keeping = keepingOf(refreshToken, grant, { at });
      expect(await keep(keeping)).toEqual({ outcome: 'revoked' });
      await expectNothingSaved(keeping);
    }
  });

  it('treats a token that was rotated, before its client was set to keep, as `rotate` does', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    const rotation = rotationOf(refreshToken, grant);
    await store().refreshTokens.rotate(rotation);
    const inside = keepingOf(refreshToken, grant, { at: plus(-1, rotation.repeatableUntil) });
    expect(await keep(inside)).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
    const outside = keepingOf(refreshToken, grant, { at: rotation.repeatableUntil });
    expect(await keep(outside)).toEqual({ outcome: 'reused' });
    expect((await store().grants.find(grant.id))?.revoked).toEqual({ at: rotation.repeatableUntil, reason: 'refresh_token_reused' });
    for (const keeping of [inside, outside]) await expectNothingSaved(keeping);
    expect((await find(refreshToken))?.expiresAt).toEqual(refreshToken.expiresAt);
  });

  it('keeps nothing under any other key', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    for (const key of [randomUUID(), ...strangeKeys]) {
      const keeping = keepingOf(refreshToken, grant, { id: key });
      expect(await keep(keeping), `id ${key}`).toEqual({ outcome: 'unknown' });
      await expectNothingSaved(keeping);
    }
    expect(await find(refreshToken)).toEqual({ ...refreshToken, rotatedAt: null, ended: null });
  });

  it('leaves nothing half-done when it fails: the id of its access token is taken', async () => {
    const other = await givenTokens(store());
    const { grant, refreshToken } = await givenTokens(store());
    const sound = keepingOf(refreshToken, grant);
    await expect(keep({ ...sound, accessToken: { ...sound.accessToken, id: other.accessToken.id } })).rejects.toThrow();
    expect(await find(refreshToken)).toEqual({ ...refreshToken, rotatedAt: null, ended: null });
    expect(await keep(sound)).toEqual({ outcome: 'kept' });
  });

  it('gives each of 50 who use it at once an access token of their own', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    const keepings = Array.from({ length: 50 }, () => keepingOf(refreshToken, grant));
    expect(tally(await atOnce(50, (index) => keep(keepings[index] as Keeping)))).toEqual({ kept: 50 });
    for (const { accessToken } of keepings) expect(await store().accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: null });
  });

  it('is kept or repeated, never lost, by those who use it while another rotates it', () =>
    tenTimes(async () => {
      const { grant, refreshToken } = await givenTokens(store());
      const rotation = rotationOf(refreshToken, grant);
      const keepings = Array.from({ length: 20 }, () => keepingOf(refreshToken, grant));
      const [rotated, ...results] = await Promise.all([store().refreshTokens.rotate(rotation), ...keepings.map(keep)]);
      expect(rotated).toEqual({ outcome: 'rotated' });
      for (const [index, result] of results.entries()) {
        const saved = await store().accessTokens.find((keepings[index] as Keeping).accessToken.id);
        if (result.outcome === 'kept') expect(saved?.ended).toBeNull();
        else expect({ result, saved }).toEqual({ result: { outcome: 'repeated', sealedAnswer: rotation.sealedAnswer }, saved: null });
      }
    }));

  it('leaves no living access token behind when its grant is revoked at the same moment, in either order', async () => {
    await atOnce(30, async (index) => {
      const { grant, refreshToken } = await givenTokens(store());
      const keeping = keepingOf(refreshToken, grant);
      const calls = [() => keep(keeping), () => store().grants.revoke(grant.id, 'revoked_by_person', plus(1))];
      await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
      expect((await store().accessTokens.find(keeping.accessToken.id))?.ended).not.toBeNull();
      expect(await keep(keepingOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
    });
  });
}
