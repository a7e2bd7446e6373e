import { beforeEach, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { type MachineTime, SteadyClock } from '../../src/infrastructure/steady-clock.js';
import { ClockWatch } from '../../src/serving/clock-watch.js';
import { givenFirstTokens, refreshing } from '../application/tokens/refreshing.js';

const start = Date.UTC(2030, 0, 1);

/** Three clocks that go on together; each may be set. */
class Machine implements MachineTime {
  private passed = 0;
  ahead = 0;
  storeAhead = 0;

  wall(): number {
    return start + this.passed + this.ahead;
  }
  elapsed(): number {
    return this.passed;
  }
  store(): Date {
    return new Date(start + this.passed + this.storeAhead);
  }
  pass(milliseconds: number): void {
    this.passed += milliseconds;
  }
}

let machine: Machine;
let lines: [string, object, string][];
let asked: number;
beforeEach(() => {
  machine = new Machine();
  lines = [];
  asked = 0;
});

function watched(
  storeTime: (() => Promise<Date>) | null = async () => {
    asked += 1;
    return machine.store();
  },
) {
  const clock = new SteadyClock(machine);
  const line = (level: string) => (facts: object, words: string) => void lines.push([level, facts, words]);
  const watch = new ClockWatch(clock, storeTime, 15_000, { error: line('error'), warn: line('warn') });
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      machine.pass(1000);
      await watch.look();
    }
  };
  const off = () => clock.now().getTime() - (start + machine.elapsed());
  return { clock, watch, seconds, off };
}

describe('the clock of a server', () => {
  it('passes over a machine that is set while the database is not, and says when that begins and ends', async () => {
    const { watch, seconds, off } = watched();
    await watch.look();
    machine.ahead = 40_000;
    expect(off()).toBe(0);
    await seconds(120);
    expect([off(), watch.isReady]).toEqual([0, true]);
    machine.ahead = 0;
    await seconds(120);
    expect(off()).toBe(0);
    expect(lines).toEqual([
      ['warn', { seconds: 40 }, expect.stringContaining('passed over')],
      ['warn', { seconds: 0 }, expect.stringContaining('agrees')],
    ]);
  });

  it('follows a machine that is set to what the database shows', async () => {
    machine.ahead = -8000;
    const { watch, seconds, off } = watched();
    await watch.look();
    expect(off()).toBe(-8000);
    machine.ahead = 0;
    await seconds(1);
    expect(off()).toBe(0);
    expect(lines.map(([level]) => level)).toEqual(['warn', 'warn']);
  });

  it('does not follow a database that is set while the machine is not, nor stop serving for it', async () => {
    const { watch, seconds, off } = watched();
    await watch.look();
    machine.storeAhead = 300_000;
    await seconds(120);
    expect([off(), watch.isReady]).toEqual([0, true]);
    expect(lines).toEqual([['warn', { seconds: -300 }, expect.any(String)]]);
  });

  it('follows small corrections of the machine, and asks the database about once a minute', async () => {
    const { watch, seconds, off } = watched();
    await watch.look();
    machine.ahead = 700;
    await seconds(1);
    expect(off()).toBe(700);
    await seconds(600);
    expect(asked).toBeLessThanOrEqual(12);
    expect(lines).toEqual([]);
  });

  it('goes on comparing about once a minute after it followed a machine that was put back by hours', async () => {
    machine.ahead = 5 * 3_600_000;
    machine.storeAhead = machine.ahead;
    const { watch, seconds, off } = watched();
    await watch.look();
    machine.ahead = 0;
    machine.storeAhead = 0;
    await seconds(1);
    expect(off()).toBe(0);
    const before = asked;
    await seconds(600);
    expect(asked - before).toBeGreaterThanOrEqual(9);
  });

  it.each([
    ['tells a time that is none', async () => new Date(Number.NaN)],
    ['fails in a way that no store should', async () => Promise.reject(new TypeError('no rows'))],
  ])('says once that a store %s, and compares with it as soon as it is well', async (_, wrong) => {
    const clock = { store: wrong };
    const { watch, seconds } = watched(() => clock.store());
    await seconds(10);
    expect(lines).toEqual([['error', { err: expect.any(Error) }, expect.stringContaining('cannot say what time it is')]]);
    expect(watch.isReady).toBe(true);
    clock.store = async () => machine.store();
    machine.storeAhead = 40_000;
    await seconds(1);
    expect(lines.slice(1)).toEqual([['error', { seconds: -40 }, expect.stringContaining('not ready')]]);
    expect(watch.isReady).toBe(false);
  });

  it('leaves it to others to say that the store is away', async () => {
    const { watch } = watched(() => Promise.reject(new StorageUnavailable(new Error('away'))));
    await watch.look();
    expect(lines).toEqual([]);
  });

  it('follows the machine in everything where no database is shared', async () => {
    const { seconds, off } = watched(createMemoryStorage().now ?? null);
    machine.ahead = 40_000;
    await seconds(1);
    expect(off()).toBe(40_000);
  });

  it('keeps a server that started far apart from the database from being ready, until they agree', async () => {
    machine.ahead = 40_000;
    const { watch, seconds } = watched();
    await watch.look();
    expect(watch.isReady).toBe(false);
    expect(lines).toEqual([['error', { seconds: 40 }, expect.stringContaining('not ready')]]);
    machine.ahead = 0;
    await seconds(1);
    expect(watch.isReady).toBe(true);
  });
});

it('a refresh token repeated in its grace window gets the same answer though the clock of the machine was set ahead by 40 seconds', async () => {
  const { clock, seconds } = watched();
  const { world, client, first } = await givenFirstTokens({}, { clock });
  const { refresh, grant } = refreshing(() => ({ world, client, first }));
  const answer = await refresh(first.refreshToken);
  machine.ahead = 40_000;
  await seconds(2);
  const { accessToken, refreshToken } = answer;
  expect(await refresh(first.refreshToken)).toMatchObject({ accessToken, refreshToken });
  expect(await grant()).toMatchObject({ revoked: null });
});
