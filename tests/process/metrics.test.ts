import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { seriesOf, valuesOfLabel } from '../support/exposition.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { complaintsOfPromtool, hasPromtool } from '../support/promtool.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

let dataDir: string;
let database: TestDatabase;
let server: KeywrightProcess;
let metricsPort: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-metrics-'));
  database = await testDatabase();
  metricsPort = await freePort();
  const environment = { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'correct horse battery staple', DATABASE_URL: database.url, WORKERS: '2' };
  server = await KeywrightProcess.start(dataDir, await freePort(), { ...environment, METRICS_PORT: String(metricsPort) });
});
afterAll(async () => {
  await (server as KeywrightProcess | undefined)?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const scrape = async () => {
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(response.status).toBe(200);
  return response.text();
};
/** The workers that told their numbers. */
const workersIn = (text: string) =>
  [...seriesOf(text)].flatMap(([name, up]) => (up === 1 ? (/^keywright_worker_up\{worker="(\d+)"\}$/.exec(name)?.[1] ?? []) : []));
const workers = async () => workersIn(await scrape());
const refused = (text: string, worker: string) =>
  seriesOf(text).get(`keywright_token_requests_total{grant_type="refresh_token",outcome="invalid_grant",worker="${worker}"}`) ?? 0;
const ask = () =>
  fetch(`${server.issuer}/oauth/token`, {
    method: 'POST',
    headers: { connection: 'close' },
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'keywright-demo', refresh_token: 'x' }),
  }).then((response) => response.text());

it('lists what every worker counted, and the primary', async () => {
  const asked = 12;
  for (let time = 0; time < asked; time += 1) await ask();
  const text = await scrape();
  const [one, other, ...more] = workersIn(text);
  expect([one, other, more]).toEqual([expect.any(String), expect.any(String), []]);
  expect(valuesOfLabel(text, 'worker')).toEqual(new Set(['primary', one, other]));
  const counts = [one, other].map((worker) => refused(text, worker as string));
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(asked);
  const lanes = [...seriesOf(text).keys()].filter((name) => name.startsWith('keywright_lane_calls_total'));
  expect(lanes).toContain(`keywright_lane_calls_total{verb="rotate_refresh_tokens",worker="${one}"}`);
  if (hasPromtool) expect(await complaintsOfPromtool(text)).toBe('');
});

it('is not on the public port', async () => {
  expect((await fetch(`${server.issuer}/metrics`)).status).toBe(404);
});

it('answers several at once', async () => {
  const texts = await Promise.all(Array.from({ length: 5 }, scrape));
  expect(new Set(texts.map((text) => workersIn(text).join())).size).toBe(1);
});

it('shows a worker that hangs as down, with the numbers of the others', async () => {
  const [hanging, other] = (await workers()) as [string, string];
  process.kill(Number(hanging), 'SIGSTOP');
  const text = await scrape().finally(() => process.kill(Number(hanging), 'SIGCONT'));
  expect(seriesOf(text).get(`keywright_worker_up{worker="${hanging}"}`)).toBe(0);
  expect(workersIn(text)).toEqual([other]);
  await vi.waitFor(async () => expect(await workers()).toContain(hanging), 60_000);
}, 90_000);

it('goes on when a worker is killed: the others keep their counts, and its successor begins anew under a name of its own', async () => {
  const before = await scrape();
  const [killed, other] = workersIn(before) as [string, string];
  process.kill(Number(killed), 'SIGKILL');
  const after = await vi.waitFor(async () => {
    const text = await scrape();
    expect(workersIn(text)).toHaveLength(2);
    expect(workersIn(text)).not.toContain(killed);
    return text;
  }, 60_000);
  expect(refused(after, other)).toBe(refused(before, other));
  const successor = workersIn(after).find((worker) => worker !== other) as string;
  expect(refused(after, successor)).toBe(0);
}, 90_000);

it('never fails to answer while SIGHUP replaces every worker', async () => {
  const before = await workers();
  process.kill(server.pid, 'SIGHUP');
  await vi.waitFor(
    async () => {
      const now = await workers();
      expect(now).toHaveLength(2);
      expect(now.filter((worker) => before.includes(worker))).toEqual([]);
    },
    { timeout: 60_000, interval: 20 },
  );
}, 90_000);

it('ends with the server, and keeps no process from ending', async () => {
  expect(await server.stop()).toBe(0);
  await expect(fetch(`http://127.0.0.1:${metricsPort}/metrics`)).rejects.toThrow();
}, 90_000);
