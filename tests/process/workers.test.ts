import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { overFetch } from '../support/transport.js';
import { authorizationUrl, exchangeForm, refreshForm, token } from './demo-flow.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

const admin = { email: 'ada@example.com', password: 'correct horse battery staple' };
const clients = 3;

let dataDir: string;
let database: TestDatabase;
let server: KeywrightProcess;
/** The newest refresh token of each client. */
const tokens: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-workers-'));
  database = await testDatabase();
  const environment = { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, DATABASE_URL: database.url, WORKERS: '2', LOG_LEVEL: 'info' };
  server = await KeywrightProcess.start(dataDir, await freePort(), environment);
  const browser = new Browser(overFetch, server.issuer);
  await browser.allow(authorizationUrl(server.issuer, pkce().challenge));
  for (let client = 0; client < clients; client += 1)
    tokens.push((await token(server.issuer, await exchangeForm(browser, server.issuer))).body.refresh_token as string);
});
afterAll(async () => {
  await (server as KeywrightProcess | undefined)?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

it('a refresh token presented through two workers at once is rotated once', async () => {
  const said = server.said.length;
  const answers = await Promise.all(Array.from({ length: 3 }, () => token(server.issuer, refreshForm(tokens[0] as string))));
  const both = new Set(await workers());
  await vi.waitFor(() => expect(answeredBy(server.said.slice(said))).toEqual(both));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const successors = new Set(answers.map(({ body }) => body.refresh_token as string));
  expect(successors.size).toBe(1);
  tokens[0] = [...successors][0] as string;
});

it('when a worker is killed only what it was answering fails, nobody is signed out, and another takes its place', async () => {
  const before = await workers();
  const knocks: Promise<void>[] = [];
  const failures = await whileRefreshing(async () => {
    process.kill(before[0] as number, 'SIGKILL');
    await vi.waitFor(async () => {
      // On a connection of its own: those that are open stay with whom they were given to.
      knocks.push(knock());
      const newcomer = (await workers()).find((pid) => !before.includes(pid));
      expect(answeredBy(server.said)).toContain(newcomer);
    }, 60_000);
  });
  expect(failures.length).toBeLessThanOrEqual(clients);
  // Not even the connection that was just being handed to the worker that died is left hanging.
  await Promise.all(knocks);
}, 90_000);

it.runIf(process.platform === 'linux')(
  'as long as no process can be made, those that serve go on and it is tried again',
  async () => {
    const [victim, other] = await workers();
    const said = server.said.length;
    const open = (await readdir(`/proc/${server.pid}/fd`)).length;
    await limitOfFiles(open);
    try {
      process.kill(victim as number, 'SIGKILL');
      await vi.waitFor(() => expect(server.said.slice(said)).toMatch(/a worker ended \(spawn .* EMFILE\); another takes its place/), 60_000);
      expect(await workers()).toEqual([other]);
      await vi.waitFor(async () => expect((await fetch(`${server.issuer}/healthz`)).status).toBe(200));
    } finally {
      await limitOfFiles(open + 1000);
    }
    await vi.waitFor(async () => expect(await workers()).toHaveLength(2), 60_000);
  },
  90_000,
);

it('SIGHUP replaces every worker without a failed request', async () => {
  const before = await workers();
  const failures = await whileRefreshing(async () => {
    process.kill(server.pid, 'SIGHUP');
    await vi.waitFor(async () => {
      const now = await workers();
      expect(now).toHaveLength(2);
      expect(now.filter((pid) => before.includes(pid))).toEqual([]);
    }, 60_000);
  });
  expect(failures).toEqual([]);
}, 90_000);

it('SIGTERM lets what is under way end, and leaves no process behind', async () => {
  const before = await workers();
  const caller = connect(Number(new URL(server.issuer).port), 'localhost');
  const body = 'grant_type=client_credentials&client_id=nobody&client_secret=x';
  const head = `POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`;
  caller.write(head + body.slice(0, 10));
  // The server says so when it has read the head: from then on the request is under way.
  await once(caller, 'readable');
  const stopped = server.stop();
  await vi.waitFor(() => expect(fetch(`${server.issuer}/healthz`)).rejects.toThrow(), 5000);
  caller.write(body.slice(10));
  expect(await text(caller)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 401 /);
  expect(await stopped).toBe(0);
  const left = await processes();
  expect(before.filter((pid) => left.has(pid))).toEqual([]);
}, 90_000);

/** Lets all clients refresh, over and over, until `work` is done. A refresh that failed is repeated with the same token, as clients do; answers what failed. */
async function whileRefreshing(work: () => Promise<void>): Promise<unknown[]> {
  let done = false;
  const failures: unknown[] = [];
  const refreshing = tokens.map(async (_, client) => {
    while (!done) {
      const answer = await token(server.issuer, refreshForm(tokens[client] as string)).catch((error: unknown) => ({ error }));
      if ('status' in answer && answer.status === 200) tokens[client] = answer.body.refresh_token as string;
      else failures.push(answer);
    }
  });
  await work().finally(() => {
    done = true;
  });
  await Promise.all(refreshing);
  return failures;
}

/** Asks over a connection of its own; resolves when it is answered or refused. */
function knock(): Promise<void> {
  return new Promise((resolve) => {
    const request = get(`${server.issuer}/healthz`, { agent: false }, (response) => response.resume().on('end', resolve));
    request.on('error', () => resolve());
  });
}

/** How many files the primary may have open (prlimit(1)). */
async function limitOfFiles(most: number): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(server.pid), `--nofile=${most}:`]);
}

/** The processes that said in the log that they answered. */
function answeredBy(log: string): Set<number> {
  return new Set([...log.matchAll(/"pid":(\d+).*"msg":"answered"/g)].map(([, pid]) => Number(pid)));
}

/** The workers that run just now. */
async function workers(): Promise<number[]> {
  return [...(await processes())].filter(([, parent]) => parent === server.pid).map(([pid]) => pid);
}

/** Every process of this machine with its parent. */
async function processes(): Promise<Map<number, number>> {
  if (process.platform !== 'linux') return pairs((await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])).stdout);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // "pid (program) state parent …" (proc(5)); a program's name may have spaces and brackets.
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return pairs(stats.map((stat) => `${stat.split(' ', 1)[0]} ${stat.slice(stat.lastIndexOf(')') + 4).split(' ', 1)[0]}`).join('\n'));
}

function pairs(lines: string): Map<number, number> {
  return new Map([...lines.matchAll(/(\d+) +(\d+)/g)].map(([, pid, parent]) => [Number(pid), Number(parent)]));
}
