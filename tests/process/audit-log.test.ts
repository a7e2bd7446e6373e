import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownProject } from '../adapter-kit/own-project.js';
import { token } from './demo-flow.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-audit-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('server and command line add to one audit trail, and a server that is stopped has told of every token', async () => {
  const trail = join(dataDir, 'audit.jsonl');
  const port = await freePort();
  const env = { AUDIT_LOG: trail, DATA_DIR: dataDir, ISSUER: `http://localhost:${port}` };
  const server = await KeywrightProcess.start(dataDir, port, { AUDIT_LOG: trail });
  const made = await runKeywright(env, 'clients', 'create', '--name', 'Nightly', '--grant', 'client_credentials', '--json');
  const { client_id, client_secret } = JSON.parse(made.stdout) as { client_id: string; client_secret: string };
  const ask = () => token(server.issuer, { grant_type: 'client_credentials', client_id, client_secret });
  const answers = await Promise.all(Array.from({ length: 50 }, ask));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await server.stop()).toBe(0);

  const events = (await readFile(trail, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const first = { action: 'user.create', outcome: 'done', actor: 'operator', reason: 'administrator' };
  expect(events[0]).toMatchObject(first);
  expect(events[1]).toMatchObject({ action: 'client.create', outcome: 'done', actor: 'operator', client_id });
  expect(events.slice(2)).toHaveLength(50);
  expect(new Set(events.slice(2).map(({ jti }) => jti)).size).toBe(50);
}, 60_000);

it.each(['serve', 'clients'])('%s is refused where the trail cannot be written', async (command) => {
  const AUDIT_LOG = join(dataDir, 'no', 'such', 'audit.jsonl');
  const env = { AUDIT_LOG, DATA_DIR: dataDir, ISSUER: 'http://localhost:1', SECRET_KEY: 'a key of more than 32 characters, for tests' };
  const refused = await runKeywright(env, ...(command === 'serve' ? ['serve'] : ['clients', 'list']));
  expect(refused).toMatchObject({ code: 78, stderr: expect.stringMatching(/^error: AUDIT_LOG .* cannot be written: ENOENT/) });
});

it('what the command line answers on stdout is not mixed with the trail', async () => {
  const env = { AUDIT_LOG: 'stdout', DATA_DIR: dataDir, ISSUER: 'http://localhost:1' };
  const { stdout, stderr } = await runKeywright(env, 'clients', 'create', '--name', 'Nightly', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ client_name: 'Nightly' });
  expect(stderr).toContain('"action":"client.create"');
}, 60_000);

it('a command tells of what it did though its store does not close', async () => {
  const folder = await ownProject({
    'storage.js': `import { createMemoryStorage } from 'keywright/memory-storage';
      export const createStorage = () => ({ ...createMemoryStorage(), close: async () => { throw new Error('the line broke'); } });`,
  });
  const AUDIT_LOG = join(dataDir, 'audit.jsonl');
  const made = await runKeywright({ AUDIT_LOG, STORAGE: join(folder, 'storage.js'), DATA_DIR: dataDir }, 'clients', 'create', '--name', 'Nightly');
  expect(made.code).toBe(0);
  expect(await readFile(AUDIT_LOG, 'utf8')).toContain('"action":"client.create"');
}, 60_000);
