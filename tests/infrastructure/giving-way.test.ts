import { describe, expect, it } from 'vitest';
import { GivingWay } from '../../src/infrastructure/crypto/giving-way.js';

/** A process whose clock and whose rests the test moves. */
function someProcess(utilization: number) {
  const rests: { milliseconds: number; end: () => void }[] = [];
  const at = { now: 0 };
  const givingWay = new GivingWay({
    now: () => at.now,
    utilization: () => utilization,
    rest: (milliseconds) => new Promise<void>((end) => rests.push({ milliseconds, end })),
  });
  const takes = (milliseconds: number, answer: string) =>
    givingWay.run(async () => {
      at.now += milliseconds;
      return answer;
    });
  return { rests, takes, givingWay, at };
}

describe('Work that gives way', () => {
  it('goes on at once while the event loop has little to do', async () => {
    const { rests, takes } = someProcess(0.4);
    expect(await takes(15, 'first')).toBe('first');
    expect(await takes(15, 'second')).toBe('second');
    expect(rests).toEqual([]);
  });

  it('rests thirty-two times as long as it took while the event loop is busy, and answers before it rests', async () => {
    const { rests, takes } = someProcess(0.41);
    expect(await takes(15, 'first')).toBe('first');
    expect(rests.map(({ milliseconds }) => milliseconds)).toEqual([480]);
    const done: string[] = [];
    const second = takes(20, 'second').then((answer) => done.push(answer));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);
    rests[0]?.end();
    await second;
    expect(done).toEqual(['second']);
  });

  it('rests for half a second at most, however long the work took', async () => {
    const { rests, takes } = someProcess(1);
    await takes(3000, 'long');
    expect(rests.map(({ milliseconds }) => milliseconds)).toEqual([500]);
  });

  it('rests for four seconds at most, all together, until the last of those in line has its turn', async () => {
    const { rests, givingWay, at } = someProcess(1);
    const turn = async () => {
      at.now += 100;
    };
    const sumOfRests = () => rests.splice(0).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const wait = async (inLine: number) => {
      const turned = givingWay.run(turn, () => inLine);
      await new Promise((resolve) => setImmediate(resolve));
      rests.at(-1)?.end();
      await turned;
    };
    for (const most of [16, 19]) {
      for (let inLine = most; inLine >= 1; inLine -= 1) await wait(inLine);
      expect(sumOfRests()).toBeCloseTo(4000);
      await wait(0);
      expect(sumOfRests()).toBe(500);
    }
  });

  it('does not rest while more than twenty wait in line', async () => {
    const { rests, givingWay } = someProcess(1);
    await givingWay.run(
      async () => {},
      () => 21,
    );
    expect(rests).toEqual([]);
    await givingWay.run(
      async () => {},
      () => 20,
    );
    expect(rests).toHaveLength(1);
  });

  it('rests after work that fails, too, and passes the failure on', async () => {
    const { rests, givingWay } = someProcess(1);
    await expect(givingWay.run(async () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(rests).toHaveLength(1);
  });
});
