import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { builtFile } from '../support/built-file.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-hang-up-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Sends the process SIGHUP in the moment in which it begins to load the program, long before there is a server. */
const hangUpAtLoading = (() => {
  const hooks = `export const resolve = (name, context, next) => { if (name === './program.js') process.kill(process.pid, 'SIGHUP'); return next(name, context); };`;
  const asUrl = (code: string) => `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return { NODE_OPTIONS: `--import=${asUrl(`import { register } from 'node:module'; register('${asUrl(hooks)}');`)}` };
})();

const alone = 'SIGHUP changes nothing with WORKERS=1';
const told = (server: KeywrightProcess) => server.said.split(alone).length - 1;

describe('SIGHUP from anybody but a terminal', () => {
  it('does not end a single process, neither while it is loaded nor later, which says that there is nothing to replace', async () => {
    const server = await KeywrightProcess.start(dataDir, await freePort(), hangUpAtLoading);
    onTestFinished(async () => void (await server.stop()));
    expect(told(server)).toBe(1);
    process.kill(server.pid, 'SIGHUP');
    await vi.waitFor(() => expect(told(server)).toBe(2));
    expect((await fetch(`${server.issuer}/healthz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('ends neither primary nor worker while they are loaded, and replaces the workers as soon as all are up', async () => {
    const server = await KeywrightProcess.start(dataDir, await freePort(), { ...hangUpAtLoading, WORKERS: '2', LOG_LEVEL: 'info' });
    onTestFinished(async () => void (await server.stop()));
    const pids = () => new Set([...server.said.matchAll(/"pid":(\d+).*"msg":"answered"/g)].map(([, pid]) => pid));
    await vi.waitFor(
      async () => {
        await fetch(`${server.issuer}/healthz`, { headers: { connection: 'close' } });
        expect(pids().size).toBeGreaterThan(2);
      },
      { timeout: 30_000 },
    );
    expect(server.said).not.toContain('another takes its place');
    expect(await server.stop()).toBe(0);
  });
});

/** script(1) of util-linux, which gives a program a terminal. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

it.skipIf(!hasScript).each(['1', '2'])('a server in a terminal that is closed stops in good order, with its database (WORKERS=%s)', async (WORKERS) => {
  const port = await freePort();
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), WORKERS };
  const terminal = spawn('script', ['-qefc', `exec '${process.execPath}' '${await builtFile('main.js')}' serve`, '/dev/null'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const issuer = `http://localhost:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${issuer}/readyz`)).status).toBe(200), { timeout: 50_000, interval: 200 });
  const files = () => readdir(dataDir, { recursive: true });
  expect((await files()).some((name) => name.endsWith('postmaster.pid'))).toBe(true);
  terminal.kill('SIGKILL');
  await once(terminal, 'close');
  await vi.waitFor(async () => expect((await files()).filter((name) => name.endsWith('postmaster.pid'))).toEqual([]), { timeout: 20_000, interval: 200 });
  await expect(fetch(`${issuer}/healthz`)).rejects.toThrow();
});
