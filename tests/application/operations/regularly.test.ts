import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { regularly } from '../../../src/application/operations/regularly.js';

describe('regularly', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('does the task after each pause until it is stopped', async () => {
    const task = vi.fn(async () => {});
    const chore = regularly(task, 1000, () => {});
    await vi.advanceTimersByTimeAsync(999);
    expect(task).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(2001);
    expect(task).toHaveBeenCalledTimes(3);
    await chore.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(task).toHaveBeenCalledTimes(3);
  });

  it('never does two rounds at once: the pause begins when a round ends', async () => {
    let running = 0;
    const task = async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5000));
      running -= 1;
    };
    const failed = vi.fn();
    const chore = regularly(task, 1000, failed);
    await vi.advanceTimersByTimeAsync(30_000);
    void chore.stop();
    expect(failed).not.toHaveBeenCalled();
  });

  it('goes on after a round that failed, and tells of it', async () => {
    const failed = vi.fn();
    const task = vi.fn(async () => Promise.reject(new Error('away')));
    const chore = regularly(task, 1000, failed);
    await vi.advanceTimersByTimeAsync(2000);
    expect(failed).toHaveBeenCalledTimes(2);
    await chore.stop();
  });

  it('waits for the round under way when it is stopped, and lets it know', async () => {
    let stopping = () => false;
    let finish = () => {};
    const task = async (asked: () => boolean) => {
      stopping = asked;
      await new Promise<void>((resolve) => (finish = resolve));
    };
    const chore = regularly(task, 1000, () => {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(stopping()).toBe(false);
    let stopped = false;
    const stop = chore.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(0);
    expect([stopping(), stopped]).toEqual([true, false]);
    finish();
    await stop;
    expect(vi.getTimerCount()).toBe(0);
  });
});
