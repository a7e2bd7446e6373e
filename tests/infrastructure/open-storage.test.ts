import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PostgresFolder } from '../../src/infrastructure/embedded-postgres/postgres-folder.js';
import { openStorage } from '../../src/infrastructure/open-storage.js';

it('leaves no PostgreSQL behind where the Redis beside it cannot be opened', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-open-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = { databaseUrl: null, databaseDirectUrl: null, databasePooled: false, databasePoolSize: 1, dataDir };
  await expect(openStorage({ ...postgres, storage: 'redis', redisUrl: 'redis://a:b#c@localhost', redisPrefix: '' })).rejects.toThrow('Invalid URL');
  const { cluster } = new PostgresFolder(dataDir);
  await expect(access(join(cluster, 'PG_VERSION'))).resolves.toBeUndefined();
  await expect(access(join(cluster, 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
}, 60_000);
