import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-taken-port-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it.each(['1', '2'])(
  'a first start on a port that is taken makes no administrator, whose password nobody would have read (WORKERS=%s)',
  async (WORKERS) => {
    const squatter = createServer().listen(0, 'localhost');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    expect(await runKeywright({ DATA_DIR: dataDir, PORT: String(port), WORKERS }, 'serve')).toMatchObject({
      code: 78,
      stdout: '',
      stderr: expect.stringMatching(/^error: PORT \d+ at .+ is in use by another program$/m),
    });
    squatter.close();
    await once(squatter, 'close');
    const server = await KeywrightProcess.start(dataDir, port, { WORKERS });
    expect(server.said).toMatch(/password {2}\S+ {3}\(shown only this once\)/);
    await server.stop();
  },
  60_000,
);

it.each(['1', '2'])(
  'a metrics port that is taken, or whose address is none of this machine, stops the start with one line (WORKERS=%s)',
  async (WORKERS) => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const environment = { DATA_DIR: dataDir, PORT: String(await freePort()), METRICS_PORT: String(port), WORKERS };
    const refused = { code: 78, stdout: '' };
    expect(await runKeywright(environment, 'serve')).toMatchObject({
      ...refused,
      stderr: expect.stringMatching(/^error: METRICS_PORT \d+ at 127\.0\.0\.1 is in use by another program$/m),
    });
    expect(await runKeywright({ ...environment, METRICS_HOST: '192.0.2.1' }, 'serve')).toMatchObject({
      ...refused,
      stderr: expect.stringMatching(/^error: METRICS_HOST is not an address of this machine$/m),
    });
    squatter.close();
    await once(squatter, 'close');
  },
  60_000,
);
