import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, someUpstreamRequest, someUser, strangeKeys } from './fixtures.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';

export function upstreamRequestContract(store: () => Storage): void {
  it('gives back every field, of a request that expired too, and only once', async () => {
    for (const fields of [{ expiresAt: farthest }, { expiresAt: plus(-1) }, { sealed: newBytes(5000), digest: new Uint8Array(32) }]) {
      const request = someUpstreamRequest(fields);
      await store().upstreamRequests.add(request);
      expect(await store().upstreamRequests.take(request.id)).toEqual(request);
      expect(await store().upstreamRequests.take(request.id)).toBeNull();
    }
  });

  it('gives a request that 20 ask for at once to exactly one', () =>
    tenTimes(async () => {
      const request = someUpstreamRequest();
      await store().upstreamRequests.add(request);
      const taken = await atOnce(20, () => store().upstreamRequests.take(request.id));
      expect(taken.filter((one) => one !== null)).toEqual([request]);
    }));

  it('refuses a second request of the same id, and keeps the first as it is', async () => {
    const request = someUpstreamRequest();
    await store().upstreamRequests.add(request);
    await expect(store().upstreamRequests.add({ ...request, digest: newBytes() })).rejects.toThrow();
    expect(await store().upstreamRequests.take(request.id)).toEqual(request);
  });

  it('takes nothing under any other key', async () => {
    const request = someUpstreamRequest();
    await store().upstreamRequests.add(request);
    for (const key of [someUser().id, ...strangeKeys]) expect(await store().upstreamRequests.take(key), `id ${key}`).toBeNull();
    expect(await store().upstreamRequests.take(request.id)).toEqual(request);
  });
}
