import cluster, { type Worker } from 'node:cluster';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RestartPause } from '../../src/workers/restart-pause.js';
import { workerFlags } from '../../src/workers/worker-flags.js';
import { Workers } from '../../src/workers/workers.js';

let folder: string;
let workers: Workers | undefined;
const said: string[] = [];
/** What a worker does that starts from now on. */
const order = (what: string) => writeFile(join(folder, 'order'), what);
const pids = () => Object.values(cluster.workers ?? {}).map((worker) => worker?.process.pid as number);
const start = async (count: number) => {
  workers = await Workers.start(count, (line) => said.push(line));
  return workers;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keywright-worker-'));
  cluster.setupPrimary({ exec: fileURLToPath(new URL('worker.js', import.meta.url)), args: [join(folder, 'order')], execArgv: [], silent: true });
});
afterEach(async () => {
  await workers?.stop();
  workers = undefined;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Workers', () => {
  it('do not start when the first does not come up: the exit code is its own', async () => {
    await order('78');
    await expect(start(3)).rejects.toMatchObject({ exitCode: 78, message: 'no worker stays up: the last ended with exit code 78' });
    expect(pids()).toEqual([]);
  });

  it('fail when none is left that serves and those that come die at once', async () => {
    await order('serve');
    const { failed } = await start(2);
    await order('75');
    for (const pid of pids()) process.kill(pid, 'SIGKILL');
    await expect(failed).rejects.toMatchObject({ exitCode: 75 });
  });

  it('stay as they are when a successor does not come up, and are all replaced when it does', async () => {
    await order('serve');
    const running = await start(2);
    const before = pids();
    await order('1');
    await running.replaceAll();
    expect(pids()).toEqual(before);
    expect(said).toContain('a new worker did not come up (exit code 1); those that serve go on');

    await order('serve');
    await running.replaceAll();
    expect(pids()).toHaveLength(2);
    expect(pids().filter((pid) => before.includes(pid))).toEqual([]);
  });

  it('stay as they are when no process can be made for a successor, and one that dies gets one as soon as it can', async () => {
    await order('serve');
    const running = await start(2);
    const before = pids();
    // More than the operating system gives to a new process.
    process.env.TOO_MUCH = 'x'.repeat(4_000_000);
    onTestFinished(() => void delete process.env.TOO_MUCH);
    await running.replaceAll();
    expect(pids()).toEqual(before);
    expect(said).toContain('a new worker did not come up (spawn E2BIG); those that serve go on');
    process.kill(before[0] as number, 'SIGKILL');
    await vi.waitFor(() => expect(said).toContain('a worker ended (spawn E2BIG); another takes its place'), 10_000);

    delete process.env.TOO_MUCH;
    await vi.waitFor(() => expect(pids()).toHaveLength(2), 10_000);
    await running.replaceAll();
    expect(pids().filter((pid) => before.includes(pid))).toEqual([]);
    expect(pids()).toHaveLength(2);
  });

  it('are as many as before when one dies while its successor comes up', async () => {
    await order('serve');
    const running = await start(2);
    const before = pids();
    const replacing = running.replaceAll();
    process.kill(before[0] as number, 'SIGKILL');
    await replacing;
    expect(pids().filter((pid) => before.includes(pid))).toEqual([]);
    await vi.waitFor(() => expect(pids()).toHaveLength(2), 10_000);
  });

  it('asked many times while they are replaced, are replaced once more, and not as often', async () => {
    await order('serve');
    const running = await start(2);
    const seen = new Set(pids());
    const forked = ({ process: { pid } }: Worker) => void seen.add(pid as number);
    cluster.on('fork', forked);
    onTestFinished(() => void cluster.off('fork', forked));
    const first = running.replaceAll();
    await vi.waitFor(() => expect(seen.size).toBeGreaterThan(2));
    await Promise.all([first, ...Array.from({ length: 10 }, () => running.replaceAll())]);
    expect(seen.size).toBe(2 + 2 + 2);
    await running.replaceAll();
    expect(seen.size).toBe(8);
  });
});

it('A worker that answers nonsense for its numbers is told as one that told none, at once', async () => {
  await order('nonsense');
  const running = await start(2);
  const asked = performance.now();
  expect(await running.metrics()).toEqual(pids().map((pid) => ({ worker: String(pid), families: null })));
  expect(performance.now() - asked).toBeLessThan(1500);
});

describe('A worker that died', () => {
  it('is replaced at once, then after longer and longer pauses, until one has served for ten seconds', () => {
    const pause = new RestartPause();
    expect([0, 0, 9999, 0, 0].map((served) => pause.after(served))).toEqual([0, 100, 200, 400, 800]);
    expect(Array.from({ length: 10 }, () => pause.after(0)).at(-1)).toBe(10_000);
    expect([10_000, 0].map((served) => pause.after(served))).toEqual([0, 0]);
  });

  it('has a young generation of 64 MB a semi-space, unless the operator chose another', () => {
    expect(workerFlags(['--enable-source-maps'])).toEqual(['--enable-source-maps', '--max-semi-space-size=64']);
    expect(workerFlags(['--max-semi-space-size=32'])).toEqual(['--max-semi-space-size=32']);
    expect(workerFlags([], '--max-semi-space-size=32')).toEqual([]);
  });
});
