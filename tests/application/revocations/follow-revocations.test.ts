import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { someClient } from '../../../src/adapter-kit/fixtures.js';
import { FollowRevocations, type RevocationNews } from '../../../src/application/revocations/follow-revocations.js';
import { RevocationCursors } from '../../../src/application/revocations/revocation-cursors.js';
import { RevocationTail, type TailListener } from '../../../src/application/revocations/revocation-tail.js';
import { aWorld, type World } from '../../support/world.js';

/** A tail that says how many listen to it. */
class CountedTail extends RevocationTail {
  readonly listening = new Set<TailListener>();

  override listen(listener: TailListener): () => void {
    this.listening.add(listener);
    const leave = super.listen(listener);
    return () => {
      this.listening.delete(listener);
      leave();
    };
  }
}

describe('FollowRevocations', () => {
  let world: World;
  let tail: CountedTail;
  let follow: FollowRevocations;

  beforeEach(() => {
    world = aWorld();
    tail = new CountedTail(world.storage.revocations, world.storage.notices);
    follow = new FollowRevocations(world.storage.revocations, tail, world.resolve(RevocationCursors));
  });
  afterEach(() => tail.stop());

  const disable = async (times: number) => {
    const client = someClient();
    await world.storage.clients.add(client);
    for (let n = 0; n < times; n += 1) await world.storage.clients.setDisabled(client.id, n % 2 === 0 ? { at: world.clock.now(), by: 'house' } : null);
  };
  /** The reader is told one entry, and asks for nothing more. */
  const toldOne = async (news: AsyncGenerator<RevocationNews>) => {
    expect((await news.next()).value).toMatchObject({ revocations: [] });
    expect((await news.next()).value).toMatchObject({ revocations: [] });
    const told = news.next();
    await disable(1);
    expect((await told).value.revocations).toHaveLength(1);
    expect(tail.listening.size).toBe(1);
  };

  it('listens no more once its reader has gone, though that one asked for nothing after what it was told', async () => {
    const gone = new AbortController();
    const behind = vi.fn();
    const news = follow.execute(null, gone.signal, behind);
    await toldOne(news);
    gone.abort();
    expect(tail.listening.size).toBe(0);
    expect(await news.next()).toMatchObject({ done: true });
  });

  it('listens no more once its reader is behind, and says so once', async () => {
    const behind = vi.fn();
    const news = follow.execute(null, new AbortController().signal, behind);
    await toldOne(news);
    await disable(10_001);
    await vi.waitFor(() => expect(behind).toHaveBeenCalled(), 10_000);
    expect(tail.listening.size).toBe(0);
    await disable(1);
    expect(behind).toHaveBeenCalledOnce();
    expect(await news.next()).toMatchObject({ done: true });
  });

  it('does not begin to listen for one who has gone before it begins', async () => {
    const news = follow.execute(null, AbortSignal.abort(), () => undefined);
    await news.next();
    expect(tail.listening.size).toBe(0);
  });
});
