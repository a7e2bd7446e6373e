import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isOwnStorage, openOwnStorage } from '../../src/infrastructure/own-storage.js';

it('the example adapter says that it can serve by writing to the disk', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-sqlite-'));
  const path = fileURLToPath(new URL('../../examples/own-adapter/storage.js', import.meta.url));
  if (!isOwnStorage(path)) throw new Error(`${path} is no path`);
  const storage = await openOwnStorage(path, { env: {}, dataDir, openPostgres: () => Promise.reject(new Error('not asked for')) });
  const written = async () => (await stat(join(dataDir, 'keywright.sqlite-wal'))).size;
  try {
    await storage.ping();
    const before = await written();
    await storage.ping();
    expect(await written()).toBeGreaterThan(before);
  } finally {
    await storage.close();
    await rm(dataDir, { recursive: true });
  }
});
